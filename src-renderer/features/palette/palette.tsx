import './palette.css';
import { Command as Cmdk } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import { COMMAND_GROUPS, type Command } from '#renderer/features/commands/command.ts';
import { wordsOfKeys } from '#renderer/features/commands/command-keys.ts';
import { commandsNow } from '#renderer/features/commands/registry.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { useFocusReturn } from '#renderer/ui/use-focus-return.ts';
import { rank } from './rank.ts';
import { rememberUse, useRecentStore } from './recent.ts';
import { useFoundOperations } from './use-found-operations.ts';

const MOST_VAULTS_UNASKED = 8;

/** Everything that can be done or gone to, by its name: Ctrl+K. */
export function Palette() {
  const [query, setQuery] = useState('');
  const operations = useFoundOperations(query);
  const groups = useGroups(query, operations);
  const giveFocusBack = useFocusReturn();
  const run = (command: Command) => {
    rememberUse(command.id);
    closeDialog();
    void command.run();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <Dialog.Portal>
        <div className="dialog-backdrop palette-backdrop" />
        <Dialog.Content
          className="palette"
          data-testid={TEST_IDS.palette}
          onCloseAutoFocus={giveFocusBack}
          aria-describedby={undefined}
        >
          <Dialog.Title className="visually-hidden">Search and commands</Dialog.Title>
          <Cmdk label="Search and commands" shouldFilter={false} loop vimBindings={false}>
            <div className="palette-head">
              <Search size={16} aria-hidden />
              <Cmdk.Input
                autoFocus
                value={query}
                placeholder="Screens, vaults, commands, operations…"
                data-testid={TEST_IDS.paletteInput}
                onValueChange={setQuery}
              />
              <Kbd keys="Esc" />
            </div>
            <Cmdk.List className="palette-list" label="Found">
              {groups.length === 0 && (
                <div className="palette-none" role="status">
                  Nothing is called that. Try the name of a vault, a screen, or an act such as
                  “deposit”.
                </div>
              )}
              {groups.map(({ heading, commands }) => (
                <Cmdk.Group key={heading} heading={heading} className="palette-group">
                  {commands.map((command) => (
                    <Line key={command.id} command={command} onRun={() => run(command)} />
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface LineProps {
  readonly command: Command;
  readonly onRun: () => void;
}

function Line({ command: { id, title, icon: Icon, keys, group, keywords }, onRun }: LineProps) {
  const [first] = keys ?? [];
  return (
    <Cmdk.Item
      value={id}
      className="palette-line"
      data-testid={TEST_IDS.paletteLine}
      data-command={id}
      onSelect={onRun}
    >
      <Icon size={15} aria-hidden />
      <span className="palette-title">{title}</span>
      {group === 'Operations' && <span className="palette-more">{keywords}</span>}
      {first !== undefined && <Kbd keys={wordsOfKeys(first)} />}
    </Cmdk.Item>
  );
}

interface Group {
  readonly heading: string;
  readonly commands: readonly Command[];
}

/** Unasked: what was used lately, then group by group. Asked: the best answers, whatever their group. */
function useGroups(query: string, operations: readonly Command[]): readonly Group[] {
  const recent = useRecentStore((state) => state.ids);
  return useMemo(() => {
    const asked = query.trim() !== '';
    const commands = commandsNow(asked).filter(({ id }) => id !== 'desk.palette');
    const groups = asked
      ? [{ heading: 'Best answers', commands: rank(commands, query, recent) }]
      : unasked(commands, recent);
    return [...groups, { heading: 'Operations', commands: operations }].filter(
      (group) => group.commands.length > 0,
    );
  }, [query, operations, recent]);
}

function unasked(commands: readonly Command[], recent: readonly string[]): readonly Group[] {
  const used = recent.flatMap((id) => commands.find((command) => command.id === id) ?? []);
  const others = commands.filter(({ id }) => !recent.includes(id));
  const groups = COMMAND_GROUPS.map((group) => ({
    heading: group,
    commands: others
      .filter((command) => command.group === group)
      .slice(0, group === 'Vaults' ? MOST_VAULTS_UNASKED : undefined),
  }));
  return [{ heading: 'Used lately', commands: used }, ...groups];
}
