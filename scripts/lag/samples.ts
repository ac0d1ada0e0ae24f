/** Changes on chain by another client, and how long each took to the screen. */
import type { Page } from 'playwright-core';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { TEST_IDS, vaultRowTestId } from '#renderer/ui/test-ids.ts';
import { whenOnScreen } from './pixel-watch.ts';

/** Longer than a heartbeat: a change falls at any moment of it. */
const PAUSE_MS = 6_000;
const AMOUNTS = { from: 100_000_000n, span: 900_000_000 };
/** Interest, and the rounding of the venue's own books: far below any amount. */
const NEAR = 1_000_000n;
const GIVE_UP_MS = 120_000;

export interface WatchedVault {
  readonly vaultId: string;
  readonly subAccountId: number;
}

/** Milliseconds from the slot in which the deposit landed to the frame that shows it. */
export async function sampleLags(
  page: Page,
  admin: PracticeAdmin,
  vaults: readonly WatchedVault[],
  count: number,
): Promise<readonly number[]> {
  const lags: number[] = [];
  let begun = 0;
  await Promise.all(
    vaults.map(async (vault) => {
      while (begun < count) {
        begun += 1;
        await pause(Math.random() * PAUSE_MS);
        lags.push(await sampleOne(page, admin, vault));
      }
    }),
  );
  return lags;
}

async function sampleOne(page: Page, admin: PracticeAdmin, vault: WatchedVault): Promise<number> {
  const before = await unitsOf(page, vault.vaultId);
  const amount = AMOUNTS.from + BigInt(Math.floor(Math.random() * AMOUNTS.span));
  const wanted = before + amount;
  const shown = whenOnScreen(page, vault.vaultId, {
    kind: 'figure',
    from: wanted - NEAR,
    to: wanted + NEAR,
  });
  // Answered when the slot that holds the deposit is made; the admin API has no faults.
  await admin.depositAsOther({ subAccountId: vault.subAccountId, token: 'USDC', amount });
  const landedAtMs = Date.now();
  const shownAtMs = await Promise.race([shown, pause(GIVE_UP_MS).then(() => null)]);
  if (shownAtMs === null) throw new Error(`A deposit was not shown within ${GIVE_UP_MS} ms`);
  return Math.max(0, shownAtMs - landedAtMs);
}

async function unitsOf(page: Page, vaultId: string): Promise<bigint> {
  const units = await page
    .getByTestId(vaultRowTestId(vaultId))
    .getByTestId(TEST_IDS.balanceUsdc)
    .getAttribute('data-units');
  if (units === null) throw new Error(`The row of ${vaultId} shows no USDC`);
  return BigInt(units);
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export interface LagFigures {
  readonly samples: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Nearest rank. */
export function figuresOf(lags: readonly number[]): LagFigures {
  const sorted = lags.toSorted((left, right) => left - right);
  const rank = (share: number): number =>
    Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN);
  return { samples: sorted.length, p50Ms: rank(0.5), p99Ms: rank(0.99), maxMs: rank(1) };
}
