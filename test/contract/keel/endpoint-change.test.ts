/** The endpoints of a network in use are replaced while Keel runs: its vaults stay watched, over the new list. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { networkId, type VaultId } from '#domain/ids.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import { networkOf, startKeelHost, type KeelHost } from '#test/support/keel-host.ts';
import { eventually } from '#test/support/shell-profile.ts';

const LIVE = networkId('live-like');
const NOBODY = { httpUrl: 'http://127.0.0.1:1', webSocketUrl: 'ws://127.0.0.1:1' };

let keel: KeelHost;
let vault: VaultId;

const liveAt = (endpoints: readonly RpcEndpoint[]): Network => ({
  ...networkOf(keel.practice, endpoints),
  id: LIVE,
  label: 'Live-like',
  kind: 'live',
});

const here = (label: string): RpcEndpoint => ({
  label,
  httpUrl: keel.practice.network.httpUrl,
  webSocketUrl: keel.practice.network.webSocketUrl,
});

const statusOf = () => keel.host.engine.networkStatuses().find(({ network }) => network === LIVE);
const verifiedAt = (): number => {
  const { verification } = keel.view(vault).state;
  return verification.kind === 'verified' ? verification.atMs : 0;
};

beforeAll(async () => {
  keel = await startKeelHost({ sync: { heartbeatMs: 1_000, reconnectEveryMs: 1_000 } });
  keel.host.useNetworks([liveAt([here('old')])]);
  const { starter } = keel.practice.world;
  const added = keel.host.engine.addOnChainVault({
    name: 'Live',
    engine: 'live',
    network: LIVE,
    authority: starter.authority.toBase58() as never,
    subAccountId: starter.subAccountId,
  });
  if (!added.ok) throw new Error(added.error.message);
  vault = added.value.vaultId;
  await eventually('verified', () => verifiedAt() > 0);
});

afterAll(() => keel.close());

it('reads the vault over the new list, without a restart', async () => {
  const before = verifiedAt();
  keel.host.useNetworks([liveAt([here('new'), { label: 'spare', ...NOBODY }])]);
  await eventually('read again', () => verifiedAt() > before);
  expect(keel.view(vault).state.failure).toBeNull();
  expect(statusOf()).toMatchObject({ endpointLabel: 'new', endpointCount: 2 });
});

it('leaves a dead first endpoint of the new list for the second', async () => {
  const before = verifiedAt();
  keel.host.useNetworks([liveAt([{ label: 'dead', ...NOBODY }, here('good')])]);
  await eventually('read over the second', () => statusOf()?.endpointLabel === 'good');
  await eventually('verified', () => verifiedAt() > before);
});

it('changes nothing where the list is the same', async () => {
  const list = [liveAt([here('same')])];
  keel.host.useNetworks(list);
  await eventually('read over it', () => statusOf()?.endpointLabel === 'same');
  const calls = () => statusOf()?.endpoints[0]?.calls ?? 0;
  await eventually('asked', () => calls() > 0);
  const before = calls();
  keel.host.useNetworks(structuredClone(list));
  expect(calls()).toBeGreaterThanOrEqual(before);
});
