import { keelError, type ErrorCode, type KeelError } from '#domain/keel-error.ts';
import type { Vendor } from '../vendor.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  MEMO_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from './solana-programs.ts';

/** Drift's errors that a trader may meet and can do something about, in plain words. */
const VENUE_WORDS: Readonly<Record<number, readonly [words: string, advice: string]>> = {
  6003: [
    'the account would have too little collateral left',
    'Withdraw less, or close positions first.',
  ],
  6024: ['the exchange has paused this operation', 'Wait until the exchange has resumed it.'],
  6038: ['the market takes no more deposits of this token', 'Deposit less, or another token.'],
  6117: ['the account is being liquidated', 'Wait until the liquidation has ended.'],
  6125: ['the account is bankrupt', 'Ask the exchange; nothing can be moved meanwhile.'],
  6128: [
    'the market has reached the most that may leave it in a day',
    'Withdraw less, or try again later.',
  ],
  6149: ['withdrawals of this token are paused', 'Wait until the exchange has resumed them.'],
  6214: ['another sub-account number is next', 'Ask for the next sub-account again.'],
};

const ANCHOR_WORDS: Readonly<Record<number, string>> = {
  100: 'the instruction has no identifier',
  101: 'the program does not know the instruction',
  102: 'the program cannot read the instruction',
  2000: 'an account was not passed as writable',
  2001: 'the account belongs to another owner',
  2003: 'an account is not the one that the program demands',
  2006: 'an account has not the address that it must have',
  2012: 'an account has not the address that it must have',
  3001: 'an account holds nothing that the program can read',
  3002: 'an account is of another kind',
  3005: 'the instruction has too few accounts',
  3007: 'an account belongs to another program',
  3010: 'the owner has not signed',
  3012: 'an account does not exist yet',
};

const TOKEN_WORDS: readonly string[] = [
  'the token account has not enough lamports for its rent',
  'the token account holds too little',
  'the mint is invalid',
  'the token account is of another token',
  'the token account belongs to another owner',
  'the supply of the token is fixed',
  'the token account exists already',
  'the number of signers is invalid',
  'the number of signers is invalid',
  'the token account was never opened',
  'the token is not SOL',
  'the token account still holds something',
  'the token program does not know the instruction',
  'the token account is in a wrong state',
  'an amount is too large',
  'the authority cannot be changed',
  'the mint cannot freeze',
  'the token account is frozen',
  'the decimals of the token differ',
  'the token is SOL, which this instruction does not take',
];

const SYSTEM_WORDS: readonly string[] = [
  'an account that is to be opened exists already',
  'the wallet has too little SOL',
  'an account has a wrong owner',
  'an account would be too large',
  'a seed is too long',
  'an address is not derived from its seed',
];

const TRANSACTION_WORDS: Readonly<Record<string, string>> = {
  AccountNotFound: 'the wallet that pays the fee has no SOL',
  AlreadyProcessed: 'the transaction was processed already',
  BlockhashNotFound: 'the blockhash has expired',
  InsufficientFundsForFee: 'the wallet has too little SOL for the fee',
  InvalidAccountForFee: 'the account cannot pay fees',
  ProgramAccountNotFound: 'a program of the transaction does not exist on this network',
  AccountInUse: 'an account is in use',
  WouldExceedMaxBlockCostLimit: 'the block was full',
  InsufficientFundsForRent: 'an account would be left with less SOL than its rent',
};

const FIRST_VENUE_ERROR = 6_000;

interface Explanation {
  readonly words: string;
  readonly advice: string;
}

/** A transaction's error as the node gives it, with the program of each instruction. */
export interface ChainError {
  readonly error: unknown;
  /** Base58 program of each instruction, in order. */
  readonly programs: readonly string[];
  readonly venueProgram: string;
}

/**
 * A program's refusal in words, with its number and name from the IDL.
 * @param code `SIMULATION_FAILED` before it was sent, `FAILED_ON_CHAIN` after it landed.
 */
export function programRefusal(
  vendor: Vendor,
  code: Extract<ErrorCode, 'SIMULATION_FAILED' | 'FAILED_ON_CHAIN'>,
  chainError: ChainError,
): KeelError {
  const { words, advice } = explain(vendor, chainError);
  const who = code === 'SIMULATION_FAILED' ? 'The simulation was refused' : 'The chain refused it';
  return keelError(code, 'fix-input', `${who}: ${words}.`, advice, {
    error: JSON.stringify(chainError.error).slice(0, 500),
  });
}

const NOTHING_MOVED = 'Nothing was moved. Check the vault and the wallet, then ask again.';

function explain(vendor: Vendor, { error, programs, venueProgram }: ChainError): Explanation {
  if (typeof error === 'string') {
    return { words: TRANSACTION_WORDS[error] ?? error, advice: NOTHING_MOVED };
  }
  const [name, detail] = Object.entries((error ?? {}) as Record<string, unknown>)[0] ?? [];
  if (name !== 'InstructionError' || !Array.isArray(detail)) {
    const words = TRANSACTION_WORDS[name ?? ''] ?? name ?? 'an error without a name';
    return { words, advice: NOTHING_MOVED };
  }
  const [index, failure] = detail as [unknown, unknown];
  const program = typeof index === 'number' ? programs[index] : undefined;
  const custom = (failure as { Custom?: unknown } | null)?.Custom;
  if (typeof custom === 'number') return explainCustom(vendor, program, venueProgram, custom);
  const words = typeof failure === 'string' ? wordsOf(failure) : 'an instruction failed';
  return { words, advice: NOTHING_MOVED };
}

function explainCustom(
  { coder }: Vendor,
  program: string | undefined,
  venueProgram: string,
  custom: number,
): Explanation {
  if (program === venueProgram && custom >= FIRST_VENUE_ERROR) {
    const entry = [...coder.DRIFT_ERRORS.values()].find(({ code }) => code === custom);
    const [words, advice] = VENUE_WORDS[custom] ?? [
      entry === undefined ? 'the program failed with an error of its own' : entry.message,
      NOTHING_MOVED,
    ];
    return { words: `${words} (${entry?.name ?? 'unknown error'}, ${custom})`, advice };
  }
  if (program === venueProgram && ANCHOR_WORDS[custom] !== undefined) {
    return { words: `${ANCHOR_WORDS[custom]} (${custom})`, advice: NOTHING_MOVED };
  }
  const system = SYSTEM_WORDS[custom];
  if ((program === SYSTEM_PROGRAM || program === ASSOCIATED_TOKEN_PROGRAM) && system) {
    return { words: system, advice: NOTHING_MOVED };
  }
  // The venue's program passes on what the token program within it has said.
  const token = TOKEN_WORDS[custom];
  if ((program === TOKEN_PROGRAM || program === venueProgram) && token) {
    return { words: token, advice: NOTHING_MOVED };
  }
  const who = program === MEMO_PROGRAM ? 'the memo program' : 'a program';
  return { words: `${who} failed with error ${custom}`, advice: NOTHING_MOVED };
}

/** `InsufficientFunds` → `insufficient funds`. */
function wordsOf(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** Programs of a serialized message's instructions, in order; none where it cannot be read. */
export function programsOf({ web3 }: Vendor, message: Uint8Array): readonly string[] {
  try {
    const { staticAccountKeys, compiledInstructions } = web3.VersionedMessage.deserialize(message);
    return compiledInstructions.map(
      ({ programIdIndex }) => staticAccountKeys[programIdIndex]?.toBase58() ?? '',
    );
  } catch {
    return [];
  }
}
