import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { openStore, restoreBackup, type Store } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { testFolder } from './open-test-store.ts';

/** A database with its backups in a folder of their own; gone when the test is over. */
export function place(keep = 3) {
  const root = testFolder();
  const [file, folder] = [join(root, 'keel.db'), join(root, 'backups')];
  const clock = new FakeClock(Date.UTC(2026, 10, 22, 8, 34));
  const options = { file, folder, clock };
  const open = (): Store => {
    const backups = { folder, keep: () => keep };
    const store = valueOf(openStore({ ...options, logger: silentLogger, backups }));
    onTestFinished(() => store.close());
    return store;
  };
  return { ...options, open, restore: (name: string) => restoreBackup(options, name) };
}

export function valueOf<Value>(result: Result<Value, KeelError>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
