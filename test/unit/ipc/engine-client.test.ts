import { describe, expect, it, vi } from 'vitest';
import { ok } from '#domain/result.ts';
import { createEngineClient } from '#main/ipc/engine-client.ts';
import type { ToEngineOnWire } from '#main/ipc/engine-protocol.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

function connected() {
  const clock = new FakeClock();
  const report = vi.fn();
  const client = createEngineClient(clock, report);
  const posted: ToEngineOnWire[] = [];
  client.connect((message) => posted.push(message));
  const idOf = (index: number) => {
    const message = posted[index];
    if (message?.type !== 'request') throw new Error('not a request');
    return message.id;
  };
  return { clock, report, client, posted, idOf };
}

const syncAll = { vaultId: null };

describe('requests to the engine', () => {
  it('matches answers by id, in any order', async () => {
    const { client, idOf } = connected();
    const first = client.ask('vault.syncNow', syncAll);
    const second = client.ask('vault.syncNow', syncAll);
    client.settle(idOf(1), ok({ verified: 2, failed: 0 }));
    client.settle(idOf(0), ok({ verified: 1, failed: 0 }));
    expect(await first).toEqual(ok({ verified: 1, failed: 0 }));
    expect(await second).toEqual(ok({ verified: 2, failed: 0 }));
  });

  it('answers at once while no engine runs', async () => {
    const { client } = connected();
    client.disconnect();
    expect(await client.ask('vault.syncNow', syncAll)).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_UNAVAILABLE', remedy: 'retry' },
    });
  });

  it('answers everything under way when the engine dies', async () => {
    const { client, clock } = connected();
    const asked = [client.ask('vault.syncNow', syncAll), client.ask('vault.syncNow', syncAll)];
    client.disconnect();
    for (const answer of await Promise.all(asked)) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'ENGINE_UNAVAILABLE' } });
    }
    expect(clock.pending).toBe(0);
  });

  it('gives up after the time-out and drops the late answer', async () => {
    const { client, clock, idOf } = connected();
    const answer = client.ask('vault.reorder', { order: [] });
    await clock.advance(15_000);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'ENGINE_UNAVAILABLE' } });
    client.settle(idOf(0), ok({}));
    expect(clock.pending).toBe(0);
  });

  it('waits longer where the engine waits for the chain with its retries', async () => {
    const { client, clock, idOf } = connected();
    const answer = client.ask('vault.syncNow', syncAll);
    await clock.advance(100_000);
    client.settle(idOf(0), ok({ verified: 0, failed: 1 }));
    expect(await answer).toEqual(ok({ verified: 0, failed: 1 }));
  });

  it('checks the answer against the contract', async () => {
    const { client, idOf, report } = connected();
    const answer = client.ask('vault.syncNow', syncAll);
    client.settle(idOf(0), ok({ verified: 'all' }));
    expect(await answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(report).toHaveBeenCalledOnce();
  });

  it('never mixes the answers of an engine with those of the one before it', async () => {
    const { client, idOf, posted } = connected();
    const before = client.ask('vault.syncNow', syncAll);
    client.disconnect();
    await before;
    client.connect((message) => posted.push(message));
    const after = client.ask('vault.syncNow', syncAll);
    client.settle(idOf(0), ok({ verified: 9, failed: 9 }));
    client.settle(idOf(1), ok({ verified: 1, failed: 0 }));
    expect(await after).toEqual(ok({ verified: 1, failed: 0 }));
  });
});
