/**
 * A small, strict parser for what comes from outside the signer: messages and the key file. It names the place and
 * what was expected there, never the value that it found: that may be a secret.
 */
import { err, ok, type Result } from '#domain/result.ts';

/** Gives the value back, typed, or throws a ParseFault that `parseWith` turns into a value. */
export type Parser<Value> = (value: unknown, path: string) => Value;

type Shape = Readonly<Record<string, Parser<unknown>>>;
type Parsed<From extends Shape> = { readonly [Key in keyof From]: ReturnType<From[Key]> };

class ParseFault extends Error {}

/** Error: place and expectation, for instance `kdf.passes: expected a whole number from 1 to 2`. */
export function parseWith<Value>(parser: Parser<Value>, value: unknown): Result<Value, string> {
  try {
    return ok(parser(value, ''));
  } catch (caught) {
    if (caught instanceof ParseFault) return err(caught.message);
    throw caught;
  }
}

export function refuse(path: string, expected: string): never {
  throw new ParseFault(`${path === '' ? 'the whole' : path}: expected ${expected}`);
}

/** Text of at most so many UTF-16 units. */
export function text(maxLength: number, minLength = 0): Parser<string> {
  return (value, path) =>
    typeof value === 'string' && value.length >= minLength && value.length <= maxLength
      ? value
      : refuse(path, `a text of ${minLength} to ${maxLength} characters`);
}

export function matching(pattern: RegExp, expected: string): Parser<string> {
  return (value, path) =>
    typeof value === 'string' && pattern.test(value) ? value : refuse(path, expected);
}

export function wholeNumber(min: number, max: number): Parser<number> {
  return (value, path) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : refuse(path, `a whole number from ${min} to ${max}`);
}

export function bigInteger(min: bigint, max: bigint): Parser<bigint> {
  return (value, path) =>
    typeof value === 'bigint' && value >= min && value <= max
      ? value
      : refuse(path, `a big integer from ${min} to ${max}`);
}

export const yesOrNo: Parser<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : refuse(path, 'true or false');

export function oneOf<const Value extends string | number>(
  ...allowed: readonly Value[]
): Parser<Value> {
  return (value, path) =>
    allowed.find((option) => option === value) ?? refuse(path, allowed.join(' or '));
}

/** Bytes by themselves; a view is copied out of nothing: whoever sent them gave them away. */
export function byteArray(maxLength: number): Parser<Uint8Array> {
  return (value, path) =>
    value instanceof Uint8Array && value.length <= maxLength
      ? value
      : refuse(path, `at most ${maxLength} bytes`);
}

export function nullable<Value>(parser: Parser<Value>): Parser<Value | null> {
  return (value, path) => (value === null ? null : parser(value, path));
}

export function listOf<Value>(parser: Parser<Value>, maxLength: number): Parser<readonly Value[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > maxLength) {
      return refuse(path, `a list of at most ${maxLength}`);
    }
    return value.map((item: unknown, index) => parser(item, `${path}[${index}]`));
  };
}

/** Exactly these fields: one more is as wrong as one less. */
export function record<From extends Shape>(shape: From): Parser<Parsed<From>> {
  return (value, path) => {
    const fields = asFields(value, path);
    const unknown = Object.keys(fields).some((key) => !Object.hasOwn(shape, key));
    if (unknown) return refuse(path, `only the fields ${Object.keys(shape).join(', ')}`);
    const parsed = Object.entries(shape).map(([key, parser]) => [
      key,
      parser(Object.hasOwn(fields, key) ? fields[key] : undefined, within(path, key)),
    ]);
    return Object.fromEntries(parsed) as Parsed<From>;
  };
}

/** One of several records, told apart by the text in one field, which each of them parses as well. */
export function tagged<Options extends Readonly<Record<string, Parser<unknown>>>>(
  tag: string,
  options: Options,
): Parser<ReturnType<Options[keyof Options]>> {
  return (value, path) => {
    const kind = asFields(value, path)[tag];
    const parser =
      typeof kind === 'string' && Object.hasOwn(options, kind) ? options[kind] : undefined;
    if (parser === undefined) {
      return refuse(within(path, tag), Object.keys(options).join(' or '));
    }
    return parser(value, path) as ReturnType<Options[keyof Options]>;
  };
}

export function mapped<From, To>(parser: Parser<From>, map: (value: From) => To): Parser<To> {
  return (value, path) => map(parser(value, path));
}

/** The own fields of a plain object. */
export function asFields(value: unknown, path: string): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : refuse(path, 'an object');
}

function within(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
