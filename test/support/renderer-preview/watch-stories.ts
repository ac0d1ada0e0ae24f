/** Made-up venues and endpoints: an open exchange, one that has paused everything, nodes in several conditions. */
import type { ExchangeView, MarketState } from '#domain/exchange-state.ts';
import { EXCHANGE_OPERATIONS, exchangeStatusOf } from '#domain/exchange-status.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { EndpointHealth, NetworkStatus } from '#domain/network.ts';
import { price, slot, tokenAmount, unixMs } from '#domain/units.ts';

const MARKETS: readonly MarketState[] = [
  {
    kind: 'perp',
    marketIndex: 0,
    name: 'SOL-PERP',
    status: 'active',
    pausedOperations: [],
    oracle: { price: price(152_371_200n), ageSlots: 2, confidenceBps: 4, validity: 'valid' },
  },
  {
    kind: 'spot',
    marketIndex: 0,
    name: 'USDC',
    status: 'active',
    pausedOperations: [],
    oracle: { price: price(1_000_000n), ageSlots: 1, confidenceBps: 1, validity: 'valid' },
    decimals: 6,
    depositRoom: tokenAmount(41_204_118_000_000n),
    guardRoom: tokenAmount(9_814_220_000_000n),
  },
  {
    kind: 'spot',
    marketIndex: 1,
    name: 'SOL',
    status: 'active',
    pausedOperations: [],
    oracle: { price: price(152_371_200n), ageSlots: 2, confidenceBps: 4, validity: 'valid' },
    decimals: 9,
    depositRoom: null,
    guardRoom: tokenAmount(184_220_000_000_000n),
  },
];

export const openExchange = (network: NetworkId, nowMs: number): ExchangeView => ({
  network,
  observation: {
    slot: slot(312_455_012n),
    observedAtMs: unixMs(nowMs - 1_200),
    status: exchangeStatusOf(0),
    markets: MARKETS,
  },
  pausedSinceMs: {},
  revision: 1,
});

/** As the real one has been found: all eight bits set, prices no longer posted. */
export function pausedExchange(network: NetworkId, nowMs: number): ExchangeView {
  const sinceMs = unixMs(nowMs - 51_720_000);
  return {
    network,
    observation: {
      slot: slot(312_455_012n),
      observedAtMs: unixMs(nowMs - 1_200),
      status: exchangeStatusOf(255),
      markets: MARKETS.map((market) =>
        market.name === 'SOL-PERP'
          ? {
              ...market,
              pausedOperations: ['fill', 'updateFunding'],
              oracle: { ...market.oracle, ageSlots: 129_344, validity: 'old' },
            }
          : market,
      ),
    },
    pausedSinceMs: Object.fromEntries(EXCHANGE_OPERATIONS.map((operation) => [operation, sinceMs])),
    revision: 1,
  };
}

export const endpointOf = (
  index: number,
  label: string,
  part: Partial<EndpointHealth> = {},
): EndpointHealth => ({
  label,
  index,
  inUse: false,
  condition: 'ok',
  reason: null,
  slot: 312_455_012n,
  slotLag: 0,
  latencyP50Ms: 4.2,
  latencyP95Ms: 9.1,
  latencyP99Ms: 18.4,
  calls: 100,
  errors: 0,
  rateLimited: 0,
  budgetPerSecond: 20,
  pausedUntilMs: null,
  askedAtMs: 1_780_000_000_000,
  ...part,
});

/** The preferred one is limited and the third is behind: the second is in use. */
export function threeNodes(network: NetworkId, nowMs: number): NetworkStatus {
  const askedAtMs = nowMs - 3_000;
  return {
    network,
    endpointLabel: 'helios, Frankfurt',
    endpointIndex: 1,
    endpointCount: 3,
    socket: 'live',
    connection: 'connected',
    slot: 312_455_012n,
    latencyMs: 88,
    nextAttemptAtMs: null,
    endpoints: [
      endpointOf(0, 'triton, own plan', {
        condition: 'limited',
        reason: 'It answered 429 and asked for a pause of 30 s.',
        latencyP50Ms: 41,
        latencyP95Ms: 77,
        latencyP99Ms: 180,
        errors: 6,
        rateLimited: 6,
        budgetPerSecond: 5,
        pausedUntilMs: nowMs + 21_000,
        askedAtMs: nowMs - 9_000,
      }),
      endpointOf(1, 'helios, Frankfurt', {
        inUse: true,
        latencyP50Ms: 88,
        latencyP95Ms: 143,
        latencyP99Ms: 391,
        errors: 1,
        askedAtMs,
      }),
      endpointOf(2, 'public', {
        condition: 'behind',
        reason: '412 slots behind the highest; the limit is 50.',
        slot: 312_454_600n,
        slotLag: 412,
        latencyP50Ms: 304,
        latencyP95Ms: 911,
        latencyP99Ms: 2_204,
        calls: 12,
        budgetPerSecond: 2.5,
        askedAtMs: nowMs - 14_000,
      }),
    ],
  };
}
