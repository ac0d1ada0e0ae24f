import { expect, it, vi } from 'vitest';
import { createRestoreGate } from '#main/app/restore-gate.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';

const unusable = keelError('BACKUP_UNUSABLE', 'fix-input', 'No.', 'Choose another one.');

function bench() {
  const parts = {
    problemOf: vi.fn(() => Promise.resolve<typeof unusable | null>(null)),
    ask: vi.fn(() => Promise.resolve(true)),
    restore: vi.fn((): Promise<Result<{ readonly setAside: string }, KeelError>> =>
      Promise.resolve(ok({ setAside: '/aside.db' })),
    ),
    onRefused: vi.fn<(backup: string, why: KeelError) => void>(),
  };
  return { parts, gate: createRestoreGate(parts) };
}

it('restores what the trader agreed to', async () => {
  const { parts, gate } = bench();
  expect(await gate('a.db')).toEqual(ok({ setAside: '/aside.db' }));
  expect(parts.ask).toHaveBeenCalledWith('a.db');
  expect(parts.restore).toHaveBeenCalledWith('a.db');
});

it('restores nothing without the word of the trader', async () => {
  const { parts, gate } = bench();
  parts.ask.mockResolvedValue(false);
  expect(await gate('a.db')).toMatchObject({ error: { code: 'APPROVAL_DECLINED' } });
  expect(parts.restore).not.toHaveBeenCalled();
});

it('asks nothing about a backup that cannot be restored', async () => {
  const { parts, gate } = bench();
  parts.problemOf.mockResolvedValue(unusable);
  expect(await gate('a.db')).toMatchObject({ error: unusable });
  expect(parts.ask).not.toHaveBeenCalled();
  expect(parts.restore).not.toHaveBeenCalled();
});

it('asks one question at a time, also after one that failed', async () => {
  const { parts, gate } = bench();
  let answer: (agreed: boolean) => void = () => undefined;
  parts.ask.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  const first = gate('a.db');
  expect(await gate('b.db')).toMatchObject({ error: { code: 'APPROVAL_DECLINED' } });
  await vi.waitFor(() => expect(parts.ask).toHaveBeenCalledTimes(1));
  answer(false);
  await first;
  expect(parts.restore).not.toHaveBeenCalled();
  parts.ask.mockRejectedValueOnce(new Error('no window'));
  await expect(gate('a.db')).rejects.toThrow();
  expect(await gate('c.db')).toMatchObject({ ok: true });
});

it('tells of each that was declined, refused or failed, and of none that was done', async () => {
  const { parts, gate } = bench();
  await gate('done.db');
  expect(parts.onRefused).not.toHaveBeenCalled();
  parts.ask.mockResolvedValueOnce(false);
  await gate('declined.db');
  parts.problemOf.mockResolvedValueOnce(unusable);
  await gate('unusable.db');
  parts.restore.mockResolvedValueOnce(err(unusable));
  await gate('failed.db');
  expect(parts.onRefused.mock.calls.map(([name, { code }]) => [name, code])).toEqual([
    ['declined.db', 'APPROVAL_DECLINED'],
    ['unusable.db', 'BACKUP_UNUSABLE'],
    ['failed.db', 'BACKUP_UNUSABLE'],
  ]);
});
