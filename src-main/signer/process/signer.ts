/**
 * The signer without its process: takes main's messages, answers them, talks with the window. A message that is not
 * of the protocol is dropped and counted; nothing that is sent makes it throw.
 */
import { randomInt } from 'node:crypto';
import { assertNever } from '#domain/assert-never.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type {
  FromSigner,
  SignerAnswer,
  SignerRequest,
  SignerStart,
  ToSigner,
} from '#domain/signer-protocol.ts';
import type { LockCause, SignerTask } from '#domain/signer-state.ts';
import type { SigningLimits } from '#domain/signing.ts';
import type { SignerView } from '#domain/signer-window.ts';
import type { SignerClock } from '../clock.ts';
import { argon2Kdf, type Kdf } from '../keys/kdf.ts';
import { openKeyFolder } from '../keys/key-folder.ts';
import { openKeyStore } from '../keys/key-store.ts';
import { createAttemptLimit } from '../session/attempt-limit.ts';
import { Session, type OpenedKeys } from '../session/session.ts';
import { createSigningService, type SigningService } from '../signing/index.ts';
import { wipeAct } from '../windows/dialog.ts';
import { keyName } from '../windows/key-name.ts';
import { WindowHost, type WindowPort } from '../windows/window-host.ts';
import { wipe } from '../wipe.ts';
import { parseSignerAct, parseToSigner } from './messages.ts';
import { readSecretFile } from './secret-file.ts';
import { WaitingAnswers } from './waiting-answers.ts';

/** The port to the window's page, as Electron gives it. */
export interface PagePort {
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  post(view: SignerView): void;
  close(): void;
}

export interface SignerParts {
  readonly clock: SignerClock;
  post(message: FromSigner): void;
  /** The process is to end: keys are locked by then. */
  onStopped(): void;
  /** The keys were locked, or the window is done: what the runtime itself still keeps of them is to go. */
  onSecretsUsed?(): void;
  /** Tests alone put in a cheaper one: no message and no file can. */
  readonly kdf?: Kdf;
}

export interface Signer {
  /** From main; `port` came with it. */
  take(message: unknown, port: PagePort | null): void;
  /** Messages and acts that were not of the protocol. */
  readonly dropped: number;
}

interface Running {
  readonly session: Session;
  readonly windows: WindowHost;
  readonly signing: SigningService;
}

export function createSigner(parts: SignerParts): Signer {
  const { clock, post } = parts;
  const kdf = parts.kdf ?? argon2Kdf(clock);
  const picked = new WaitingAnswers<string | null>();
  const secrets = new WaitingAnswers<Result<Uint8Array, KeelError>>();
  let dropped = 0;
  let limits: SigningLimits | null = null;
  let practiceKeyFile: string | null = null;
  let running: Running | null = null;

  function start(message: SignerStart): void {
    if (running !== null) return;
    limits = message.limits;
    practiceKeyFile = message.practiceKeyFile;
    running = build(message, message.limits);
    running.session.tell();
  }

  function build(message: SignerStart, first: SigningLimits): Running {
    const currentLimits = (): SigningLimits => limits ?? first;
    const session = new Session({
      clock,
      autoLockMs: () => currentLimits().autoLockMs,
      openKeys: () => openKeys(message.keysFolder, clock, kdf),
      onState: (state) => post({ type: 'state', state }),
      onLocked() {
        endApprovals();
        parts.onSecretsUsed?.();
      },
      deviceSecrets: {
        load: () => secrets.ask(() => post({ type: 'device-secret', act: 'load' })),
        create: () => secrets.ask(() => post({ type: 'device-secret', act: 'create' })),
        async forget() {
          await secrets.ask(() => post({ type: 'device-secret', act: 'forget' }));
        },
      },
    });
    const windows = new WindowHost({
      session,
      readSecretFile,
      randomBelow: (bound) => randomInt(bound),
      liveLockedBecause: () => message.liveLockedBecause,
      practiceKeyFile: () => practiceKeyFile,
      pickFile: (purpose, suggestedName) =>
        picked.ask(() => post({ type: 'pick-file', purpose, suggestedName })),
      onWanted: () => post({ type: 'window-wanted' }),
      onDone(number) {
        post({ type: 'window-done', number });
        parts.onSecretsUsed?.();
      },
      nowMs: () => clock.monotonicMs(),
    });
    const signing = createSigningService({
      limits: currentLimits,
      liveLockedBecause: message.liveLockedBecause,
      keys: {
        find: (publicKey) => session.find(publicKey),
        isUnlocked: () => session.isUnlocked,
        sign: (publicKey, bytes) => session.sign(publicKey, bytes),
      },
      askTrader: (confirmation) => windows.askTrader(confirmation),
      onUsed: () => session.touch(),
      nowMs: () => clock.monotonicMs(),
    });
    return { session, windows, signing };
  }

  /** Locking ends what was approved and what is on the screen. */
  function endApprovals(): void {
    running?.signing.forgetApprovals();
    running?.windows.endAll();
  }

  function take(message: ToSigner, port: PagePort | null): void {
    switch (message.type) {
      case 'start':
        return start(message);
      case 'limits':
        limits = message.limits;
        return running?.session.limitsChanged();
      case 'practice-key':
        practiceKeyFile = message.file;
        return;
      case 'lock':
        return lock(message.cause);
      case 'activity':
        return running?.session.traderIsThere();
      case 'request':
        return void answer(message.id, message.request);
      case 'withdraw-review':
        running?.signing.withdrawReview(message.operationId);
        return running?.windows.withdraw(message.operationId);
      case 'window':
        return connect(port, message.number, message.task);
      case 'picked':
        return void picked.answer(message.path);
      case 'device-secret':
        if (!secrets.answer(message.secret) && message.secret.ok) wipe(message.secret.value);
        return;
      case 'stop':
        lock('request');
        post({ type: 'stopped' });
        return parts.onStopped();
      default:
        return assertNever(message, 'message');
    }
  }

  function lock(cause: LockCause): void {
    running?.session.lock(cause);
    // Also of keys that were locked before: a phrase may be on the screen.
    running?.windows.endAll();
  }

  function connect(port: PagePort | null, number: number, task: SignerTask | null): void {
    if (port === null || running === null) {
      port?.close();
      return;
    }
    const { windows } = running;
    const window: WindowPort = {
      number,
      show: (view) => port.post(view),
      close: () => port.close(),
    };
    port.onMessage((raw) => {
      const act = parseSignerAct(raw);
      if (act.ok) {
        windows.take(window, act.value);
        return;
      }
      dropped += 1;
      if (typeof raw === 'object' && raw !== null) wipeAct(raw);
    });
    port.onClose(() => windows.detach(window));
    windows.attach(window, task);
  }

  async function answer(id: number, request: SignerRequest): Promise<void> {
    const answered = await answerTo(request).catch(() => err(fault()));
    post({ type: 'answer', id, answer: answered });
  }

  async function answerTo(request: SignerRequest): Promise<SignerAnswer> {
    if (running === null) return err(notStarted());
    const { session, signing } = running;
    const { error } = session.state;
    if (error !== null && !session.reopen().ok) return err(error);
    switch (request.kind) {
      case 'review':
        return signing.review(request.review);
      case 'sign':
        return signing.sign(request.sign);
      case 'rename': {
        const name = keyName(request.name);
        return name.ok
          ? session.change((store) => store.rename(request.publicKey, name.value))
          : name;
      }
      case 'add-watch-only': {
        const { publicKey, networkKind } = request;
        const name = keyName(request.name);
        if (!name.ok) return name;
        return session.change((store) =>
          store.addWatchOnly({ publicKey, name: name.value, networkKind }),
        );
      }
      case 'remove-watch-only':
        return session.change((store) => store.remove(request.publicKey, 'watch-only'));
      default:
        return assertNever(request, 'request');
    }
  }

  return {
    get dropped() {
      return dropped;
    },
    take(raw, port) {
      const message = parseToSigner(raw);
      if (message.ok) {
        take(message.value, port);
        return;
      }
      dropped += 1;
      port?.close();
    },
  };
}

function openKeys(folder: string, clock: SignerClock, kdf: Kdf): Result<OpenedKeys, KeelError> {
  const opened = openKeyFolder(folder);
  if (!opened.ok) return opened;
  const store = openKeyStore({ folder: opened.value, kdf, clock });
  if (!store.ok) return store;
  return ok({ store: store.value, attempts: createAttemptLimit(opened.value, clock) });
}

function notStarted(): KeelError {
  return keelError(
    'SIGNER_UNAVAILABLE',
    'retry',
    'The signer has not been told where the keys are.',
    'Try again in a moment; if it stays, start Keel again.',
  );
}

function fault(): KeelError {
  return keelError(
    'SIGNER_UNAVAILABLE',
    'retry',
    'The signer failed while it answered.',
    'Nothing was signed. Try again; if it happens again, start Keel again.',
  );
}
