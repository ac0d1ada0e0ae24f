/** The price at which an account has a wanted health: for play with thresholds, to the hundredth of a percent. */
import type { PublicKey } from '@solana/web3.js';
import type { PracticeHealth } from '#domain/practice.ts';
import { healthBpsOf } from '#domain/margin.ts';
import { stateAddress, userAddress } from '#main/drift/codec/addresses.ts';
import type { Ledger } from '../chain/program.ts';
import { loadFrom } from './ledger-accounts.ts';
import { feedOf, PERP_MARKETS, SPOT_MARKETS } from './market-catalogue.ts';
import { calculateMargin } from './math/margin.ts';
import type { MarketView } from './math/price.ts';
import type { WorldSettings } from './options.ts';
import { refuse } from './refusal.ts';
import { ledgerView } from './tick/ledger-view.ts';

/** Each step of the search is this share of the price, up and down, so far as the steps go. */
const STEP = 200n;
const STEPS = 600n;

/**
 * The nearest price of a perp market's oracle at which the account's health is the wanted one, 10^-6 quote: the middle
 * of all prices next to it at which it is, so that a little interest does not change it.
 * @throws ProgramError for an account or a market that there is not, or a health that no price gives.
 */
export function priceForHealth(
  ledger: Ledger,
  settings: WorldSettings,
  authority: PublicKey,
  { subAccountId, marketIndex, healthBps }: PracticeHealth,
): bigint {
  const { deployment } = settings;
  const address = userAddress(deployment, authority, subAccountId);
  if (!ledger.getAccount(address)) throw refuse(`The starter has no sub-account ${subAccountId}`);
  const entry = PERP_MARKETS.find(({ index }) => index === marketIndex);
  if (!entry) throw refuse(`There is no perp market ${marketIndex}`);
  const user = loadFrom(ledger, 'User', address);
  const state = loadFrom(ledger, 'State', stateAddress(deployment));
  const view = ledgerView(ledger, settings);
  const healthAt = (price: bigint): number => {
    const moved = withPrice(view, entry.feedId, price);
    const { totalCollateral, marginRequirement } = calculateMargin(
      user,
      moved,
      state,
      'maintenance',
      false,
    );
    return healthBpsOf(totalCollateral, marginRequirement, false);
  };
  const price = search(healthAt, view.perpPrice(marketIndex).price, healthBps);
  if (price !== null) return price;
  const { symbol } = feedOf(entry.feedId);
  const words = `${healthBps / 100} %`;
  throw refuse(`No price of ${symbol} gives sub-account ${subAccountId} a health of ${words}`);
}

function withPrice(view: MarketView, feedId: number, price: bigint): MarketView {
  const priced = (own: number | null | undefined, usual: MarketView['spotPrice'], index: number) =>
    own === feedId ? { ...usual(index), price } : usual(index);
  return {
    spot: (index) => view.spot(index),
    perp: (index) => view.perp(index),
    spotPrice: (index) => priced(SPOT_MARKETS[index]?.feedId, view.spotPrice, index),
    perpPrice: (index) => priced(PERP_MARKETS[index]?.feedId, view.perpPrice, index),
  };
}

/** Outwards from the present price, both ways, until the wanted health lies between two steps. */
function search(
  healthAt: (price: bigint) => number,
  present: bigint,
  wanted: number,
): bigint | null {
  const step = present / STEP > 0n ? present / STEP : 1n;
  for (let away = 0n; away < STEPS; away += 1n) {
    for (const direction of [1n, -1n]) {
      const near = present + direction * away * step;
      const far = near + direction * step;
      if (near <= 0n || far <= 0n) continue;
      const found = between(healthAt, near, far, wanted);
      if (found !== null) return found;
    }
  }
  return null;
}

function between(
  healthAt: (price: bigint) => number,
  near: bigint,
  far: bigint,
  wanted: number,
): bigint | null {
  const [start, end] = [healthAt(near), healthAt(far)];
  const rises = end > start;
  const reaches = (health: number, level: number): boolean =>
    rises ? health >= level : health <= level;
  if (reaches(start, rises ? wanted + 1 : wanted - 1) || !reaches(end, wanted)) return null;
  const first = firstWhere((price) => reaches(healthAt(price), wanted), near, far);
  const beyond = firstWhere(
    (price) => reaches(healthAt(price), rises ? wanted + 1 : wanted - 1),
    near,
    far,
  );
  const middle = (first + beyond) / 2n;
  return healthAt(middle) === wanted ? middle : healthAt(first) === wanted ? first : null;
}

/** The first price on the way from `near` to `far` for which it holds; `far` where it holds for none. */
function firstWhere(holds: (price: bigint) => boolean, near: bigint, far: bigint): bigint {
  if (holds(near)) return near;
  let [without, within] = [near, far];
  while (within - without > 1n || without - within > 1n) {
    const middle = (without + within) / 2n;
    if (holds(middle)) within = middle;
    else without = middle;
  }
  return within;
}
