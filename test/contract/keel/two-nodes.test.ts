/** One of the practice network's two nodes breaks: the vaults stay in step by the other, and nobody is called (S8, M3). */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NetworkStatus } from '#domain/network.ts';
import type { VaultId } from '#domain/ids.ts';
import { startKeelHost, type KeelHost } from '#test/support/keel-host.ts';
import { eventually } from '#test/support/shell-profile.ts';

let keel: KeelHost;
let funding: VaultId;

beforeEach(async () => {
  keel = await startKeelHost({
    sync: { heartbeatMs: 500 },
    world: { volatility: 0 },
    endpointsOf: ({ network }) => Promise.resolve(network.endpoints),
  });
  funding = keel.vaultNamed('Funding').vault.id;
  await keel.eventuallyView('verified', funding, ({ synced }) => synced);
});

afterEach(() => keel.close());

function status(): NetworkStatus {
  const [found] = keel.host.engine.networkStatuses();
  if (found === undefined) throw new Error('No network has a status');
  return found;
}

const slotOf = (): bigint => keel.view(funding).state.observation?.snapshot.slot ?? -1n;

it('the first refuses connections: the second is read, without a sync error', async () => {
  await eventually('both nodes are known to be well', () =>
    status().endpoints.every(({ condition }) => condition === 'ok'),
  );
  await keel.practice.network.setFaults({ refuseConnections: true, node: 'a' });
  await eventually(
    'the second is in use',
    () => status().endpointLabel === 'Practice node B' && status().connection === 'connected',
  );
  const readTo = slotOf();
  await eventually('the vault is read on', () => slotOf() > readTo);
  expect(keel.view(funding).state.failure).toBeNull();
  expect(keel.events.filter(({ type }) => type === 'VAULT_SYNC_ERROR')).toEqual([]);
  expect(status().endpoints).toMatchObject([
    { label: 'Practice node A', condition: 'down', inUse: false },
    { label: 'Practice node B', condition: 'ok', inUse: true },
  ]);
  await keel.practice.network.setFaults({});
});
