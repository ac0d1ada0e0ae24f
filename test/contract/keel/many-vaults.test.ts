import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import { startKeelHost, type KeelHost } from '#test/support/keel-host.ts';
import { eventually } from '#test/support/shell-profile.ts';

const AUTHORITIES = 5;
const SUB_ACCOUNTS = 80;
const KEYS_A_CALL = 100;
const HEARTBEATS = 2;
/** Several heartbeats pass before a slot that stands still is taken for a frozen node. */
const HEARTBEAT_MS = 1_500;
/** State, and a market and an oracle of each of six markets: a few more or fewer give the same count. */
const SHARED_KEYS = 13;

let keel: KeelHost;
let vaults: readonly VaultId[];

const verifiedCount = (): number =>
  vaults.filter((id) => keel.view(id).state.verification.kind === 'verified').length;

beforeAll(async () => {
  keel = await startKeelHost({
    sync: { heartbeatMs: HEARTBEAT_MS },
    world: { population: { authorities: AUTHORITIES, subAccounts: SUB_ACCOUNTS } },
  });
  vaults = keel.practice.world.population.flatMap((authority) =>
    Array.from({ length: SUB_ACCOUNTS }, (_, subAccountId) =>
      keel.addVault(
        `${authority.toBase58().slice(0, 4)} ${subAccountId}`,
        authority.toBase58(),
        subAccountId,
      ),
    ),
  );
  await eventually('all vaults are verified', () => verifiedCount() === vaults.length);
});

afterAll(() => keel?.close());

describe('400 vaults over five authorities', () => {
  it('cost one call per hundred keys and heartbeat, counted by the server', async () => {
    const { network } = keel.practice;
    const callsOfRounds: number[] = [];
    // A slot that stands still lets no chunk straddle two slots, so that the count is exact.
    await network.setFaults({ freezeSlots: true });
    keel.onRound(({ vaults: read, rpcCalls }) => {
      if (rpcCalls === 0) return;
      // Each round's calls are its own: one that a late hint led to is counted apart.
      const counted = network.stats({ reset: true });
      if (read !== keel.host.engine.views().length - 1) return;
      void counted.then(({ perMethod }) => {
        callsOfRounds.push(perMethod.getMultipleAccounts ?? 0);
        expect(perMethod.getAccountInfo ?? 0).toBe(0);
      });
    });
    await eventually('some heartbeats', () => callsOfRounds.length > HEARTBEATS);
    await network.setFaults({});

    const uniqueKeys = vaults.length + 1 + SHARED_KEYS;
    const steady = callsOfRounds.slice(1);
    expect(new Set(steady)).toEqual(new Set([Math.ceil(uniqueKeys / KEYS_A_CALL)]));
  });

  it('each show their own figures, not a neighbour’s', () => {
    const collateral = vaults.map(
      (id) => keel.view(id).state.observation?.snapshot.figures.totalCollateral,
    );
    expect(collateral).not.toContain(undefined);
    const identities = new Set(
      vaults.map((id) => {
        const { vault } = keel.view(id);
        return vault.vaultType === 'onChain' ? `${vault.authority}/${vault.subAccountId}` : '';
      }),
    );
    expect(identities.size).toBe(AUTHORITIES * SUB_ACCOUNTS);
  });
});
