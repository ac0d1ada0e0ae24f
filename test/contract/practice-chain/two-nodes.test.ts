/** Two nodes on one chain, each with ports and faults of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { startPracticeNetwork, type PracticeHandle } from '#main/practice/index.ts';
import { eventually } from '#test/support/shell-profile.ts';

let folder: string;
let practice: PracticeHandle;
let a: string;
let b: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keel-two-nodes-'));
  practice = await startPracticeNetwork({ dataDir: folder, port: 0, seed: 7, slotMs: 20 });
  [a = '', b = ''] = practice.network.endpoints.map(({ httpUrl }) => httpUrl);
});

afterEach(() => practice.network.setFaults({}));

afterAll(async () => {
  await practice.network.close();
  await rm(folder, { recursive: true, force: true });
});

/** The result; null where the node does not answer. */
async function ask(url: string, method: string): Promise<unknown> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method,
    params: [{ commitment: 'processed' }].slice(method === 'getSlot' ? 0 : 1),
  });
  try {
    const reply = await fetch(url, { method: 'POST', body });
    return ((await reply.json()) as { result: unknown }).result;
  } catch {
    return null;
  }
}

describe('two nodes of the practice network', () => {
  it('show one chain on ports of their own', async () => {
    expect(a).not.toBe(b);
    expect(practice.network.endpoints.map(({ label }) => label)).toEqual([
      'Practice node A',
      'Practice node B',
    ]);
    const genesis = await ask(a, 'getGenesisHash');
    expect(genesis).toBe(practice.network.genesisHash);
    expect(await ask(b, 'getGenesisHash')).toBe(genesis);
  });

  it('break one by one, or together', async () => {
    const admin = createAdminClient(a);
    const answers = async () => [
      (await ask(a, 'getSlot')) !== null,
      (await ask(b, 'getSlot')) !== null,
    ];
    await admin.setFaults({ refuseConnections: true, node: 'a' });
    expect(await answers()).toEqual([false, true]);
    await admin.setFaults({ refuseConnections: true, node: 'b' });
    expect(await answers()).toEqual([false, false]);
    await admin.setFaults({ node: 'a' });
    expect(await answers()).toEqual([true, false]);
    await admin.setFaults({});
    expect(await answers()).toEqual([true, true]);
    await admin.setFaults({ refuseConnections: true });
    expect(await answers()).toEqual([false, false]);
  });

  it('one stands still while the chain goes on, and catches up', async () => {
    await practice.network.setFaults({ freezeSlots: true, node: 'b' });
    const [slotOfA, frozenAt] = [Number(await ask(a, 'getSlot')), await ask(b, 'getSlot')];
    await eventually(
      'the chain goes on',
      async () => Number(await ask(a, 'getSlot')) > slotOfA + 5,
    );
    expect(await ask(b, 'getSlot')).toBe(frozenAt);
    await practice.network.setFaults({});
    expect(Number(await ask(b, 'getSlot'))).toBeGreaterThan(Number(frozenAt) + 5);
  });

  it('count their calls apart', async () => {
    const { network } = practice;
    await network.stats({ reset: true });
    await network.stats({ reset: true, node: 'b' });
    await ask(b, 'getSlot');
    expect((await network.stats()).perMethod).toEqual({});
    expect((await network.stats({ node: 'b' })).perMethod).toEqual({ getSlot: 1 });
  });
});
