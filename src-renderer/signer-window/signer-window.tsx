import './signer-window.css';
import './signer-screens.css';
import { KeyRound, LockKeyhole } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { assertNever } from '#domain/assert-never.ts';
import type { Confirmation, SignerAct, SignerScreen, SignerView } from '#domain/signer-window.ts';
import type { ScreenProps } from './screen.tsx';
import { ChooseAddress } from './screens/choose-address.tsx';
import { Confirm } from './screens/confirm.tsx';
import { ExportKey, RemoveKey, SecondWrap } from './screens/guarded.tsx';
import { ImportKey } from './screens/import-key.tsx';
import { NameKey } from './screens/name-key.tsx';
import { ChangePassphrase, ChoosePassphrase } from './screens/passphrases.tsx';
import { CheckPhrase, NewPhrase } from './screens/phrase.tsx';
import { Done, NoView, Working } from './screens/plain.tsx';
import { Unlock } from './screens/unlock.tsx';
import { sendAct } from './secrets.ts';
import type { KeelSignerApi } from './signer-api.ts';
import { SIGNER_TEST_IDS } from './signer-test-ids.ts';
import { readView } from './view-schema.ts';

type Shown = SignerView | 'waiting' | 'unreadable';

/** The window in which the signer talks to the trader: draws the view it is sent, sends what the trader does. */
export function SignerWindow({ api }: { readonly api: KeelSignerApi | undefined }) {
  const [shown, setShown] = useState<Shown>('waiting');
  const [busy, setBusy] = useState(false);
  useEffect(
    () =>
      api?.onView((raw) => {
        setShown(readView(raw) ?? 'unreadable');
        setBusy(false);
      }),
    [api],
  );
  const frame = useFocus(shown);
  const act = (sent: SignerAct) => {
    if (api === undefined) return;
    setBusy(isAnswered(sent));
    sendAct(api, sent);
  };
  const view = typeof shown === 'string' ? null : shown;
  useEscape(view, act);
  return (
    <main
      ref={frame}
      className="signer"
      data-testid={SIGNER_TEST_IDS.window}
      data-screen={view?.screen.kind ?? shown}
    >
      <header className="signer-head">
        <KeyRound size={14} aria-hidden />
        <strong>Keel signer</strong>
        <span className="signer-head-note">
          <LockKeyhole size={12} aria-hidden />
          What you type here goes to the signer only
        </span>
      </header>
      {view === null ? (
        <NoView unreadable={shown === 'unreadable'} />
      ) : (
        <Screen key={screenKey(view.screen)} view={view} busy={busy} act={act} />
      )}
    </main>
  );
}

/** Whether the signer answers with a view in any case; until it does, the button shows progress. */
function isAnswered(act: SignerAct): boolean {
  return act.kind !== 'import-file' && act.kind !== 'close' && act.kind !== 'decline';
}

/** Escape leaves the window, and declines what is to be approved; while the signer works it does nothing. */
function useEscape(view: SignerView | null, act: (act: SignerAct) => void): void {
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.repeat) return;
      if (view === null || view.screen.kind === 'working') return;
      act({ kind: view.screen.kind === 'confirm' ? 'decline' : 'close' });
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  });
}

/** A new screen takes the focus to its first field, an error to the field that it is about. */
function useFocus(shown: Shown) {
  const frame = useRef<HTMLElement>(null);
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (typeof shown === 'string') return;
    const key = screenKey(shown.screen);
    const isNew = key !== last.current;
    last.current = key;
    const wrong = frame.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const first = frame.current?.querySelector<HTMLElement>('[data-first]');
    if (shown.error !== null && wrong) wrong.focus();
    else if (isNew || shown.error !== null) first?.focus();
  }, [shown]);
  return frame;
}

/** Screens with another key are other screens: nothing typed or focused is carried over. */
function screenKey(screen: SignerScreen): string {
  switch (screen.kind) {
    case 'confirm':
      return `confirm ${contentOf(screen.confirmation)}`;
    case 'check-phrase':
      return `check-phrase ${screen.positions.join(' ')}`;
    case 'name-key':
    case 'new-phrase':
      return `${screen.kind} ${screen.publicKey}`;
    case 'export':
    case 'remove':
      return `${screen.kind} ${screen.key.publicKey}`;
    default:
      return screen.kind;
  }
}

/** All that the trader is asked to approve: another line of it is another question, and its buttons are deaf anew. */
function contentOf({ operationId, title, lines, warnings, demand }: Confirmation): string {
  return JSON.stringify([operationId, title, lines, warnings, demand]);
}

interface ViewProps {
  readonly view: SignerView;
  readonly busy: boolean;
  readonly act: (act: SignerAct) => void;
}

function Screen({ view: { screen, error }, busy, act }: ViewProps) {
  const rest: Omit<ScreenProps<never>, 'screen'> = { error, busy, act };
  switch (screen.kind) {
    case 'unlock':
      return <Unlock screen={screen} {...rest} />;
    case 'choose-passphrase':
      return <ChoosePassphrase screen={screen} {...rest} />;
    case 'new-phrase':
      return <NewPhrase screen={screen} {...rest} />;
    case 'check-phrase':
      return <CheckPhrase screen={screen} {...rest} />;
    case 'import':
      return <ImportKey screen={screen} {...rest} />;
    case 'choose-address':
      return <ChooseAddress screen={screen} {...rest} />;
    case 'name-key':
      return <NameKey screen={screen} {...rest} />;
    case 'export':
      return <ExportKey screen={screen} {...rest} />;
    case 'remove':
      return <RemoveKey screen={screen} {...rest} />;
    case 'change-passphrase':
      return <ChangePassphrase screen={screen} {...rest} />;
    case 'second-wrap':
      return <SecondWrap screen={screen} {...rest} />;
    case 'confirm':
      return <Confirm screen={screen} {...rest} />;
    case 'working':
      return <Working screen={screen} {...rest} />;
    case 'done':
      return <Done screen={screen} {...rest} />;
    default:
      return assertNever(screen);
  }
}
