/**
 * Requests come from another process, which may be anybody's by now: parsed field by field, with nothing more and
 * nothing less than the contract has, into values of the signer's own.
 */
import type { SigningIntent, TokenRef } from '#domain/capital-intent.ts';
import { networkId, operationId, type Address, type OperationId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { ReviewRequest, SignRequest, SimulationLine } from '#domain/signing.ts';
import { quoteAmount, tokenAmount, type QuoteAmount } from '#domain/units.ts';
import { parseAddress } from '../decode/addresses.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** One packet of the chain, in base64. */
const MAX_MESSAGE_TEXT = 1_644;
const MAX_LINES = 40;
const MAX_LABEL = 160;
const MAX_NAME_BYTES = 32;
const MAX_DECIMALS = 18;
const MAX_U64 = 2n ** 64n - 1n;
const MAX_FIGURE = 2n ** 127n;
const KINDS = ['deposit', 'withdraw', 'transfer', 'create-sub-account'] as const;

class Unfit extends Error {}

export interface ParsedReview {
  readonly intent: SigningIntent;
  readonly message: Uint8Array;
  readonly value: QuoteAmount | null;
  readonly simulation: readonly SimulationLine[];
}

export interface ParsedSign {
  readonly operationId: OperationId;
  readonly message: Uint8Array;
  readonly review: ParsedReview;
}

/** SIGNER_REFUSED names the field. */
export function parseReview(request: ReviewRequest): Result<ParsedReview, KeelError> {
  return attempt(() => readReview(request));
}

/** SIGNER_REFUSED names the field. */
export function parseSign(request: SignRequest): Result<ParsedSign, KeelError> {
  return attempt(() => {
    const fields = record(request, 'request', ['operationId', 'message', 'review']);
    const review = readReview(fields.review);
    const id = readOperationId(fields.operationId);
    if (id !== review.intent.operationId) throw new Unfit('operationId is not that of the review');
    return { operationId: id, message: readMessage(fields.message), review };
  });
}

function attempt<Value>(read: () => Value): Result<Value, KeelError> {
  try {
    return ok(read());
  } catch (error) {
    const what = error instanceof Unfit ? error.message : 'it cannot be read';
    return err(
      keelError(
        'SIGNER_REFUSED',
        'stop',
        `The request to the signer is malformed: ${what}.`,
        'Nothing was signed. Start Keel anew; if it happens again, do not trust this copy of Keel.',
        { rule: 'request-form' },
      ),
    );
  }
}

function readReview(request: unknown): ParsedReview {
  const fields = record(request, 'review', ['intent', 'message', 'value', 'simulation']);
  const lines = fields.simulation;
  if (!Array.isArray(lines) || lines.length > MAX_LINES) throw new Unfit('simulation is no list');
  return {
    intent: readIntent(fields.intent),
    message: readMessage(fields.message),
    value: orNull(fields.value, (value) => quoteAmount(bigintIn(value, 'value', 0n, MAX_FIGURE))),
    simulation: Array.from(lines, readLine),
  };
}

function readIntent(value: unknown): SigningIntent {
  const fields = record(value, 'intent', [
    'operationId',
    'kind',
    'network',
    'networkKind',
    'program',
    'stateSeed',
    'authority',
    'signerKey',
    'subAccountId',
    'toSubAccountId',
    'token',
    'amount',
    'accountName',
  ]);
  return {
    operationId: readOperationId(fields.operationId),
    kind: oneOf(fields.kind, 'kind', KINDS),
    network: networkId(plainText(fields.network, 'network', 64)),
    networkKind: oneOf(fields.networkKind, 'networkKind', ['practice', 'live'] as const),
    program: readAddress(fields.program, 'program'),
    stateSeed: plainText(fields.stateSeed, 'stateSeed', 32),
    authority: readAddress(fields.authority, 'authority'),
    signerKey: readAddress(fields.signerKey, 'signerKey'),
    subAccountId: integerIn(fields.subAccountId, 'subAccountId', 0xffff),
    toSubAccountId: orNull(fields.toSubAccountId, (id) => integerIn(id, 'toSubAccountId', 0xffff)),
    token: orNull(fields.token, readToken),
    amount: orNull(fields.amount, (amount) => tokenAmount(bigintIn(amount, 'amount', 1n, MAX_U64))),
    accountName: orNull(fields.accountName, readAccountName),
  };
}

function readToken(value: unknown): TokenRef {
  const fields = record(value, 'token', ['symbol', 'marketIndex', 'mint', 'decimals']);
  return {
    symbol: plainText(fields.symbol, 'symbol', 32),
    marketIndex: integerIn(fields.marketIndex, 'marketIndex', 0xffff),
    mint: readAddress(fields.mint, 'mint'),
    decimals: integerIn(fields.decimals, 'decimals', MAX_DECIMALS),
  };
}

function readLine(value: unknown): SimulationLine {
  const fields = record(value, 'simulation line', ['label', 'before', 'after', 'decimals', 'unit']);
  const figure = (each: unknown): bigint | null =>
    orNull(each, (units) => bigintIn(units, 'figure', -MAX_FIGURE, MAX_FIGURE));
  return {
    label: cleanedText(fields.label, 'label'),
    before: figure(fields.before),
    after: figure(fields.after),
    decimals: integerIn(fields.decimals, 'decimals', MAX_DECIMALS),
    unit: cleanedText(fields.unit, 'unit'),
  };
}

function readOperationId(value: unknown): OperationId {
  if (typeof value !== 'string' || !UUID.test(value)) throw new Unfit('operationId is no UUID');
  return operationId(value);
}

function readAddress(value: unknown, name: string): Address {
  const parsed = parseAddress(value);
  if (parsed === null) throw new Unfit(`${name} is no address`);
  return parsed;
}

/** Strict: the text must be what the bytes would be written as. */
function readMessage(value: unknown): Uint8Array {
  if (typeof value !== 'string' || value.length > MAX_MESSAGE_TEXT) {
    throw new Unfit('message is no message');
  }
  const bytes = Buffer.from(value, 'base64');
  if (bytes.toString('base64') !== value) throw new Unfit('message is no base64');
  return Uint8Array.from(bytes);
}

function readAccountName(value: unknown): string {
  const name = visibleText(value, 'accountName', MAX_NAME_BYTES);
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) {
    throw new Unfit('accountName has more than 32 bytes');
  }
  return name;
}

function record<Name extends string>(
  value: unknown,
  what: string,
  names: readonly Name[],
): Record<Name, unknown> {
  if (typeof value !== 'object' || value === null) throw new Unfit(`${what} is no object`);
  const keys = Object.keys(value);
  const missing = names.find((name) => !keys.includes(name));
  if (missing !== undefined) throw new Unfit(`${what} lacks ${missing}`);
  if (keys.length !== names.length) throw new Unfit(`${what} has a field too many`);
  return value as Record<Name, unknown>;
}

function orNull<Value>(value: unknown, read: (value: unknown) => Value): Value | null {
  return value === null ? null : read(value);
}

function oneOf<Choice extends string>(
  value: unknown,
  name: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new Unfit(`${name} is none of ${choices.join(', ')}`);
  return found;
}

function integerIn(value: unknown, name: string, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
    throw new Unfit(`${name} is no whole number from 0 to ${max}`);
  }
  return value;
}

function bigintIn(value: unknown, name: string, min: bigint, max: bigint): bigint {
  if (typeof value !== 'bigint' || value < min || value > max) {
    throw new Unfit(`${name} is no amount from ${min} to ${max}`);
  }
  return value;
}

/** ASCII that can be seen: no letter that only looks like another. */
function plainText(value: unknown, name: string, max: number): string {
  if (typeof value !== 'string' || value.length > max || !/^[\x21-\x7e]+$/.test(value)) {
    throw new Unfit(`${name} is no plain word`);
  }
  return value;
}

/** Words of another process that are only shown: cut, and without what is not seen. A vault's name may be in them. */
function cleanedText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Unfit(`${name} is no text`);
  return value.slice(0, MAX_LABEL).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
}

/** Text on one line, without signs that are not seen or that turn the direction of reading. */
function visibleText(value: unknown, name: string, max: number): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > max) {
    throw new Unfit(`${name} is no text of 1 to ${max} letters`);
  }
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(value)) throw new Unfit(`${name} has letters that are not seen`);
  return value;
}
