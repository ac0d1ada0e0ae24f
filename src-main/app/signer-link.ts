/**
 * The main process's end of the signer process: keeps it running and speaks the protocol with it. What is asked
 * and answered is never logged.
 */
import type { MessagePortMain } from 'electron';
import type { OperationId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, type Result } from '#domain/result.ts';
import type {
  FromSigner,
  SignerAnswer,
  SignerRequest,
  SignerStart,
  ToSigner,
} from '#domain/signer-protocol.ts';
import { SIGNER_NOT_STARTED, type LockCause, type SignerState } from '#domain/signer-state.ts';
import type { SigningLimits } from '#domain/signing.ts';
import type { Clock, Logger, Unsubscribe } from '#main/engine/ports.ts';
import { fromSignerSchema } from '#main/ipc/signer-protocol.ts';
import { createSupervisor, type Child, type ChildListener } from './supervisor.ts';

const STOP_WITHIN_MS = 2_000;
/** Of everything that does not wait for the trader. */
const ANSWER_WITHIN_MS = 30_000;

export type DeviceSecretAct = Extract<FromSigner, { type: 'device-secret' }>['act'];
export type FileToPick = Omit<Extract<FromSigner, { type: 'pick-file' }>, 'type'>;

export type NumberedWindow = Omit<Extract<ToSigner, { type: 'window' }>, 'type'>;

export interface SignerLinkParts {
  spawn(listener: ChildListener): Child;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The first message to each signer process. */
  startMessage(): SignerStart;
  onState(state: SignerState): void;
  /** A review needs the trader. */
  onWindowWanted(): void;
  /** The signer is done with the window of this number; null: with any, it has ended. */
  onWindowDone(number: number | null): void;
  /** Absolute path; null: the trader chose none. */
  pickFile(file: FileToPick): Promise<string | null>;
  deviceSecret(act: DeviceSecretAct): Result<Uint8Array, KeelError>;
}

export interface SignerLink {
  start(): void;
  readonly state: SignerState;
  readonly pid: number | undefined;
  /** Never rejects; a review answers when the trader has. Without a signer: `SIGNER_UNAVAILABLE`. */
  ask(request: SignerRequest): Promise<SignerAnswer>;
  withdrawReview(operationId: OperationId): void;
  updateLimits(limits: SigningLimits): void;
  usePracticeKey(file: string): void;
  lock(cause: LockCause): void;
  /** The trader is at the computer. */
  activity(): void;
  /** Hands over the port to the window; false when no signer runs. */
  connectWindow(window: NumberedWindow, port: MessagePortMain): boolean;
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: SignerAnswer) => void;
  readonly cancelTimeout: Unsubscribe;
}

export function createSignerLink(parts: SignerLinkParts): SignerLink {
  const { clock, logger } = parts;
  const waiting = new Map<number, Waiting>();
  let state = SIGNER_NOT_STARTED;
  let lastId = 0;

  const post = (message: ToSigner, ports?: readonly MessagePortMain[]): boolean =>
    supervisor.post(message, ports);

  function become(next: SignerState): void {
    state = next;
    parts.onState(next);
  }

  function settle(id: number, answer: SignerAnswer): void {
    const asked = waiting.get(id);
    waiting.delete(id);
    asked?.cancelTimeout();
    asked?.resolve(answer);
  }

  const supervisor = createSupervisor({
    name: 'signer',
    clock,
    logger,
    spawn: (listener) => parts.spawn(listener),
    onStart: (first) => first(parts.startMessage() satisfies ToSigner),
    onMessage(raw) {
      const message = fromSignerSchema.safeParse(raw);
      if (message.success) take(message.data);
      else logger.error('signer.unreadable');
    },
    onDown(restartInMs) {
      const error = signerStopped(restartInMs);
      for (const id of [...waiting.keys()]) settle(id, err(error));
      parts.onWindowDone(null);
      become({ ...SIGNER_NOT_STARTED, error });
    },
  });

  function take(message: FromSigner): void {
    switch (message.type) {
      case 'state':
        become(message.state);
        break;
      case 'answer':
        settle(message.id, message.answer);
        break;
      case 'window-wanted':
        parts.onWindowWanted();
        break;
      case 'window-done':
        parts.onWindowDone(message.number);
        break;
      case 'pick-file':
        void parts
          .pickFile({ purpose: message.purpose, suggestedName: message.suggestedName })
          .catch(() => null)
          .then((path) => post({ type: 'picked', path }));
        break;
      case 'device-secret':
        handOverSecret(parts.deviceSecret(message.act));
        break;
      case 'stopped':
        logger.info('signer.stopped');
        break;
    }
  }

  function handOverSecret(secret: Result<Uint8Array, KeelError>): void {
    post({ type: 'device-secret', secret });
    if (secret.ok) secret.value.fill(0);
  }

  return {
    start: () => supervisor.start(),
    get state() {
      return state;
    },
    get pid() {
      return supervisor.pid;
    },
    ask(request) {
      lastId += 1;
      const id = lastId;
      if (!post({ type: 'request', id, request })) return Promise.resolve(err(signerDown()));
      return new Promise((resolve) => {
        const cancelTimeout =
          request.kind === 'review'
            ? () => undefined
            : clock.schedule(ANSWER_WITHIN_MS, () => settle(id, err(signerSilent())));
        waiting.set(id, { resolve, cancelTimeout });
      });
    },
    withdrawReview: (operationId) => void post({ type: 'withdraw-review', operationId }),
    updateLimits: (limits) => void post({ type: 'limits', limits }),
    usePracticeKey: (file) => void post({ type: 'practice-key', file }),
    lock: (cause) => void post({ type: 'lock', cause }),
    activity: () => void post({ type: 'activity' }),
    connectWindow: (window, port) => post({ type: 'window', ...window }, [port]),
    stop: () => supervisor.stop({ type: 'stop' } satisfies ToSigner, STOP_WITHIN_MS),
  };
}

function unavailable(message: string, advice: string): KeelError {
  return keelError('SIGNER_UNAVAILABLE', 'retry', message, advice);
}

function signerDown(): KeelError {
  return unavailable(
    'The signer is not running at this moment: nothing can be signed.',
    'Wait until Keel has started it again, then repeat.',
  );
}

function signerStopped(restartInMs: number | null): KeelError {
  return unavailable(
    'The signer has stopped: nothing can be signed.',
    restartInMs === null
      ? 'Start Keel again.'
      : `Keel starts it again in ${restartInMs / 1_000} s; unlock it then.`,
  );
}

function signerSilent(): KeelError {
  return unavailable(
    `The signer has not answered within ${ANSWER_WITHIN_MS / 1_000} s.`,
    'Try again; if it stays, start Keel again.',
  );
}
