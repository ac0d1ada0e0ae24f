import { addressSchema } from '#ipc/wire.ts';
import { DEFAULT_ALLOCATION } from '#domain/engine-vault.ts';
import { toDecimalString } from '#domain/decimal.ts';
import { address, networkId, type VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { QUOTE_DECIMALS, quoteAmount } from '#domain/units.ts';
import { request } from '#renderer/stores/commands.ts';
import { readAmount } from '#renderer/ui/amount-input.ts';

export interface CreateForm {
  readonly vaultType: 'virtual' | 'onChain';
  readonly name: string;
  readonly engine: string;
  readonly network: string;
  readonly allocation: string;
  readonly authority: string;
  readonly subAccount: string;
  /** Numbers ticked in the scan's result; while there are any, they stand in for `subAccount`. */
  readonly ticked: readonly number[];
}

/** A paper vault of 50, unless the trader chooses otherwise (V4). */
export function initialForm(
  network: string,
  vaultType: CreateForm['vaultType'] = 'virtual',
): CreateForm {
  return {
    vaultType,
    name: '',
    engine: 'funding',
    network,
    allocation: toDecimalString(DEFAULT_ALLOCATION, QUOTE_DECIMALS).replace(/0{4}$/, ''),
    authority: '',
    subAccount: '0',
    ticked: [],
  };
}

export type FormField = 'name' | 'engine' | 'network' | 'allocation' | 'authority' | 'subAccount';

export const checkName = (name: string): string | true => {
  const { length } = name.trim();
  if (length === 0) return 'Enter a name.';
  return length <= 60 || `At most 60 characters; this has ${length}.`;
};

export const checkEngine = (engine: string): string | true =>
  /^[a-z][a-z0-9-]{0,30}$/.test(engine.trim()) ||
  'Lower-case letters, digits and hyphens, starting with a letter; at most 31.';

export const checkAllocation = (typed: string, symbol: string): string | true => {
  const amount = readAmount(typed, { decimals: QUOTE_DECIMALS, symbol });
  return amount.ok || amount.error;
};

export const checkAuthority = (key: string): string | true =>
  addressSchema.safeParse(key.trim()).success ||
  'Not a public key: 32 to 44 characters of base58 (no 0, O, I or l).';

export const checkSubAccount = (number: string): string | true =>
  (/^\d{1,5}$/.test(number.trim()) && Number(number) <= 65_535) ||
  'A whole number from 0 to 65,535.';

/** An error's words at its field: the name that the contract gives the field is no word of the form. */
export function wordsOfError(error: KeelError): string {
  const plain = error.message.replace(/^[a-z]+[A-Za-z]*: /, '');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)} ${error.advice}`;
}

/** Which field an error of the engine belongs to; null for the form as a whole. */
export function fieldOfError(error: KeelError, form: CreateForm): FormField | null {
  const named = error.details?.['field'];
  if (named !== undefined && named !== '') return FIELD_NAMES[named] ?? null;
  switch (error.code) {
    case 'NETWORK_LOCKED':
    case 'NETWORK_UNKNOWN':
    case 'WRONG_CLUSTER':
      return 'network';
    case 'VAULT_EXISTS':
    case 'SUB_ACCOUNT_MISSING':
      return form.vaultType === 'onChain' ? 'subAccount' : 'name';
    default:
      return null;
  }
}

const FIELD_NAMES: Readonly<Record<string, FormField>> = {
  name: 'name',
  engine: 'engine',
  network: 'network',
  allocation: 'allocation',
  authority: 'authority',
  subAccountId: 'subAccount',
};

/** An amount that cannot be read is never zero, even where the form has checked it before. */
const unreadableAllocation = (typed: string, problem: string): KeelError =>
  keelError('INPUT_INVALID', 'fix-input', `The allocation “${typed}” cannot be read.`, problem, {
    field: 'allocation',
  });

/** What is there already stays there, and is told. */
const afterSome = (error: KeelError, added: number, asked: number): KeelError =>
  added === 0 ? error : { ...error, message: `${added} of ${asked} are added. ${error.message}` };

/** Creates what a checked form asks for. Several ticked sub-accounts are added one by one, up to the first error. */
export async function submitForm(form: CreateForm): Promise<Result<readonly VaultId[], KeelError>> {
  const base = {
    name: form.name.trim(),
    engine: form.engine.trim(),
    network: networkId(form.network),
  };
  if (form.vaultType === 'virtual') {
    const amount = readAmount(form.allocation, { decimals: QUOTE_DECIMALS, symbol: '' });
    if (!amount.ok) return err(unreadableAllocation(form.allocation, amount.error));
    const allocation = quoteAmount(amount.value);
    const created = await request('vault.createVirtual', { ...base, allocation });
    return created.ok ? ok([created.value.vaultId]) : created;
  }
  const numbers = form.ticked.length > 0 ? form.ticked : [Number(form.subAccount)];
  const added: VaultId[] = [];
  for (const subAccountId of numbers) {
    const created = await request('vault.addOnChain', {
      ...base,
      name: numbers.length > 1 ? `${base.name} #${subAccountId}`.slice(0, 60) : base.name,
      authority: address(form.authority.trim()),
      subAccountId,
    });
    if (!created.ok) return err(afterSome(created.error, added.length, numbers.length));
    added.push(created.value.vaultId);
  }
  return ok(added);
}
