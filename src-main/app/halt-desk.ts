/**
 * Halt all, whatever state the engine is in (M4). Invariants: what the trader has halted is on disk before anything
 * else happens; the signer signs nothing until the engine has acknowledged it; only then the marker goes.
 */
import type { HaltAll, HaltSource } from '#domain/halt-all.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { SignerAnswer } from '#domain/signer-protocol.ts';
import type { ResponseOf } from '#ipc/contract.ts';
import type { Clock, Logger, Unsubscribe } from '#main/engine/ports.ts';
import type { Answer } from '#main/ipc/handlers.ts';
import { stackOf } from './fault-text.ts';
import type { HaltMarker } from './halt-marker.ts';

/** Longer than an engine in its stride ever takes; the trader is told by then. */
const ANSWER_WITHIN_MS = 2_000;
/** An engine that runs and does not take the halt is asked again this often. */
const ASK_AGAIN_MS = 5_000;

export interface HaltDeskParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly marker: HaltMarker;
  /** Asks the engine; never rejects. */
  askEngine(source: HaltSource): Promise<Answer>;
  /** A halt waits for the engine from now on. */
  onPending(): void;
  /** The engine has taken the halt; its own event of it may come later. */
  onAcknowledged(halt: HaltAll): void;
}

export interface HaltDesk {
  /** The halt that the engine has not acknowledged yet. */
  readonly pending: HaltAll | null;
  halt(source: HaltSource): Promise<Result<ResponseOf<'trading.haltAll'>, KeelError>>;
  /** The engine can be asked (again): a halt that waits is handed over. */
  engineOpened(): void;
  /** Resolves when a halt that waits was handed over, or could not be; ok: none waits. */
  settled(): Promise<Result<null, KeelError>>;
  /** What the signer answers, unless a halt waits: before it is asked, and before its answer leaves. */
  holdBack(ask: () => Promise<SignerAnswer>): Promise<SignerAnswer>;
  close(): void;
}

type Acknowledged = ResponseOf<'trading.haltEngine'>;

export function createHaltDesk(parts: HaltDeskParts): HaltDesk {
  const { clock, logger, marker } = parts;
  let pending = marker.load();
  let asking: Promise<Acknowledged | null> | null = null;
  let cancelAgain: Unsubscribe | null = null;
  let closed = false;
  if (pending !== null) logger.warn('halt.pending', { source: pending.source });

  function acknowledged(): void {
    if (pending === null) return;
    const taken = pending;
    pending = null;
    parts.onAcknowledged(taken);
    try {
      marker.remove();
    } catch (fault) {
      // Harmless: the next start hands a halt over that holds already.
      logger.error('halt.marker-stays', { fault: stackOf(fault) });
    }
    logger.warn('halt.acknowledged');
  }

  /** One question at a time: a halt that is pressed meanwhile is the same halt. */
  function handOver(source: HaltSource): Promise<Acknowledged | null> {
    cancelAgain?.();
    cancelAgain = null;
    asking ??= parts.askEngine(source).then((answer) => {
      asking = null;
      if (answer.ok) {
        acknowledged();
        return answer.value as Acknowledged;
      }
      logger.error('halt.not-acknowledged', { code: answer.error.code });
      if (!closed) cancelAgain = clock.schedule(ASK_AGAIN_MS, handOverPending);
      return null;
    });
    return asking;
  }

  function handOverPending(): void {
    if (pending !== null && !closed) void handOver(pending.source);
  }

  function save(halt: HaltAll): KeelError | null {
    try {
      marker.save(halt);
      return null;
    } catch (fault) {
      logger.error('halt.not-saved', { fault: stackOf(fault) });
      return notSaved(fault);
    }
  }

  return {
    get pending() {
      return pending;
    },
    async halt(source) {
      const halt = pending ?? { sinceMs: clock.nowMs(), source };
      const unsaved = save(halt);
      pending = halt;
      parts.onPending();
      logger.warn('halt.all', { source });
      const answer = await within(clock, handOver(source), ANSWER_WITHIN_MS);
      if (answer !== null) return ok({ ...answer, reachedEngine: true });
      return unsaved === null ? ok({ halted: 0, ended: 0, reachedEngine: false }) : err(unsaved);
    },
    engineOpened: handOverPending,
    async settled() {
      if (pending !== null) await within(clock, handOver(pending.source), ANSWER_WITHIN_MS);
      return pending === null ? ok(null) : err(notLifted());
    },
    async holdBack(ask) {
      if (pending !== null) return err(heldBack());
      const answer = await ask();
      // What was signed while the trader pressed Halt all never leaves.
      return pending === null ? answer : err(heldBack());
    },
    close() {
      closed = true;
      cancelAgain?.();
    },
  };
}

/** Null when there is no answer in time. */
function within<Value>(
  clock: Clock,
  answer: Promise<Value | null>,
  limitMs: number,
): Promise<Value | null> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(limitMs, () => resolve(null));
    void answer.then((value) => {
      cancel();
      resolve(value);
    });
  });
}

function heldBack(): KeelError {
  return keelError(
    'SIGNER_UNAVAILABLE',
    'operator',
    'You halted everything: nothing is signed.',
    'Lift the halt in Keel when you are ready.',
  );
}

function notSaved(fault: unknown): KeelError {
  return keelError(
    'SIGNER_UNAVAILABLE',
    'operator',
    `The halt holds only while Keel runs: it could not be written to disk (${fault instanceof Error ? fault.message : String(fault)}).`,
    'Leave Keel running, make room on the disk, then press Halt all again.',
  );
}

function notLifted(): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    "The halt cannot be lifted: Keel's engine has not taken it yet.",
    'Wait until the engine runs again, then lift it.',
  );
}
