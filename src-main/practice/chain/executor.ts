/** Runs one transaction against a state, fee and roll-back included. Knows nothing of slots, queues or RPC. */
import { SystemProgram } from '@solana/web3.js';
import type { MessageCompiledInstruction, PublicKey } from '@solana/web3.js';
import { addressOf } from './account-store.ts';
import { computeBudgetOf, feeOf } from './fees.ts';
import { failureOf, runInstruction } from './invocation.ts';
import type { InnerRecord, Session } from './invocation.ts';
import { Overlay } from './overlay.ts';
import { ProgramError } from './program.ts';
import type { Account, InnerInstruction, InstructionAccount, Program } from './program.ts';
import { minimumBalance } from './rent.ts';
import type { TransactionError } from './transaction-error.ts';
import { keyAt } from './transaction.ts';
import type { WireTransaction } from './transaction.ts';

export interface ChainState {
  read(address: string): Account | null;
  readonly programs: ReadonlyMap<string, Program>;
  readonly slot: bigint;
  readonly unixTimestamp: bigint;
}

export interface Execution {
  readonly err: TransactionError | null;
  /** False: the transaction cannot enter a block, pays nothing and leaves no record. */
  readonly landed: boolean;
  readonly fee: bigint;
  readonly logs: readonly string[];
  readonly unitsConsumed: number;
  readonly inner: ReadonlyMap<number, readonly InnerRecord[]>;
  /** Every account to write, fee included; of a failed transaction only the fee. */
  readonly writes: ReadonlyMap<string, Account | null>;
  /** The accounts as the instructions left them, also when they failed: what a simulation shows. */
  readonly after: (address: string) => Account | null;
}

/** Error code of a failure that was asked for through the practice faults. */
const FORCED_FAILURE = 6999;

export function executeTransaction(
  state: ChainState,
  transaction: WireTransaction,
  forceFailure = false,
): Execution {
  const fee = feeOf(transaction.message);
  const payer = keyAt(transaction, 0);
  const payerAccount = state.read(addressOf(payer));
  const refusal = feeRefusal(payerAccount, fee);
  if (refusal !== null || payerAccount === null) {
    return refused(state, refusal ?? 'AccountNotFound', fee);
  }
  if (transaction.message.addressTableLookups.length > 0) {
    return refused(state, 'AddressLookupTableNotFound', fee);
  }
  if (transaction.instructions.some((each) => !isProgram(state, transaction, each))) {
    return refused(state, 'ProgramAccountNotFound', fee);
  }
  const paid = new Overlay((address) => state.read(address));
  paid.set(payer, { ...payerAccount, lamports: payerAccount.lamports - fee });
  return runAll(state, transaction, paid, fee, forceFailure);
}

function isProgram(
  state: ChainState,
  transaction: WireTransaction,
  instruction: { readonly programIdIndex: number },
): boolean {
  const key = transaction.accountKeys[instruction.programIdIndex];
  return key !== undefined && state.programs.has(addressOf(key));
}

function runAll(
  state: ChainState,
  transaction: WireTransaction,
  paid: Overlay,
  fee: bigint,
  forceFailure: boolean,
): Execution {
  const overlay = new Overlay((address) => paid.peek(address));
  const { unitLimit } = computeBudgetOf(transaction.accountKeys, transaction.instructions);
  const session = newSession(state, overlay, unitLimit);
  const inner = new Map<number, readonly InnerRecord[]>();
  let err: TransactionError | null = null;
  transaction.instructions.some((compiled, index) => {
    session.inner = [];
    const forced = forceFailure && index === transaction.instructions.length - 1;
    err = runOne(session, instructionOf(transaction, compiled), index, forced);
    if (session.inner.length > 0) inner.set(index, session.inner);
    return err !== null;
  });
  err ??= rentRefusal(transaction.accountKeys, state, overlay);
  const writes = new Map(paid.writes());
  if (err === null) for (const [address, account] of overlay.writes()) writes.set(address, account);
  return {
    err,
    landed: true,
    fee,
    logs: session.logs,
    unitsConsumed: unitLimit - session.unitsLeft,
    inner,
    writes: withoutEmpty(writes),
    after: (address) => vanishIfEmpty(overlay.peek(address)),
  };
}

function newSession(state: ChainState, overlay: Overlay, unitsLeft: number): Session {
  const { programs, slot, unixTimestamp } = state;
  return { overlay, programs, slot, unixTimestamp, logs: [], inner: [], unitsLeft };
}

function runOne(
  session: Session,
  instruction: InnerInstruction,
  index: number,
  forced: boolean,
): TransactionError | null {
  try {
    runInstruction(session, instruction);
    if (!forced) return null;
    const id = addressOf(instruction.programId);
    session.logs.pop();
    session.logs.push(
      `Program ${id} failed: custom program error: 0x${FORCED_FAILURE.toString(16)}`,
    );
    return { InstructionError: [index, { Custom: FORCED_FAILURE }] };
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return { InstructionError: [index, failureOf(error)] };
  }
}

function instructionOf(
  transaction: WireTransaction,
  compiled: MessageCompiledInstruction,
): InnerInstruction {
  const { message } = transaction;
  const accounts: InstructionAccount[] = compiled.accountKeyIndexes.map((key) => ({
    pubkey: keyAt(transaction, key),
    isSigner: message.isAccountSigner(key),
    isWritable: message.isAccountWritable(key),
  }));
  return {
    programId: keyAt(transaction, compiled.programIdIndex),
    accounts,
    data: Buffer.from(compiled.data),
  };
}

/** Runs instructions outside a transaction; returns the writes. Throws the program's error, nothing written then. */
export function executeInstructions(
  state: ChainState,
  instructions: readonly InnerInstruction[],
): ReadonlyMap<string, Account | null> {
  const overlay = new Overlay((address) => state.read(address));
  const session = newSession(state, overlay, Number.MAX_SAFE_INTEGER);
  for (const instruction of instructions) runInstruction(session, instruction);
  return withoutEmpty(new Map(overlay.writes()));
}

function refused(state: ChainState, err: TransactionError, fee: bigint): Execution {
  return {
    err,
    landed: false,
    fee,
    logs: [],
    unitsConsumed: 0,
    inner: new Map(),
    writes: new Map(),
    after: (address) => state.read(address),
  };
}

function feeRefusal(payer: Account | null, fee: bigint): TransactionError | null {
  if (payer === null) return 'AccountNotFound';
  if (!payer.owner.equals(SystemProgram.programId) || payer.data.length > 0) {
    return 'InvalidAccountForFee';
  }
  if (payer.lamports < fee) return 'InsufficientFundsForFee';
  const left = payer.lamports - fee;
  if (left > 0n && left < minimumBalance(0) && payer.lamports >= minimumBalance(0)) {
    return { InsufficientFundsForRent: { account_index: 0 } };
  }
  return null;
}

/** No account may end below its rent-exempt minimum, unless it was below it before and has not shrunk or grown. */
function rentRefusal(
  keys: readonly PublicKey[],
  state: ChainState,
  overlay: Overlay,
): TransactionError | null {
  for (const [index, key] of keys.entries()) {
    const after = overlay.peek(addressOf(key));
    if (after === null || after.lamports === 0n) continue;
    if (after.lamports >= minimumBalance(after.data.length)) continue;
    const before = state.read(addressOf(key));
    const wasPoor = before !== null && before.lamports < minimumBalance(before.data.length);
    if (wasPoor && after.lamports <= before.lamports) continue;
    return { InsufficientFundsForRent: { account_index: index } };
  }
  return null;
}

function vanishIfEmpty(account: Account | null): Account | null {
  return account !== null && account.lamports === 0n ? null : account;
}

/** An account without lamports is gone at the end of its transaction. */
function withoutEmpty(writes: Map<string, Account | null>): ReadonlyMap<string, Account | null> {
  for (const [address, account] of writes) writes.set(address, vanishIfEmpty(account));
  return writes;
}
