import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ok } from '#domain/result.ts';
import { createPracticeReset } from '#main/app/desk-files/practice-reset.ts';
import type { PracticeReady } from '#main/app/practice-link.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

function bench() {
  const root = mkdtempSync(join(tmpdir(), 'keel-reset-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'practice');
  mkdirSync(folder);
  writeFileSync(join(folder, 'world.json'), '{}');
  const ready = {} as PracticeReady;
  const parts = {
    clock: new FakeClock(),
    logger: silentLogger,
    folder,
    noteActivity: vi.fn(),
    openOperations: vi.fn(() => 0),
    link: {
      restart: vi.fn((change: () => void): Promise<PracticeReady | null> => {
        try {
          change();
          return Promise.resolve(ready);
        } catch (caught) {
          return Promise.reject(caught as Error);
        }
      }),
    },
  };
  return { root, folder, parts, reset: createPracticeReset(parts) };
}

it('puts the state aside while the network does not run, and says so in the feed', async () => {
  const { root, folder, parts, reset } = bench();
  expect(await reset()).toEqual(ok(null));
  expect(existsSync(join(folder, 'world.json'))).toBe(false);
  expect(readdirSync(root)).toHaveLength(2);
  expect(parts.noteActivity).toHaveBeenCalledTimes(1);
});

it('touches nothing while an operation is open', async () => {
  const { parts, reset, folder } = bench();
  parts.openOperations.mockReturnValue(1);
  expect(await reset()).toMatchObject({ error: { code: 'PRACTICE_NOT_RESET' } });
  expect(parts.link.restart).not.toHaveBeenCalled();
  expect(existsSync(join(folder, 'world.json'))).toBe(true);
});

it('touches nothing when an operation was asked for while the network ended', async () => {
  const { parts, reset, folder } = bench();
  parts.openOperations.mockReturnValueOnce(0).mockReturnValue(2);
  expect(await reset()).toMatchObject({
    error: {
      code: 'PRACTICE_NOT_RESET',
      message: expect.stringContaining('2 operations') as string,
    },
  });
  expect(existsSync(join(folder, 'world.json'))).toBe(true);
  parts.openOperations.mockReturnValue(0);
  expect(await reset()).toEqual(ok(null));
});

it('says so when the new one does not start in time, and when the folder cannot be moved', async () => {
  const { parts, reset } = bench();
  parts.link.restart.mockResolvedValueOnce(null);
  expect(await reset()).toMatchObject({ error: { code: 'PRACTICE_NOT_RESET', remedy: 'retry' } });
  const denied = Object.assign(new Error('no'), { code: 'EACCES' });
  parts.link.restart.mockRejectedValueOnce(denied);
  expect(await reset()).toMatchObject({
    error: { code: 'PRACTICE_NOT_RESET', message: expect.stringContaining('EACCES') as string },
  });
});

it('does it once at a time', async () => {
  const { parts, reset } = bench();
  let end: (ready: PracticeReady | null) => void = () => undefined;
  parts.link.restart.mockReturnValueOnce(new Promise((resolve) => (end = resolve)));
  const first = reset();
  expect(await reset()).toMatchObject({ error: { code: 'PRACTICE_NOT_RESET' } });
  end({} as PracticeReady);
  expect(await first).toEqual(ok(null));
});
