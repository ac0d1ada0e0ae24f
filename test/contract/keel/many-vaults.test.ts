import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import { startKeelHost, type KeelHost } from '#test/support/keel-host.ts';
import { eventually } from '#test/support/shell-profile.ts';

const AUTHORITIES = 5;
const SUB_ACCOUNTS = 80;
const KEYS_A_CALL = 100;
const HEARTBEATS = 2;
/** Longer than a round takes, so that none is under way when one has just ended; short enough that the slot is not taken for frozen. */
const HEARTBEAT_MS = 3_000;
/** State, and a market and an oracle of each of six markets: a few more or fewer give the same count. */
const SHARED_KEYS = 13;

let keel: KeelHost;
let vaults: readonly VaultId[];

const verifiedCount = (): number =>
  vaults.filter((id) => keel.view(id).state.verification.kind === 'verified').length;

const onChainRounds = (): number => keel.rounds.filter(({ rpcCalls }) => rpcCalls !== 0).length;

/** Waits for the end of so many further rounds: no read is under way then. */
async function roundsToEnd(count: number): Promise<void> {
  const until = onChainRounds() + count;
  await eventually(`${count} rounds`, () => onChainRounds() >= until);
}

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
    // A slot that stands still lets no chunk straddle two slots, so that the count is exact.
    await network.setFaults({ freezeSlots: true });
    await roundsToEnd(1);
    await network.stats({ reset: true });
    await roundsToEnd(HEARTBEATS);
    const stats = await network.stats();
    await network.setFaults({});

    const uniqueKeys = keel.host.engine.views().length + SHARED_KEYS;
    const callsPerBeat = (stats.perMethod.getMultipleAccounts ?? 0) / HEARTBEATS;
    expect(callsPerBeat).toBe(Math.ceil(uniqueKeys / KEYS_A_CALL));
    expect(stats.perMethod.getAccountInfo ?? 0).toBe(0);
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
