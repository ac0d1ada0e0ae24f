import './commands.css';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { COMMAND_GROUPS } from './command.ts';
import { wordsOfKeys } from './command-keys.ts';
import { STANDING_COMMANDS } from './registry.ts';

interface MapLine {
  readonly title: string;
  readonly keys: readonly string[];
}

/** Keys that belong to what has the focus, not to a command. */
const OF_THE_FOCUS: readonly { readonly heading: string; readonly lines: readonly MapLine[] }[] = [
  {
    heading: 'Tables and lists',
    lines: [
      { title: 'Up and down a row', keys: ['ArrowUp', 'ArrowDown'] },
      { title: 'A page up and down', keys: ['PageUp', 'PageDown'] },
      { title: 'First and last row', keys: ['Home', 'End'] },
      { title: 'Open the row', keys: ['Enter'] },
      { title: 'Select the row', keys: ['Space'] },
      { title: 'What can be done with it', keys: ['Shift+F10'] },
    ],
  },
  {
    heading: 'Dialogs and menus',
    lines: [
      { title: 'Close, changing nothing', keys: ['Escape'] },
      { title: 'Send the form', keys: ['Enter'] },
      { title: 'Next and previous field', keys: ['Tab', 'Shift+Tab'] },
    ],
  },
];

/** Every key there is, read from the commands themselves. */
export function KeyboardMap() {
  const groups = COMMAND_GROUPS.map((group) => ({
    heading: group,
    lines: STANDING_COMMANDS.filter((command) => command.group === group).flatMap(
      ({ title, keys }) => (keys?.[0] === undefined ? [] : [{ title, keys: [keys[0]] }]),
    ),
  })).filter(({ lines }) => lines.length > 0);
  return (
    <Dialog
      title="Keyboard map"
      description="Everything in Keel works without a pointer. Ctrl+K finds what has no key."
      onClose={closeDialog}
      size="large"
    >
      <div className="keyboard-map" data-testid={TEST_IDS.keyboardMap}>
        {[...groups, ...OF_THE_FOCUS].map(({ heading, lines }) => (
          <section key={heading} aria-label={heading}>
            <h3>{heading}</h3>
            <dl>
              {lines.map(({ title, keys }) => (
                <div key={title}>
                  <dt>{title}</dt>
                  <dd>
                    {keys.map((each) => (
                      <Kbd key={each} keys={wordsOfKeys(each)} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
