import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { MAX_PAPER_CASH } from '#domain/paper-ledger.ts';
import type { QuoteAmount } from '#domain/units.ts';
import { inputInvalid, quoteText } from '../engine-errors.ts';

const LONGEST_NAME = 60;
const ENGINE_NAME = /^[a-z][a-z0-9-]{0,30}$/;
const BASE58_KEY = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;
const LAST_SUB_ACCOUNT = 65_535;

export function checkName(name: string): KeelError | null {
  const length = name.trim().length;
  if (length >= 1 && length <= LONGEST_NAME) return null;
  return inputInvalid(
    'name',
    name.slice(0, LONGEST_NAME),
    `has ${length} characters; 1 to ${LONGEST_NAME} are allowed`,
    'Give the vault a short name.',
  );
}

export function checkEngineName(engine: string): KeelError | null {
  if (ENGINE_NAME.test(engine)) return null;
  return inputInvalid(
    'engine',
    engine.slice(0, LONGEST_NAME),
    'is not an engine name',
    'Use up to 31 small letters, digits and dashes, beginning with a letter, for instance “funding”.',
  );
}

export function checkAuthority(authority: Address): KeelError | null {
  if (BASE58_KEY.test(authority)) return null;
  return inputInvalid(
    'authority',
    authority.slice(0, 64),
    'is not a public key',
    'Paste the base58 public key of the wallet, 32 to 44 characters.',
  );
}

export function checkSubAccountId(subAccountId: number): KeelError | null {
  const inRange = subAccountId >= 0 && subAccountId <= LAST_SUB_ACCOUNT;
  if (Number.isInteger(subAccountId) && inRange) return null;
  return inputInvalid(
    'subAccountId',
    String(subAccountId),
    'is not a sub-account number',
    `Use a whole number from 0 to ${LAST_SUB_ACCOUNT}.`,
  );
}

export function checkAllocation(allocation: QuoteAmount): KeelError | null {
  if (allocation > 0n && allocation <= MAX_PAPER_CASH) return null;
  return inputInvalid(
    'allocation',
    quoteText(allocation),
    `is not above 0 and at most ${quoteText(MAX_PAPER_CASH)}`,
    'Choose the play money that the vault starts with.',
  );
}

export function firstProblem(...problems: readonly (KeelError | null)[]): KeelError | null {
  return problems.find((problem) => problem !== null) ?? null;
}
