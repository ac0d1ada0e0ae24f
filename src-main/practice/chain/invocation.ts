/** One instruction at work: a program's view of the chain, with the runtime's rules enforced on every write. */
import { SystemProgram } from '@solana/web3.js';
import type { PublicKey } from '@solana/web3.js';
import { addressOf } from './account-store.ts';
import type { Overlay } from './overlay.ts';
import { ProgramError } from './program.ts';
import type {
  Account,
  InnerInstruction,
  InstructionAccount,
  InstructionContext,
  Program,
} from './program.ts';
import { describeInstructionFailure } from './transaction-error.ts';
import type { InstructionFailure } from './transaction-error.ts';

const MAX_DEPTH = 5;
const DEFAULT_UNITS = 30_000;

/** Compute units of programs that the real chain runs natively: they log no consumption. */
const BUILTIN_UNITS = new Map([
  ['11111111111111111111111111111111', 150],
  ['ComputeBudget111111111111111111111111111111', 150],
]);
/** What the real programs use, roughly: enough for a too small compute limit to fail here as well. */
const USUAL_UNITS = new Map([
  ['TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', 4_500],
  ['ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL', 6_000],
  ['MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr', 8_000],
]);

export interface InnerRecord {
  readonly stackHeight: number;
  readonly instruction: InnerInstruction;
}

/** What all instructions of one transaction share. */
export interface Session {
  readonly overlay: Overlay;
  readonly programs: ReadonlyMap<string, Program>;
  readonly slot: bigint;
  readonly unixTimestamp: bigint;
  readonly logs: string[];
  /** Inner instructions of the top-level instruction at work. */
  inner: InnerRecord[];
  unitsLeft: number;
}

export function failureOf(error: ProgramError): InstructionFailure {
  return typeof error.reason === 'number' ? { Custom: error.reason } : error.reason;
}

/** Runs one instruction and all that it invokes. Throws ProgramError; the caller drops the overlay. */
export function runInstruction(
  session: Session,
  instruction: InnerInstruction,
  depth = 1,
  known: ReadonlySet<string> = addressesIn(instruction),
): void {
  const id = addressOf(instruction.programId);
  const program = session.programs.get(id);
  if (program === undefined) throw new ProgramError('UnsupportedProgramId', `no program ${id}`);
  if (depth > MAX_DEPTH) throw new ProgramError('CallDepth', 'call depth too deep');
  session.logs.push(`Program ${id} invoke [${depth}]`);
  const budget = session.unitsLeft;
  try {
    const lamportsBefore = lamportsOf(session.overlay, instruction.accounts);
    spendUnits(session, id);
    program.execute(contextOf(session, instruction, depth, known));
    if (lamportsOf(session.overlay, instruction.accounts) !== lamportsBefore) {
      throw new ProgramError('UnbalancedInstruction', 'lamports appeared or vanished');
    }
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    logConsumption(session, id, budget);
    session.logs.push(`Program ${id} failed: ${describeInstructionFailure(failureOf(error))}`);
    throw error;
  }
  logConsumption(session, id, budget);
  session.logs.push(`Program ${id} success`);
}

function addressesIn(instruction: InnerInstruction): ReadonlySet<string> {
  return new Set(instruction.accounts.map(({ pubkey }) => addressOf(pubkey)));
}

function spendUnits(session: Session, id: string): void {
  session.unitsLeft -= BUILTIN_UNITS.get(id) ?? USUAL_UNITS.get(id) ?? DEFAULT_UNITS;
  if (session.unitsLeft < 0) {
    session.unitsLeft = 0;
    throw new ProgramError('ComputationalBudgetExceeded', 'compute unit limit exceeded');
  }
}

function logConsumption(session: Session, id: string, budget: number): void {
  if (BUILTIN_UNITS.has(id)) return;
  session.logs.push(
    `Program ${id} consumed ${budget - session.unitsLeft} of ${budget} compute units`,
  );
}

function lamportsOf(overlay: Overlay, accounts: readonly InstructionAccount[]): bigint {
  let sum = 0n;
  for (const address of new Set(accounts.map(({ pubkey }) => addressOf(pubkey)))) {
    sum += overlay.peek(address)?.lamports ?? 0n;
  }
  return sum;
}

function contextOf(
  session: Session,
  instruction: InnerInstruction,
  depth: number,
  known: ReadonlySet<string>,
): InstructionContext {
  const { programId, accounts, data } = instruction;
  const writable = new Set(
    accounts.filter(({ isWritable }) => isWritable).map(({ pubkey }) => addressOf(pubkey)),
  );
  const write = (key: PublicKey, account: Account | null): void => {
    checkWrite(session.overlay.peek(addressOf(key)), account, programId, writable, key);
    session.overlay.set(key, account);
  };
  return {
    programId,
    accounts,
    data,
    slot: session.slot,
    unixTimestamp: session.unixTimestamp,
    getAccount: (key) => session.overlay.get(key),
    setAccount: write,
    deleteAccount: (key) => write(key, null),
    log: (line) => session.logs.push(line.startsWith('Program ') ? line : `Program log: ${line}`),
    invoke: (inner, signers = []) => {
      checkPrivileges(accounts, inner, signers, known);
      session.inner.push({ stackHeight: depth + 1, instruction: inner });
      runInstruction(session, inner, depth + 1, known);
    },
  };
}

/** The rules that a validator applies to every account after an instruction, applied to each write. */
function checkWrite(
  before: Account | null,
  after: Account | null,
  program: PublicKey,
  writable: ReadonlySet<string>,
  key: PublicKey,
): void {
  const owner = before?.owner ?? SystemProgram.programId;
  const owned = owner.equals(program);
  const lamportsBefore = before?.lamports ?? 0n;
  const lamportsAfter = after?.lamports ?? 0n;
  const dataChanged = !(before?.data ?? Buffer.alloc(0)).equals(after?.data ?? Buffer.alloc(0));
  const isWritable = writable.has(addressOf(key));
  const refuse = (reason: string): never => {
    throw new ProgramError(reason, `${reason}: ${addressOf(key)}`);
  };
  if (lamportsAfter < 0n) refuse('ArithmeticOverflow');
  if (lamportsAfter !== lamportsBefore) {
    if (!isWritable) refuse('ReadonlyLamportChange');
    if (lamportsAfter < lamportsBefore && !owned) refuse('ExternalAccountLamportSpend');
  }
  if (after !== null && !after.owner.equals(owner) && (!owned || !isWritable)) {
    refuse('ModifiedProgramId');
  }
  if (dataChanged) {
    if (!isWritable) refuse('ReadonlyDataModified');
    if (!owned) refuse('ExternalAccountDataModified');
  }
}

function checkPrivileges(
  callerAccounts: readonly InstructionAccount[],
  inner: InnerInstruction,
  signers: readonly PublicKey[],
  known: ReadonlySet<string>,
): void {
  for (const { pubkey, isSigner, isWritable } of inner.accounts) {
    const own = callerAccounts.filter((account) => account.pubkey.equals(pubkey));
    if (!known.has(addressOf(pubkey)) || own.length === 0) {
      throw new ProgramError('MissingAccount', `account ${addressOf(pubkey)} is missing`);
    }
    const signs = own.some((account) => account.isSigner);
    if (isSigner && !signs && !signers.some((key) => key.equals(pubkey))) {
      throw new ProgramError('PrivilegeEscalation', `${addressOf(pubkey)} has not signed`);
    }
    if (isWritable && !own.some((account) => account.isWritable)) {
      throw new ProgramError('PrivilegeEscalation', `${addressOf(pubkey)} is not writable`);
    }
  }
}
