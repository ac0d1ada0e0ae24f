/** The accounts that every chain has before its world adds its own. */
import { NATIVE_MINT, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey, SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';
import type { Block } from './block.ts';
import { hashOf, nextBlock } from './block.ts';
import type { Account, Ledger, Program } from './program.ts';
import { associatedTokenProgram } from './programs/associated-token.ts';
import { computeBudgetProgram } from './programs/compute-budget.ts';
import { memoProgram } from './programs/memo.ts';
import { systemProgram } from './programs/system.ts';
import { MINT_BYTES, MintRecord } from './programs/token-layout.ts';
import { tokenProgram } from './programs/token.ts';
import { minimumBalance, rentSysvar, SYSVAR_OWNER } from './rent.ts';

const NATIVE_LOADER = new PublicKey('NativeLoader1111111111111111111111111111111');
const BPF_LOADER = new PublicKey('BPFLoader2111111111111111111111111111111111');

const NATIVE_PROGRAMS: readonly Program[] = [systemProgram, computeBudgetProgram];
const DEPLOYED_PROGRAMS: readonly Program[] = [tokenProgram, associatedTokenProgram, memoProgram];

export const COMMON_PROGRAMS: readonly Program[] = [...NATIVE_PROGRAMS, ...DEPLOYED_PROGRAMS];

const FIRST_SLOT = 300_000_000n;
/** Unlike a fresh validator's, so that nobody takes a slot for a height unnoticed. */
const FIRST_HEIGHT = 278_000_000n;
/** Enough for the first accounts to be final when the chain opens. */
const FIRST_BLOCKS = 40;

export function firstBlocks(genesisHash: string, unixTimestamp: bigint): [Block, ...Block[]] {
  const first: Block = {
    slot: FIRST_SLOT,
    height: FIRST_HEIGHT,
    blockhash: hashOf(genesisHash, FIRST_SLOT.toString()),
    unixTimestamp,
  };
  const blocks: [Block, ...Block[]] = [first];
  for (let tip = first; blocks.length < FIRST_BLOCKS;) {
    tip = nextBlock(tip, unixTimestamp);
    blocks.push(tip);
  }
  return blocks;
}

export function writeCommonAccounts(ledger: Ledger, worldPrograms: readonly Program[]): void {
  for (const { id } of NATIVE_PROGRAMS) ledger.setAccount(id, programAccount(NATIVE_LOADER));
  for (const { id } of [...DEPLOYED_PROGRAMS, ...worldPrograms]) {
    ledger.setAccount(id, programAccount(BPF_LOADER));
  }
  ledger.setAccount(...rentSysvar());
  ledger.setAccount(NATIVE_MINT, nativeMint());
  writeClock(ledger);
}

function programAccount(owner: PublicKey): Account {
  const data = Buffer.alloc(36);
  return { lamports: minimumBalance(data.length), owner, data, executable: true };
}

function nativeMint(): Account {
  const data = Buffer.alloc(MINT_BYTES);
  const mint = new MintRecord(data);
  mint.decimals = 9;
  mint.isInitialized = true;
  return { lamports: minimumBalance(MINT_BYTES), owner: TOKEN_PROGRAM_ID, data, executable: false };
}

export const SLOTS_PER_EPOCH = 432_000n;

/** The clock sysvar: clients read the chain's time from it. */
export function writeClock(ledger: Ledger): void {
  const data = Buffer.alloc(40);
  const epoch = ledger.slot / SLOTS_PER_EPOCH;
  data.writeBigUInt64LE(ledger.slot, 0);
  data.writeBigInt64LE(ledger.unixTimestamp, 8);
  data.writeBigUInt64LE(epoch, 16);
  data.writeBigUInt64LE(epoch + 1n, 24);
  data.writeBigInt64LE(ledger.unixTimestamp, 32);
  ledger.setAccount(SYSVAR_CLOCK_PUBKEY, {
    lamports: minimumBalance(data.length),
    owner: SYSVAR_OWNER,
    data,
    executable: false,
  });
}
