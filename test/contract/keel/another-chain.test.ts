/** The chain behind the name of the network is another one than before (S4). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { address, type VaultId } from '#domain/ids.ts';
import { rawQuantitiesOf } from '#domain/vault-snapshot.ts';
import { startPracticeNetwork } from '#main/practice/index.ts';
import { networkOf, startKeelHost, type KeelHost } from '#test/support/keel-host.ts';
import { eventually } from '#test/support/shell-profile.ts';

let keel: KeelHost;
let funding: VaultId;

beforeEach(async () => {
  keel = await startKeelHost({
    sync: { heartbeatMs: 500, reconnectEveryMs: 500 },
    world: { volatility: 0 },
  });
  funding = keel.vaultNamed('Funding').vault.id;
  await keel.eventuallyView('verified', funding, ({ synced }) => synced);
});

afterEach(() => keel.close());

function holdings(): string {
  const { observation } = keel.view(funding).state;
  return observation === null ? 'none' : rawQuantitiesOf(observation.snapshot);
}

it('the address serves another cluster: noticed when the socket falls, mended when it is itself again', async () => {
  await eventually('the socket is live', () =>
    keel.host.engine.networkStatuses().some(({ socket }) => socket === 'live'),
  );
  await keel.practice.network.setFaults({ wrongGenesis: true, closeSockets: true });
  await keel.eventuallyView('it fails', funding, ({ state }) => state.failure !== null);
  expect(keel.view(funding).state.failure).toMatchObject({
    attempts: 1,
    error: { code: 'WRONG_CLUSTER' },
  });
  await keel.practice.network.setFaults({});
  await keel.eventuallyView('it recovers', funding, ({ state }) => state.failure === null);
});

it('the practice network was begun anew: the old vault fails for good, a new one serves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keel-anew-'));
  const before = holdings();
  const anew = await startPracticeNetwork({
    dataDir: folder,
    port: 0,
    seed: 8,
    world: { volatility: 0 },
  });
  const starter = {
    authority: address(anew.world.starter.authority.toBase58()),
    subAccountId: anew.world.starter.subAccountId,
  };
  const used = await keel.host.usePractice({
    type: 'practice',
    network: networkOf(anew),
    starter,
  });
  expect(used.ok).toBe(true);
  await keel.eventuallyView('it fails', funding, ({ state }) => state.failure !== null);
  const { state } = keel.view(funding);
  expect(state.failure).toMatchObject({ attempts: 1, error: { code: 'WRONG_CLUSTER' } });
  expect(state.failure?.error.advice).toContain('Archive this vault');
  expect(holdings()).toBe(before);
  const fresh = keel.addVault('Fresh', starter.authority, starter.subAccountId);
  await keel.eventuallyView('the new vault is verified', fresh, ({ synced }) => synced);
  expect(keel.view(funding).state.failure?.error.code).toBe('WRONG_CLUSTER');
  await anew.network.close();
  await rm(folder, { recursive: true, force: true });
});
