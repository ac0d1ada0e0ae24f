/** The steps that ask for a passphrase; every task that needs open keys begins with `ensureUnlocked`. */
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { SignerScreen } from '#domain/signer-window.ts';
import { MIN_PASSPHRASE_LENGTH } from '../session/passphrase-rules.ts';
import type { Session } from '../session/session.ts';
import { wipe } from '../wipe.ts';
import { DialogClosed, type ActOf, type Dialog } from './dialog.ts';

const CHECKING = 'Checking the passphrase…';

/** Returns once the keys are open: asks for the passphrase, or for the first one ever. Throws DialogClosed. */
export async function ensureUnlocked(
  dialog: Dialog,
  session: Session,
  reason: string,
): Promise<void> {
  const reopened = session.reopen();
  if (!reopened.ok) await showProblem(dialog, 'The keys cannot be used', reopened.error);
  if (session.state.status === 'empty') await chooseFirstPassphrase(dialog, session);
  let error: KeelError | null = null;
  while (!session.isUnlocked) {
    const { nextAttemptAtMs } = session.state;
    const screen = { kind: 'unlock', reason, nextAttemptAtMs } as const;
    error = await provePassphrase(dialog, session, screen, error);
  }
}

/** Asks on the given screen until the passphrase is right, open keys or not. Throws DialogClosed. */
export async function askPassphraseAgain(
  dialog: Dialog,
  session: Session,
  screen: SignerScreen,
): Promise<void> {
  let error = await provePassphrase(dialog, session, screen, null);
  while (error !== null) error = await provePassphrase(dialog, session, screen, error);
}

/** Null: it was right. */
async function provePassphrase(
  dialog: Dialog,
  session: Session,
  screen: SignerScreen,
  error: KeelError | null,
): Promise<KeelError | null> {
  const { passphrase } = await dialog.ask(screen, ['passphrase'], error);
  return wiping([passphrase], async () => {
    dialog.working(CHECKING);
    return errorOf(await session.unlock(passphrase));
  });
}

async function chooseFirstPassphrase(dialog: Dialog, session: Session): Promise<void> {
  const store = await session.trySecretStore();
  const secondWrap = store.ok
    ? ({ available: true } as const)
    : ({ available: false, why: store.error.message } as const);
  const screen = {
    kind: 'choose-passphrase',
    minLength: MIN_PASSPHRASE_LENGTH,
    secondWrap,
  } as const;
  for (let error: KeelError | null = null; session.state.status === 'empty';) {
    const act: ActOf<'new-passphrase'> = await dialog.ask(screen, ['new-passphrase'], error);
    error = await wiping([act.passphrase, act.current], async () => {
      dialog.working('Measuring this computer and protecting the keys…');
      return errorOf(await session.choosePassphrase(act.passphrase, act.secondWrap));
    });
  }
}

export async function changePassphrase(dialog: Dialog, session: Session): Promise<void> {
  const screen = { kind: 'change-passphrase', minLength: MIN_PASSPHRASE_LENGTH } as const;
  for (let error: KeelError | null = null; ;) {
    const act: ActOf<'new-passphrase'> = await dialog.ask(screen, ['new-passphrase'], error);
    const current = act.current ?? new Uint8Array();
    error = await wiping([act.passphrase, current], async () => {
      dialog.working('Protecting the keys anew…');
      return errorOf(await session.changePassphrase(current, act.passphrase));
    });
    if (error === null) break;
  }
  await showDone(
    dialog,
    'The passphrase was changed',
    'From now on only the new one opens the keys. Copies of the key file made before still open with the old one.',
  );
}

export async function switchSecondWrap(
  dialog: Dialog,
  session: Session,
  enable: boolean,
): Promise<void> {
  for (let error: KeelError | null = null; ;) {
    const act: ActOf<'passphrase'> = await dialog.ask(
      { kind: 'second-wrap', enable },
      ['passphrase'],
      error,
    );
    error = await wiping([act.passphrase], async () => {
      dialog.working('Wrapping the keys anew…');
      return errorOf(await session.setSecondWrap(act.passphrase, enable));
    });
    if (error === null) break;
  }
  await showDone(
    dialog,
    enable ? 'The keys are wrapped twice' : 'The keys are wrapped once',
    enable
      ? 'The key file opens on this computer alone, with the passphrase. Keep the seed phrases: they are the way back if the system loses its secret.'
      : 'The passphrase alone opens the key file. Copies made while it was wrapped twice no longer open.',
  );
}

/** Shows a last screen and waits until it is closed. */
export async function showDone(dialog: Dialog, title: string, text: string): Promise<void> {
  await dialog.ask({ kind: 'done', title, text }, ['close', 'back', 'decline']);
}

/** Shows what stands in the way and ends the task. */
export async function showProblem(dialog: Dialog, title: string, error: KeelError): Promise<never> {
  const screen = { kind: 'done', title, text: error.advice } as const;
  await dialog.ask(screen, ['close', 'back', 'decline'], error);
  throw new DialogClosed();
}

/** Overwrites the secrets once the work is over, however it ends. */
async function wiping<Value>(
  secrets: readonly (Uint8Array | null)[],
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } finally {
    wipe(...secrets);
  }
}

function errorOf(result: Result<unknown, KeelError>): KeelError | null {
  return result.ok ? null : result.error;
}
