import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Desk } from '#ipc/contract.ts';
import type { Clock } from '#main/engine/ports.ts';

const ENGINE_WITHIN_MS = 20_000;

export interface DeskLoading {
  /** The engine has told its vaults. */
  opened(): void;
  /** The engine cannot run; a later `opened` would take it back. */
  refused(error: KeelError): void;
  /** The desk, once the engine has told its vaults; an error when it cannot, or says nothing for long. */
  load(compose: () => Desk): Promise<Result<Desk, KeelError>>;
}

/** Lets the window's first question wait for the engine's first word, and no longer than that. */
export function createDeskLoading(clock: Clock): DeskLoading {
  let outcome: Result<null, KeelError> | null = null;
  let waiting: (() => void)[] = [];

  function settle(next: Result<null, KeelError>): void {
    outcome = next;
    const woken = waiting;
    waiting = [];
    woken.forEach((wake) => wake());
  }

  return {
    opened: () => settle(ok(null)),
    refused: (error) => settle(err(error)),
    async load(compose) {
      if (outcome === null) {
        await new Promise<void>((resolve) => {
          const cancel = clock.schedule(ENGINE_WITHIN_MS, resolve);
          waiting.push(() => {
            cancel();
            resolve();
          });
        });
      }
      if (outcome === null) return err(engineSilent());
      return outcome.ok ? ok(compose()) : outcome;
    },
  };
}

function engineSilent(): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    `Keel's engine has not opened the database within ${ENGINE_WITHIN_MS / 1_000} s.`,
    'Try again; if it stays, look into the log for what the engine waits for.',
  );
}
