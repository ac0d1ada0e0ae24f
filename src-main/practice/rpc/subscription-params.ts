/** Parameters of WebSocket subscriptions, as what is to be watched. */
import { z } from 'zod';
import type { Commitment } from '../chain/commitment.ts';
import { COMMITMENTS } from '../chain/commitment.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';
import {
  accountConfig,
  address,
  parseParams,
  programAccountsConfig,
  signature,
} from './rpc-params.ts';
import type { AccountConfig, AccountFilter } from './rpc-params.ts';

export type Watch =
  | {
      readonly kind: 'account';
      readonly address: string;
      readonly commitment: Commitment;
      readonly config: AccountConfig;
    }
  | {
      readonly kind: 'program';
      readonly program: string;
      readonly commitment: Commitment;
      readonly config: AccountConfig;
      readonly filters: readonly AccountFilter[];
    }
  | {
      readonly kind: 'logs';
      /** Null: every transaction. */
      readonly mentions: string | null;
      readonly commitment: Commitment;
    }
  | {
      readonly kind: 'signature';
      readonly signature: string;
      readonly commitment: Commitment;
      readonly reportsReceipt: boolean;
    }
  | { readonly kind: 'slot' }
  | { readonly kind: 'root' };

const commitmentConfig = z.object({ commitment: z.enum(COMMITMENTS).nullish() }).nullish();
const accountWatch = z.tuple([address, accountConfig.optional()]);
const programWatch = z.tuple([address, programAccountsConfig.optional()]);
const logsWatch = z.tuple([
  z.union([z.enum(['all', 'allWithVotes']), z.object({ mentions: z.tuple([address]) })]),
  commitmentConfig.optional(),
]);
const signatureWatch = z.tuple([
  signature,
  z
    .object({
      commitment: z.enum(COMMITMENTS).nullish(),
      enableReceivedNotification: z.boolean().nullish(),
    })
    .nullish()
    .optional(),
]);

/** Throws -32601 for a method that is no subscription, -32602 for wrong parameters. */
export function watchOf(method: string, params: readonly unknown[]): Watch {
  switch (method) {
    case 'accountSubscribe': {
      const [key, config] = parseParams(accountWatch, params);
      const commitment = config?.commitment ?? 'finalized';
      return { kind: 'account', address: key, commitment, config };
    }
    case 'programSubscribe': {
      const [program, config] = parseParams(programWatch, params);
      const commitment = config?.commitment ?? 'finalized';
      return { kind: 'program', program, commitment, config, filters: config?.filters ?? [] };
    }
    case 'logsSubscribe': {
      const [filter, config] = parseParams(logsWatch, params);
      const mentions = typeof filter === 'string' ? null : filter.mentions[0];
      return { kind: 'logs', mentions, commitment: config?.commitment ?? 'finalized' };
    }
    case 'signatureSubscribe': {
      const [each, config] = parseParams(signatureWatch, params);
      const reportsReceipt = config?.enableReceivedNotification === true;
      const commitment = config?.commitment ?? 'finalized';
      return { kind: 'signature', signature: each, commitment, reportsReceipt };
    }
    case 'slotSubscribe':
      return { kind: 'slot' };
    case 'rootSubscribe':
      return { kind: 'root' };
    default:
      throw new RpcError(RPC_CODE.methodNotFound, 'Method not found');
  }
}
