/** The desks that are pictured: one after a year of use, with everything of it on the practice network, and one without a vault. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TourState } from '#domain/desk-settings.ts';
import type { EngineVault, OnChainVault } from '#domain/engine-vault.ts';
import { address } from '#domain/ids.ts';
import { appPaths } from '#main/platform/paths.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { startPracticeNetwork } from '#main/practice/index.ts';
import { seedDesk } from '#test/support/seed-desk.ts';
import { vaultDatabase } from '#test/support/vault-database.ts';
import { makeSubAccounts } from '../lag/sub-accounts.ts';

const SEED = 11;
const VAULTS = 13;
/** Slots pass quicker while the accounts are made. */
const QUICK_SLOT_MS = 60;
const FIRST_DEPOSIT = 100_000_000n;

/** As at the very first start. */
export const firstProfile = (): Promise<string> => newProfile('new');

/** Nothing but settings; past the first start the way through Keel is not offered any more. */
async function newProfile(tour: TourState = 'done'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keel-screens-'));
  const settings = { desk: { tour }, theme: 'dark', notifications: false };
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  return folder;
}

/** A desk without any vault: its only one has been put away, or Keel would begin with those of a first start. */
export async function emptyProfile(): Promise<string> {
  const profile = await newProfile();
  await mkdir(join(profile, 'database'), { recursive: true });
  const file = appPaths(profile).database;
  seedDesk({ file, nowMs: Date.now(), vaults: 1, days: 1, detail: 'coarse' });
  const db = new Database(file);
  db.prepare('UPDATE vaults SET archived_at_ms = ?, active = 0').run(Date.now());
  db.close();
  return profile;
}

/**
 * A profile with a year behind it. Its vaults on chain are sub-accounts of the practice network's trader, so that Keel
 * reads, proves and moves them as any other.
 */
export async function fullProfile(): Promise<string> {
  const profile = await newProfile();
  const paths = appPaths(profile);
  const practice = await startPracticeNetwork({
    ...{ dataDir: paths.practice, port: 0, seed: SEED, slotMs: QUICK_SLOT_MS },
  });
  try {
    await mkdir(join(profile, 'database'), { recursive: true });
    const { vaults } = seedDesk({
      ...{ file: paths.database, seed: SEED, nowMs: Date.now(), vaults: VAULTS },
      ...{ operations: 240, openOperations: 1, activity: 400, alerts: 36, notes: 3 },
      authority: address(practice.starterKeypair.publicKey.toBase58()),
    });
    meetTheVenue(paths.database);
    await fund(practice.network.httpUrl, profile, vaults);
  } finally {
    await practice.network.close();
  }
  return profile;
}

/**
 * The venue begins without funding, and its margins are lower than the seed's: the past is told so that it ends where the
 * venue begins, or each chart would end in a cliff.
 */
function meetTheVenue(file: string): void {
  const db = new Database(file);
  try {
    for (const [table, equity] of EQUITY_IN) {
      // Maintenance takes 3 %, the first margin 5 %.
      const healthBps = `(10000 - drift_pos * 300 / ${equity})`;
      db.exec(`UPDATE ${table} SET
          cumulative_funding = 0,
          unsettled_funding = 0,
          free_collateral = ${equity} - drift_pos / 20,
          health_bps = ${healthBps},
          lowest_health_bps = CASE WHEN lowest_health_bps IS NULL THEN NULL ELSE ${healthBps} - 30 END
        WHERE drift_pos > 0`);
    }
  } finally {
    db.close();
  }
}

const EQUITY_IN = [
  ['value_history', 'total_collateral'],
  ['value_rollup', 'equity'],
] as const;

/** Of each market: step of an order (base units of 10^-9) and about its price (10^-6 quote). */
const MARKETS = [
  { marketIndex: 0, step: 10_000_000n, price: 152_000_000n },
  { marketIndex: 1, step: 1_000_000n, price: 96_500_000_000n },
  { marketIndex: 2, step: 1_000_000n, price: 3_420_000_000n },
] as const;

/** What the venue shows follows on what is on record: the same money, and a position of its size. */
async function fund(
  rpcUrl: string,
  profile: string,
  vaults: readonly EngineVault[],
): Promise<void> {
  const admin = createAdminClient(rpcUrl);
  const onChain = vaults.filter((vault): vault is OnChainVault => vault.vaultType === 'onChain');
  const last = Math.max(...onChain.map(({ subAccountId }) => subAccountId));
  await makeSubAccounts(rpcUrl, appPaths(profile).practice, last, FIRST_DEPOSIT);
  const records = vaultDatabase(profile);
  for (const { name, subAccountId } of onChain) {
    const figures = records.figures(name);
    const market = MARKETS[subAccountId % MARKETS.length] ?? MARKETS[0];
    if (figures === null) continue;
    const amount = figures.totalCollateral - FIRST_DEPOSIT;
    if (amount > 0n) await admin.depositAsOther({ subAccountId, token: 'USDC', amount });
    const { marketIndex, step, price } = market;
    const base = ((figures.driftPos * 1_000_000_000n) / price / step) * step;
    const side = subAccountId % 2 === 0 ? 'short' : 'long';
    if (base > 0n) await admin.tradeAsOther({ subAccountId, marketIndex, side, base });
  }
}
