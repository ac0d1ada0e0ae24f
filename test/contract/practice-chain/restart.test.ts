/** What the practice network has shown, it never takes back: not by a restart, not by kill -9 at any moment. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, Keypair, PublicKey } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { startBareNetwork } from '#test/support/practice-chain.ts';

const KILLS = 8;
const LAMPORTS = 1_000_000_000n;

let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keel-restart-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function launch(file: string, args: string[]): Promise<[ChildProcess, unknown]> {
  const child = fork(new URL(file, import.meta.url), args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  const [message] = (await once(child, 'message')) as [unknown];
  return [child, message];
}

describe('a restart in order', () => {
  it('keeps genesis, balances, history, and goes on in slots and heights', async () => {
    const first = await startBareNetwork({ dataDir: folder });
    const { genesisHash } = first.network;
    const connection = new Connection(first.network.httpUrl, 'processed');
    const key = Keypair.generate().publicKey;
    const signature = await connection.requestAirdrop(key, Number(LAMPORTS));
    // By asking, not by a subscription: web3.js would go on looking for the closed socket.
    await expect.poll(() => connection.getBalance(key), { interval: 20 }).toBe(Number(LAMPORTS));
    const slot = await connection.getSlot('processed');
    const height = await connection.getBlockHeight('processed');
    await first.close();

    const second = await startBareNetwork({ dataDir: folder });
    const again = new Connection(second.network.httpUrl, 'processed');
    expect(second.network.genesisHash).toBe(genesisHash);
    expect(await again.getBalance(key)).toBe(Number(LAMPORTS));
    expect(await again.getBalance(key, 'finalized')).toBe(Number(LAMPORTS));
    expect(await again.getSlot('processed')).toBeGreaterThan(slot);
    expect(await again.getBlockHeight('processed')).toBeGreaterThan(height);
    const { value } = await again.getSignatureStatuses([signature], {
      searchTransactionHistory: true,
    });
    expect(value[0]?.err).toBeNull();
    await second.close();
  });
});

describe('kill -9', () => {
  it(`at any moment loses nothing that was shown (${KILLS} times)`, async () => {
    let slotSeen = 0n;
    let shown = 0n;
    let genesis = '';
    const key = Keypair.fromSeed(new Uint8Array(32).fill(9)).publicKey;
    for (let round = 0; round < KILLS; round += 1) {
      const [child, message] = await launch('../../support/practice-kill-target.ts', [folder]);
      const { httpUrl } = z.object({ httpUrl: z.url() }).parse(message);
      const admin = createAdminClient(httpUrl);
      const status = await admin.status();
      if (genesis === '') genesis = status.genesisHash;
      expect(status.genesisHash).toBe(genesis);
      expect(status.slot).toBeGreaterThanOrEqual(slotSeen);
      const balance = await new Connection(httpUrl, 'processed').getBalance(key);
      expect(BigInt(balance)).toBeGreaterThanOrEqual(shown);
      shown = BigInt(balance);
      const credits = Math.floor(Math.random() * 12);
      for (let credit = 0; credit < credits; credit += 1) {
        await admin.airdrop({ address: key.toBase58(), lamports: LAMPORTS });
        shown += LAMPORTS;
      }
      slotSeen = (await admin.status()).slot;
      // One more is under way when the process dies: it may or may not have landed.
      const lost = admin.airdrop({ address: key.toBase58(), lamports: LAMPORTS }).catch(() => null);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await lost;
    }
  }, 120_000);
});

const readyMessage = z.object({
  type: z.literal('ready'),
  httpUrl: z.url(),
  webSocketUrl: z.url(),
  genesisHash: z.string(),
  starter: z.object({ authority: z.string(), subAccountId: z.number() }),
  program: z.string(),
  stateSeed: z.string(),
  quoteMint: z.string(),
});

describe('the practice process', () => {
  it('says where it is, stops when told, and is the same network afterwards', async () => {
    const file = '../../../src-main/practice/practice-process.ts';
    const args = ['--data', folder, '--port', '0'];
    const [first, message] = await launch(file, args);
    const ready = readyMessage.parse(message);
    const connection = new Connection(ready.httpUrl, 'processed');
    const program = await connection.getAccountInfo(new PublicKey(ready.program));
    expect(program?.executable).toBe(true);
    expect(new URL(ready.webSocketUrl).port).toBe(`${Number(new URL(ready.httpUrl).port) + 1}`);
    first.send({ type: 'stop' });
    expect(await once(first, 'exit')).toEqual([0, null]);
    const [, again] = await launch(file, args);
    const { genesisHash, starter } = readyMessage.parse(again);
    expect({ genesisHash, starter }).toEqual({
      genesisHash: ready.genesisHash,
      starter: ready.starter,
    });
  });

  it('ends with its parent', async () => {
    const file = '../../../src-main/practice/practice-process.ts';
    const [child] = await launch(file, ['--data', folder, '--port', '0']);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
