/** Channels of the practice network: what breaks it, what moves its markets. Part of the contract in `contract.ts`. */
import { z } from 'zod';
import { nothing, subAccountId, type Channel } from './channel-parts.ts';
import {
  practiceStatusSchema,
  practiceSetFaultsSchema,
  practiceExchangeSchema,
  practiceMarketSchema,
  practiceHealthSchema,
  practiceTradeSchema,
} from './practice-wire.ts';
import { integerSchema } from './wire.ts';

export const PRACTICE_CHANNELS = {
  'practice.load': { request: nothing, response: practiceStatusSchema, answeredBy: 'main' },
  'practice.setFaults': { request: practiceSetFaultsSchema, response: nothing, answeredBy: 'main' },
  'practice.setExchangeStatus': {
    request: practiceExchangeSchema,
    response: nothing,
    answeredBy: 'main',
  },
  'practice.setMarket': { request: practiceMarketSchema, response: nothing, answeredBy: 'main' },
  /** Answers with the price at which the sub-account has the health, 10^-6 quote. */
  'practice.setHealth': {
    request: practiceHealthSchema,
    response: z.object({ price: integerSchema }).readonly(),
    answeredBy: 'main',
  },
  /** An order by another client, as the deposit below. */
  'practice.tradeAsOther': {
    request: practiceTradeSchema,
    response: z.object({ signature: z.string() }).readonly(),
    answeredBy: 'main',
  },
  /** A deposit by another client: signed by the practice trader's own key, outside Keel. */
  'practice.depositAsOther': {
    request: z
      .object({ subAccountId, token: z.enum(['USDC', 'SOL']), amount: integerSchema })
      .strict()
      .readonly(),
    response: z.object({ signature: z.string() }).readonly(),
    answeredBy: 'main',
  },
} as const satisfies Record<string, Channel>;
