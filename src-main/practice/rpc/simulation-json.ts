import bs58 from 'bs58';
import type { z } from 'zod';
import { addressOf } from '../chain/account-store.ts';
import type { Bank } from '../chain/bank.ts';
import { BLOCKHASH_VALIDITY } from '../chain/block.ts';
import type { Execution } from '../chain/executor.ts';
import type { TransactionError } from '../chain/transaction-error.ts';
import type { WireTransaction } from '../chain/transaction.ts';
import { versionJson } from './account-json.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';
import type { simulateConfig } from './rpc-params.ts';

type Config = z.infer<typeof simulateConfig>;

/** The value of a `simulateTransaction` reply. `execution` null: it never ran, for the reason given. */
export function simulationJson(
  bank: Bank,
  slot: bigint,
  transaction: WireTransaction,
  refusal: TransactionError | null,
  execution: Execution | null,
  config: Config,
): object {
  return {
    accounts: accountsAfter(bank, slot, transaction, execution, config),
    err: refusal ?? execution?.err ?? null,
    innerInstructions: config?.innerInstructions === true ? innerJson(execution) : null,
    loadedAccountsDataSize: 0,
    logs: execution?.logs ?? [],
    replacementBlockhash: replacementJson(bank, slot, config),
    returnData: null,
    unitsConsumed: execution?.unitsConsumed ?? 0,
  };
}

function replacementJson(bank: Bank, slot: bigint, config: Config): object | null {
  if (config?.replaceRecentBlockhash !== true) return null;
  const { blockhash, height } = bank.blocks.at(slot);
  return { blockhash, lastValidBlockHeight: Number(height + BLOCKHASH_VALIDITY) };
}

function accountsAfter(
  bank: Bank,
  slot: bigint,
  transaction: WireTransaction,
  execution: Execution | null,
  config: Config,
): readonly (object | null)[] | null {
  const wanted = config?.accounts ?? null;
  if (wanted === null) return null;
  if (wanted.addresses.length > transaction.accountKeys.length) {
    throw new RpcError(
      RPC_CODE.invalidParams,
      `Too many accounts provided; max ${transaction.accountKeys.length}`,
    );
  }
  if (execution === null || execution.err !== null) return wanted.addresses.map(() => null);
  const encoding = wanted.encoding ?? 'base64';
  return wanted.addresses.map((address) => {
    const account = execution.after(address);
    if (account === null) return null;
    return versionJson(bank, { slot, account, base64: null }, slot, { encoding });
  });
}

function innerJson(execution: Execution | null): readonly object[] {
  return [...(execution?.inner ?? [])].map(([index, records]) => ({
    index,
    instructions: records.map(({ instruction, stackHeight }) => ({
      programId: addressOf(instruction.programId),
      accounts: instruction.accounts.map(({ pubkey }) => addressOf(pubkey)),
      data: bs58.encode(instruction.data),
      stackHeight,
    })),
  }));
}
