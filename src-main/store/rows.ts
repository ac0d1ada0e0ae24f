import { z } from 'zod';
import { ERROR_CODES, keelError, REMEDIES } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import type { Slot, UnixMs } from '#domain/units.ts';
import type { SqlRow } from './database.ts';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** An INTEGER column as it comes back: always a bigint. */
export const integerColumn = z.bigint();
export const integerAs = <Unit extends bigint>() => z.bigint().transform((units) => units as Unit);
export const slotColumn = integerAs<Slot>();
/** An INTEGER column that is a number in the domain: a count, an index, a time. */
export const numberColumn = z
  .bigint()
  .refine(
    (value) => value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER),
  )
  .transform(Number);
export const unixMsColumn = numberColumn.transform((value) => value as UnixMs);
export const flagColumn = z.union([z.literal(0n), z.literal(1n)]).transform((flag) => flag === 1n);

/** An integer of any size within a JSON text. */
export const integerText = <Unit extends bigint>() =>
  z
    .string()
    .regex(/^-?\d+$/)
    .transform((text) => BigInt(text) as Unit);

export const storedErrorSchema = z
  .object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    remedy: z.enum(REMEDIES),
    advice: z.string(),
    details: z.record(z.string(), z.string()).exactOptional(),
  })
  .readonly();

/** A TEXT column that holds JSON of the given shape. */
export function jsonColumn<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** JSON with integers of any size as decimal strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : item,
  );
}

/** A stored row as a domain value. Throws `DATABASE_CORRUPT`: a row that does not parse is never a zero. */
export function parseRow<Schema extends z.ZodType>(
  schema: Schema,
  row: SqlRow,
  what: string,
): z.output<Schema> {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw corruptRow(what, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

export function corruptRow(what: string, why: string): KeelFault {
  return new KeelFault(
    keelError(
      'DATABASE_CORRUPT',
      'operator',
      `The stored ${what} cannot be read: ${why}.`,
      'Its figures are not shown. Keep a copy of the database and report this with the log.',
    ),
  );
}

/** The value for an INTEGER column. Throws `DATABASE_WRITE_FAILED` naming the field when 64 bits cannot hold it. */
export function int64(field: string, value: bigint): bigint {
  if (value >= INT64_MIN && value <= INT64_MAX) return value;
  throw refused(`${field} is ${value}, which is more than the database holds (64 bits)`);
}

/** A number for an INTEGER column. Throws `DATABASE_WRITE_FAILED` when it is not whole. */
export function wholeNumber(field: string, value: number): bigint {
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw refused(`${field} is ${value}, which is not a whole number`);
}

/** A row that the store itself refuses to write. */
export function refused(why: string): KeelFault {
  return new KeelFault(
    keelError(
      'DATABASE_WRITE_FAILED',
      'stop',
      `Not written: ${why}.`,
      'The last committed figures are intact. Report this with the log.',
    ),
  );
}
