import { expect, it, vi } from 'vitest';
import { createRestoreGate } from '#main/app/restore-gate.ts';
import { keelError } from '#domain/keel-error.ts';
import { ok } from '#domain/result.ts';

const unusable = keelError('BACKUP_UNUSABLE', 'fix-input', 'No.', 'Choose another one.');

function bench() {
  const parts = {
    problemOf: vi.fn(() => Promise.resolve<typeof unusable | null>(null)),
    ask: vi.fn(() => Promise.resolve(true)),
    restore: vi.fn(() => Promise.resolve(ok({ setAside: '/aside.db' }))),
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
