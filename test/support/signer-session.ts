/** A session on a fake clock with a derivation that costs nothing, and an operating system's secret store of its own. */
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { LockCause, SignerState } from '#domain/signer-state.ts';
import { openKeyFolder } from '#main/signer/keys/key-folder.ts';
import { openKeyStore } from '#main/signer/keys/key-store.ts';
import { createAttemptLimit } from '#main/signer/session/attempt-limit.ts';
import { Session, type DeviceSecrets } from '#main/signer/session/session.ts';
import { FakeClock } from './fake-clock.ts';
import { keysFolder, weakKdf } from './signer-keys.ts';

export class FakeSecretStore implements DeviceSecrets {
  secret: Uint8Array | null = null;
  available = true;

  load(): Promise<Result<Uint8Array, KeelError>> {
    const { secret } = this;
    if (!this.available || secret === null) return Promise.resolve(err(noStore()));
    return Promise.resolve(ok(Uint8Array.from(secret)));
  }

  create(): Promise<Result<Uint8Array, KeelError>> {
    this.secret ??= new Uint8Array(32).fill(42);
    return this.load();
  }

  forget(): Promise<void> {
    this.secret = null;
    return Promise.resolve();
  }
}

function noStore(): KeelError {
  return keelError('SECRET_STORE_UNAVAILABLE', 'operator', 'No store.', 'Get one.');
}

export interface SessionBench {
  readonly session: Session;
  readonly clock: FakeClock;
  readonly folder: string;
  readonly secretStore: FakeSecretStore;
  readonly states: SignerState[];
  readonly locks: LockCause[];
  /** The process dies and starts again on the same folder. */
  restart(): SessionBench;
}

export const AUTO_LOCK_MS = 900_000;

export function sessionBench(
  folder = keysFolder(),
  clock = new FakeClock(),
  secretStore = new FakeSecretStore(),
): SessionBench {
  const states: SignerState[] = [];
  const locks: LockCause[] = [];
  const session = new Session({
    clock,
    deviceSecrets: secretStore,
    autoLockMs: () => AUTO_LOCK_MS,
    onState: (state) => states.push(state),
    onLocked: (cause) => locks.push(cause),
    openKeys: () => {
      const opened = openKeyFolder(folder);
      if (!opened.ok) return opened;
      const store = openKeyStore({ folder: opened.value, kdf: weakKdf, clock });
      if (!store.ok) return store;
      return ok({ store: store.value, attempts: createAttemptLimit(opened.value, clock) });
    },
  });
  return {
    session,
    clock,
    folder,
    secretStore,
    states,
    locks,
    restart: () => sessionBench(folder, clock, secretStore),
  };
}
