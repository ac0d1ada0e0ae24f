/**
 * The policy, as data: every instruction that the signer knows, what each of its accounts must be, and to what each
 * of its arguments is bound. What no row names is refused.
 */
import type { FieldType } from '../decode/fields.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  MEMO_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
  venueMark,
} from './programs.ts';
import type { Address } from '#domain/ids.ts';

/** What an account is to the trader's intent. Each stands for exactly one address. */
export type AccountRole =
  | 'signer'
  | 'authority'
  | 'state'
  | 'venue-signer'
  | 'user'
  | 'to-user'
  | 'user-stats'
  | 'spot-vault'
  | 'wallet-tokens'
  | 'temp-account'
  | 'mint'
  | 'native-mint'
  | 'token-program'
  | 'system-program'
  | 'rent-sysvar';

/** What an argument must be. `bounded`: looked at once all instructions are known. */
export type ArgumentBinding =
  | 'amount'
  | 'market-index'
  | 'sub-account'
  | 'account-name'
  | 'never'
  | 'memo'
  | 'signer'
  | 'temp-seed'
  | 'temp-lamports'
  | 'token-account-bytes'
  | 'token-program'
  | 'bounded';

export interface AccountRule {
  readonly role: AccountRole;
  readonly writable: boolean;
}

export interface ArgumentRule {
  readonly name: string;
  readonly type: FieldType;
  readonly is: ArgumentBinding;
}

export interface InstructionRule {
  readonly name: string;
  /** `venue`: the deployment of the intent, one of the pinned ones. */
  readonly program: Address | 'venue';
  /** First bytes of the data; the arguments follow. */
  readonly mark: Uint8Array;
  readonly args: readonly ArgumentRule[];
  readonly accounts: readonly AccountRule[];
  /** Whether the venue's markets and oracles may follow the named accounts. */
  readonly markets: boolean;
}

const writes = (role: AccountRole): AccountRule => ({ role, writable: true });
const reads = (role: AccountRole): AccountRule => ({ role, writable: false });
const arg = (name: string, type: FieldType, is: ArgumentBinding): ArgumentRule => ({
  name,
  type,
  is,
});

const MOVED = [arg('market index', 'u16', 'market-index'), arg('amount', 'u64', 'amount')] as const;
const REDUCE_ONLY = arg('reduce-only flag', 'bool', 'never');

export const INSTRUCTION_RULES = {
  computeLimit: {
    name: 'compute limit',
    program: COMPUTE_BUDGET_PROGRAM,
    mark: Uint8Array.of(2),
    args: [arg('compute units', 'u32', 'bounded')],
    accounts: [],
    markets: false,
  },
  computePrice: {
    name: 'compute price',
    program: COMPUTE_BUDGET_PROGRAM,
    mark: Uint8Array.of(3),
    args: [arg('price of a compute unit', 'u64', 'bounded')],
    accounts: [],
    markets: false,
  },
  memo: {
    name: 'memo',
    program: MEMO_PROGRAM,
    mark: Uint8Array.of(),
    args: [arg('text', 'rest', 'memo')],
    accounts: [reads('signer')],
    markets: false,
  },
  createTempAccount: {
    name: 'temporary account for SOL',
    program: SYSTEM_PROGRAM,
    mark: Uint8Array.of(3, 0, 0, 0),
    args: [
      arg('base', 'key', 'signer'),
      arg('seed', 'text64', 'temp-seed'),
      arg('lamports', 'u64', 'temp-lamports'),
      arg('size', 'u64', 'token-account-bytes'),
      arg('owner', 'key', 'token-program'),
    ],
    accounts: [writes('signer'), writes('temp-account')],
    markets: false,
  },
  initializeTempAccount: {
    name: 'opening of the temporary account',
    program: TOKEN_PROGRAM,
    mark: Uint8Array.of(1),
    args: [],
    accounts: [writes('temp-account'), reads('native-mint'), reads('signer'), reads('rent-sysvar')],
    markets: false,
  },
  initializeTempAccount3: {
    name: 'opening of the temporary account',
    program: TOKEN_PROGRAM,
    mark: Uint8Array.of(18),
    args: [arg('owner', 'key', 'signer')],
    accounts: [writes('temp-account'), reads('native-mint')],
    markets: false,
  },
  closeTempAccount: {
    name: 'closing of the temporary account',
    program: TOKEN_PROGRAM,
    mark: Uint8Array.of(9),
    args: [],
    accounts: [writes('temp-account'), writes('signer'), reads('signer')],
    markets: false,
  },
  createWalletTokens: {
    name: 'opening of the wallet’s token account',
    program: ASSOCIATED_TOKEN_PROGRAM,
    mark: Uint8Array.of(1),
    args: [],
    accounts: [
      writes('signer'),
      writes('wallet-tokens'),
      reads('signer'),
      reads('mint'),
      reads('system-program'),
      reads('token-program'),
    ],
    markets: false,
  },
  deposit: {
    name: 'deposit',
    program: 'venue',
    mark: venueMark('deposit'),
    args: [...MOVED, REDUCE_ONLY],
    accounts: [
      reads('state'),
      writes('user'),
      writes('user-stats'),
      reads('signer'),
      writes('spot-vault'),
      writes('wallet-tokens'),
      reads('token-program'),
    ],
    markets: true,
  },
  withdraw: {
    name: 'withdraw',
    program: 'venue',
    mark: venueMark('withdraw'),
    args: [...MOVED, REDUCE_ONLY],
    accounts: [
      reads('state'),
      writes('user'),
      writes('user-stats'),
      reads('signer'),
      writes('spot-vault'),
      reads('venue-signer'),
      writes('wallet-tokens'),
      reads('token-program'),
    ],
    markets: true,
  },
  transferDeposit: {
    name: 'transfer_deposit',
    program: 'venue',
    mark: venueMark('transfer_deposit'),
    args: MOVED,
    accounts: [
      writes('user'),
      writes('to-user'),
      writes('user-stats'),
      reads('signer'),
      reads('state'),
      reads('spot-vault'),
    ],
    markets: true,
  },
  initializeUserStats: {
    name: 'initialize_user_stats',
    program: 'venue',
    mark: venueMark('initialize_user_stats'),
    args: [],
    accounts: [
      writes('user-stats'),
      writes('state'),
      reads('authority'),
      writes('signer'),
      reads('rent-sysvar'),
      reads('system-program'),
    ],
    markets: false,
  },
  initializeUser: {
    name: 'initialize_user',
    program: 'venue',
    mark: venueMark('initialize_user'),
    args: [arg('sub-account number', 'u16', 'sub-account'), arg('name', 'bytes32', 'account-name')],
    accounts: [
      writes('user'),
      writes('user-stats'),
      writes('state'),
      reads('authority'),
      writes('signer'),
      reads('rent-sysvar'),
      reads('system-program'),
    ],
    markets: false,
  },
} satisfies Record<string, InstructionRule>;

export type RuleId = keyof typeof INSTRUCTION_RULES;

export const RULE_IDS = Object.keys(INSTRUCTION_RULES) as readonly RuleId[];

export function ruleOf(id: RuleId): InstructionRule {
  return INSTRUCTION_RULES[id];
}
