/** Programs that the policy names, as pinned data, and what else of them is known by name to refuse it in words. */
import { createHash } from 'node:crypto';
import { address, type Address } from '#domain/ids.ts';

export const SYSTEM_PROGRAM = address('11111111111111111111111111111111');
export const COMPUTE_BUDGET_PROGRAM = address('ComputeBudget111111111111111111111111111111');
export const MEMO_PROGRAM = address('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
export const TOKEN_PROGRAM = address('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
export const TOKEN_2022_PROGRAM = address('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb');
export const ASSOCIATED_TOKEN_PROGRAM = address('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');
export const RENT_SYSVAR = address('SysvarRent111111111111111111111111111111111');
export const NATIVE_MINT = address('So11111111111111111111111111111111111111112');

export interface Venue {
  readonly name: string;
  readonly program: Address;
  readonly stateSeed: string;
}

/** Deployments of the venue that Keel signs for. */
export const VENUES: readonly Venue[] = [
  {
    name: 'Drift v2',
    program: address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH'),
    stateSeed: 'drift_state',
  },
];

/** First eight bytes of a venue instruction's data. */
export function venueMark(instruction: string): Uint8Array {
  const hash = createHash('sha256').update(`global:${instruction}`).digest();
  return Uint8Array.from(hash.subarray(0, 8));
}

const PROGRAM_NAMES: Readonly<Record<string, string>> = {
  [SYSTEM_PROGRAM]: 'System',
  [COMPUTE_BUDGET_PROGRAM]: 'Compute Budget',
  [MEMO_PROGRAM]: 'Memo',
  [TOKEN_PROGRAM]: 'Token',
  [TOKEN_2022_PROGRAM]: 'Token-2022',
  [ASSOCIATED_TOKEN_PROGRAM]: 'Associated Token',
  ...Object.fromEntries(VENUES.map(({ name, program }) => [program, name])),
};

export function programName(program: Address): string | null {
  return PROGRAM_NAMES[program] ?? null;
}

const SYSTEM_INSTRUCTIONS = [
  'create account',
  'assign to another owner',
  'transfer',
  'create account with seed',
  'advance nonce',
  'withdraw from nonce',
  'initialize nonce',
  'authorize nonce',
  'allocate',
  'allocate with seed',
  'assign with seed',
  'transfer with seed',
  'upgrade nonce',
];
const TOKEN_INSTRUCTIONS = [
  'initialize mint',
  'initialize account',
  'initialize multisig',
  'transfer',
  'approve a delegate',
  'revoke a delegate',
  'set authority',
  'mint',
  'burn',
  'close account',
  'freeze',
  'thaw',
  'checked transfer',
  'checked approval of a delegate',
  'checked mint',
  'checked burn',
  'initialize account 2',
  'sync native',
  'initialize account 3',
];
const VENUE_INSTRUCTIONS = [
  'update_user_delegate',
  'update_user_name',
  'update_user_margin_trading_enabled',
  'update_user_pool_id',
  'delete_user',
  'place_perp_order',
  'place_orders',
  'place_and_take_perp_order',
  'place_spot_order',
  'begin_swap',
  'end_swap',
  'transfer_pools',
  'transfer_perp_position',
  'add_insurance_fund_stake',
  'initialize_referrer_name',
  'settle_pnl',
];
const venueNames = new Map(
  VENUE_INSTRUCTIONS.map((name) => [Buffer.from(venueMark(name)).toString('hex'), name]),
);

/** What an instruction that no rule takes would have done, as far as it is known. */
export function instructionName(program: Address, data: Uint8Array): string {
  if (VENUES.some((venue) => venue.program === program)) {
    const mark = Buffer.from(data.subarray(0, 8)).toString('hex');
    return venueNames.get(mark) ?? `instruction ${mark}`;
  }
  const number = data[0];
  if (number === undefined) return 'an instruction without data';
  const names = program === SYSTEM_PROGRAM ? SYSTEM_INSTRUCTIONS : TOKEN_INSTRUCTIONS;
  const isKnown = program === SYSTEM_PROGRAM || program === TOKEN_PROGRAM;
  return (isKnown ? names[number] : undefined) ?? `instruction ${number}`;
}
