/** What the roles and bindings of the policy stand for in one intent. Everything is derived here, nothing is believed. */
import { assertNever } from '#domain/assert-never.ts';
import { memoOf, type SigningIntent } from '#domain/capital-intent.ts';
import type { Address } from '#domain/ids.ts';
import {
  addressWithSeed,
  associatedTokenAddress,
  keyBytes,
  programAddress,
} from '../decode/addresses.ts';
import type { FieldValue } from '../decode/fields.ts';
import type { AccountRole, ArgumentBinding } from './instruction-rules.ts';
import { NATIVE_MINT, RENT_SYSVAR, SYSTEM_PROGRAM, TOKEN_PROGRAM } from './programs.ts';

/** Rent of a token account, lamports: what the chain asks for its 165 bytes. */
export const TOKEN_ACCOUNT_RENT = 2_039_280n;
const TOKEN_ACCOUNT_BYTES = 165n;
const NAME_BYTES = 32;
const TEXT = new TextEncoder();

export class IntentBindings {
  readonly intent: SigningIntent;
  readonly #known = new Map<string, Address>();

  constructor(intent: SigningIntent) {
    this.intent = intent;
  }

  /** Null where the intent has no such account: of a sub-account that is only opened no token is moved. */
  account(role: AccountRole): Address | null {
    const known = this.#known.get(role);
    if (known !== undefined) return known;
    const found = this.#account(role);
    if (found !== null) this.#known.set(role, found);
    return found;
  }

  /** The spot market that the operation moves; null where it moves nothing. */
  get movedMarket(): Address | null {
    const { token } = this.intent;
    return token === null ? null : this.#venue('spot_market', u16(token.marketIndex));
  }

  /** Null where the intent has no such value, or none is fixed. */
  value(binding: ArgumentBinding): FieldValue | null {
    const { intent } = this;
    switch (binding) {
      case 'amount':
        return intent.amount;
      case 'market-index':
        return intent.token === null ? null : BigInt(intent.token.marketIndex);
      case 'sub-account':
        return BigInt(intent.subAccountId);
      case 'account-name':
        return intent.accountName === null ? null : nameField(intent.accountName);
      case 'never':
        return 0n;
      case 'memo':
        return memoOf(intent.operationId);
      case 'signer':
        return intent.signerKey;
      case 'temp-seed':
        return tempSeed(intent);
      case 'temp-lamports':
        return tempLamports(intent);
      case 'token-account-bytes':
        return TOKEN_ACCOUNT_BYTES;
      case 'token-program':
        return TOKEN_PROGRAM;
      case 'bounded':
        return null;
      default:
        return assertNever(binding, 'binding');
    }
  }

  #account(role: AccountRole): Address | null {
    const { intent } = this;
    switch (role) {
      case 'signer':
        return intent.signerKey;
      case 'authority':
        return intent.authority;
      case 'state':
        return this.#venue(intent.stateSeed);
      case 'venue-signer':
        return this.#venue('drift_signer');
      case 'user':
        return this.#user(intent.subAccountId);
      case 'to-user':
        return intent.toSubAccountId === null ? null : this.#user(intent.toSubAccountId);
      case 'user-stats':
        return this.#venue('user_stats', keyBytes(intent.authority));
      case 'spot-vault':
        return intent.token && this.#venue('spot_market_vault', u16(intent.token.marketIndex));
      case 'wallet-tokens':
        return this.#walletTokens();
      case 'temp-account':
        return addressWithSeed(intent.signerKey, tempSeed(intent), TOKEN_PROGRAM);
      case 'mint':
        return intent.token?.mint ?? null;
      case 'native-mint':
        return NATIVE_MINT;
      case 'token-program':
        return TOKEN_PROGRAM;
      case 'system-program':
        return SYSTEM_PROGRAM;
      case 'rent-sysvar':
        return RENT_SYSVAR;
      default:
        return assertNever(role, 'role');
    }
  }

  /** SOL goes through an account of one transaction, every other token through the wallet's own account. */
  #walletTokens(): Address | null {
    const { token, signerKey } = this.intent;
    if (token === null) return null;
    if (token.mint === NATIVE_MINT) return this.account('temp-account');
    return associatedTokenAddress(signerKey, token.mint);
  }

  #user(subAccountId: number): Address {
    return this.#venue('user', keyBytes(this.intent.authority), u16(subAccountId));
  }

  #venue(seed: string, ...more: Uint8Array[]): Address {
    return programAddress(this.intent.program, [TEXT.encode(seed), ...more]);
  }
}

/** The 32 hexadecimal digits of the operation's id: an account for one operation alone. */
function tempSeed(intent: SigningIntent): string {
  return intent.operationId.replaceAll('-', '');
}

function tempLamports(intent: SigningIntent): bigint {
  return TOKEN_ACCOUNT_RENT + (intent.kind === 'deposit' ? (intent.amount ?? 0n) : 0n);
}

/** UTF-8, padded with spaces; null where it does not fit. */
function nameField(name: string): string | null {
  const bytes = TEXT.encode(name);
  if (bytes.length > NAME_BYTES) return null;
  const field = new Uint8Array(NAME_BYTES).fill(0x20);
  field.set(bytes);
  return Buffer.from(field).toString('hex');
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}
