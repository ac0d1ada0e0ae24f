/**
 * Prices that walk: each step a small normal move, drawn back to the feed's anchor. The step is a function of
 * the seed and the slot, and the present price is in the oracle account: nothing else is remembered.
 */
import { createHash } from 'node:crypto';
import type { DriftDeployment } from '#main/drift/codec/addresses.ts';
import { pythLazerAddress } from '#main/drift/codec/addresses.ts';
import type { Ledger } from '../../chain/program.ts';
import { loadFrom, saveTo } from '../ledger-accounts.ts';
import { FEEDS } from '../market-catalogue.ts';
import type { FeedEntry } from '../market-catalogue.ts';
import { readOracle } from '../math/price.ts';
import { notesOf } from '../oracle-notes.ts';
import type { WorldSettings } from '../options.ts';

/** Two slots of 400 ms. */
const STEP_SLOTS = 2n;
const STEPS_PER_DAY = 108_000;
/** Half of the distance to the anchor is gone after about eight hours. */
const REVERSION = 0.69 / 36_000;
const EXPONENT = -8;
const POSTED_SCALE = 100n;
const CONFIDENCE_DENOMINATOR = 5_000n;
const BASIS_POINTS = 10_000n;
const MICROSECONDS = 1_000_000n;

/** Moves and posts every price, every other slot, as its oracle was told. */
export function walkPrices(ledger: Ledger, settings: WorldSettings): void {
  if (ledger.slot % STEP_SLOTS !== 0n) return;
  for (const feed of FEEDS) {
    const oracle = loadFrom(
      ledger,
      'PythLazerOracle',
      pythLazerAddress(settings.deployment, feed.feedId),
    );
    const told = notesOf(oracle).oracle;
    if (told === 'stops') continue;
    const { price } = readOracle(oracle, ledger.slot);
    const next = told === 'holds' ? price : nextPrice(price, feed, settings, ledger.slot);
    postPrice(ledger, settings.deployment, feed.feedId, next);
  }
}

/** @param price 10^-6 quote. */
export function postPrice(
  ledger: Ledger,
  deployment: DriftDeployment,
  feedId: number,
  price: bigint,
): void {
  const address = pythLazerAddress(deployment, feedId);
  const oracle = loadFrom(ledger, 'PythLazerOracle', address);
  oracle.price = price * POSTED_SCALE;
  const { confidenceBps } = notesOf(oracle);
  oracle.conf =
    confidenceBps === 0
      ? oracle.price / CONFIDENCE_DENOMINATOR
      : (oracle.price * BigInt(confidenceBps)) / BASIS_POINTS;
  oracle.exponent = EXPONENT;
  oracle.postedSlot = ledger.slot;
  oracle.publishTime = ledger.unixTimestamp * MICROSECONDS;
  saveTo(ledger, deployment.program, 'PythLazerOracle', address, oracle);
}

function nextPrice(price: bigint, feed: FeedEntry, settings: WorldSettings, slot: bigint): bigint {
  if (settings.volatility === 0) return price;
  const sigma = (feed.dailyVolatility * settings.volatility) / Math.sqrt(STEPS_PER_DAY);
  const pull = REVERSION * Math.log(Number(feed.anchorPrice) / Number(price));
  const move = pull + sigma * standardNormal(`${settings.seed}/${feed.symbol}/${slot}`);
  const next = BigInt(Math.round(Number(price) * Math.exp(move)));
  return next > 0n ? next : 1n;
}

/** Deterministic: the same text gives the same draw. */
export function standardNormal(text: string): number {
  const bytes = createHash('sha256').update(text).digest();
  const first = (bytes.readUInt32LE(0) + 1) / 4_294_967_297;
  const second = bytes.readUInt32LE(4) / 4_294_967_296;
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
}
