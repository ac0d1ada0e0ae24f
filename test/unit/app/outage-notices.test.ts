import { describe, expect, it } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { vaultId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { createOutageNotices, type OutageNotice } from '#main/app/outage-notices.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const error = keelError('RPC_TIMEOUT', 'retry', 'No answer within 4 s.', 'Check the endpoint.');
const failed = (name: string): DeskEvent => ({
  type: 'VAULT_SYNC_ERROR',
  vaultId: vaultId(name),
  vaultName: name,
  error,
  attempts: 4,
  atMs: unixMs(0),
});
const recovered = (name: string): DeskEvent => ({
  type: 'VAULT_SYNC_RECOVERED',
  vaultId: vaultId(name),
  vaultName: name,
  failingSinceMs: unixMs(0),
  atMs: unixMs(1),
});

function notices() {
  const clock = new FakeClock();
  const shown: OutageNotice[] = [];
  const tell = createOutageNotices(clock, (notice) => shown.push(notice));
  return { clock, shown, tell };
}

describe('notices of outages', () => {
  it('are one per outage, however often the engine repeats itself', async () => {
    const { clock, shown, tell } = notices();
    for (let repeat = 0; repeat < 5; repeat += 1) {
      tell(failed('Funding'));
      await clock.advance(10_000);
    }
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({
      kind: 'outage',
      title: 'Funding is out of step',
      vaultId: 'Funding',
    });
    expect(shown[0]?.body).toContain('Trading is disabled');
  });

  it('tell of the recovery once, and of the next outage again', async () => {
    const { clock, shown, tell } = notices();
    for (const event of [failed('a'), recovered('a'), recovered('a'), failed('a')]) {
      tell(event);
      await clock.advance(1_000);
    }
    expect(shown.map(({ kind }) => kind)).toEqual(['outage', 'recovery', 'outage']);
  });

  it('are one for vaults that fail together', async () => {
    const { clock, shown, tell } = notices();
    for (const name of ['a', 'b', 'c', 'd', 'e']) tell(failed(name));
    await clock.advance(1_000);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ title: '5 vaults are out of step', vaultId: null });
    expect(shown[0]?.body).toContain('a, b, c and 2 more');
  });

  it('are silent on recoveries nobody was told an outage of', async () => {
    const { clock, shown, tell } = notices();
    tell(recovered('a'));
    await clock.advance(1_000);
    expect(shown).toEqual([]);
  });
});
