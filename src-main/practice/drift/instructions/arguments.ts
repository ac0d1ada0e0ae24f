/** Arguments of instructions, parsed: the coder has checked their widths, not that Keel's types are right. */
import { z } from 'zod';

const variant = z.record(z.string(), z.unknown()).transform((value) => Object.keys(value)[0] ?? '');
const direction = variant.pipe(z.enum(['long', 'short']));

export const subAccountArgs = z.object({ subAccountId: z.number(), name: z.array(z.number()) });
export const transferArgs = z.object({ marketIndex: z.number(), amount: z.bigint() });
export const moveArgs = transferArgs.extend({ reduceOnly: z.boolean() });

const orderParams = z.object({
  orderType: variant.pipe(z.enum(['market', 'limit', 'oracle', 'triggerMarket', 'triggerLimit'])),
  marketType: variant.pipe(z.enum(['spot', 'perp'])),
  direction,
  userOrderId: z.number(),
  baseAssetAmount: z.bigint(),
  price: z.bigint(),
  marketIndex: z.number(),
  reduceOnly: z.boolean(),
  postOnly: variant.pipe(z.enum(['none', 'mustPostOnly', 'tryPostOnly', 'slide'])),
  bitFlags: z.number(),
  maxTs: z.bigint().nullable(),
  triggerPrice: z.bigint().nullable(),
  oraclePriceOffset: z.number().nullable(),
  auctionDuration: z.number().nullable(),
  auctionStartPrice: z.bigint().nullable(),
  auctionEndPrice: z.bigint().nullable(),
});

export type OrderParameters = z.infer<typeof orderParams>;

export const placeOrderArgs = z.object({ params: orderParams });
export const placeOrdersArgs = z.object({ params: z.array(orderParams) });
export const placeAndTakeArgs = z.object({
  params: orderParams,
  successCondition: z.number().nullable(),
});
export const cancelOrderArgs = z.object({ orderId: z.number().nullable() });
export const cancelByUserIdArgs = z.object({ userOrderId: z.number() });
export const cancelByIdsArgs = z.object({ orderIds: z.array(z.number()) });
export const cancelOrdersArgs = z.object({
  marketType: variant.nullable(),
  marketIndex: z.number().nullable(),
  direction: direction.nullable(),
});
export const settlePnlArgs = z.object({ marketIndex: z.number() });
export const settlePnlsArgs = z.object({ marketIndexes: z.array(z.number()), mode: variant });
