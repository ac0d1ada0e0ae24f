/** Arguments of an instruction: fixed fields, one after the other, to the last byte. */
import { base58 } from '@scure/base';
import { assertNever } from '#domain/assert-never.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { ByteReader, Malformed } from './byte-reader.ts';

/** `text64` has its length before it, in eight bytes; `rest` is text up to the end. */
export type FieldType =
  'u8' | 'u16' | 'u32' | 'u64' | 'bool' | 'key' | 'bytes32' | 'text64' | 'rest';

/** Numbers as bigints (a bool is 0 or 1), keys as base58, bytes as hexadecimal, texts as they are. */
export type FieldValue = bigint | string;

/** The failure says in words what is wrong with the bytes. */
export function decodeFields(
  types: readonly FieldType[],
  data: Uint8Array,
): Result<readonly FieldValue[], string> {
  const reader = new ByteReader(data);
  try {
    const values = types.map((type, index) => readField(reader, type, `argument ${index + 1}`));
    reader.end('its arguments');
    return ok(values);
  } catch (error) {
    if (error instanceof Malformed) return err(error.message);
    throw error;
  }
}

function readField(reader: ByteReader, type: FieldType, what: string): FieldValue {
  switch (type) {
    case 'u8':
      return BigInt(reader.u8(what));
    case 'u16':
      return BigInt(reader.u16(what));
    case 'u32':
      return BigInt(reader.u32(what));
    case 'u64':
      return reader.u64(what);
    case 'bool':
      return readBool(reader, what);
    case 'key':
      return base58.encode(reader.bytes(32, what));
    case 'bytes32':
      return Buffer.from(reader.bytes(32, what)).toString('hex');
    case 'text64':
      return readText(reader, reader.u64(what), what);
    case 'rest':
      return readText(reader, BigInt(reader.left), what);
    default:
      return assertNever(type, 'field type');
  }
}

function readBool(reader: ByteReader, what: string): bigint {
  const byte = reader.u8(what);
  if (byte > 1) throw new Malformed(`${what} is neither true nor false`);
  return BigInt(byte);
}

function readText(reader: ByteReader, length: bigint, what: string): string {
  if (length > BigInt(reader.left)) throw new Malformed(`${what} is cut short`);
  const bytes = reader.bytes(Number(length), what);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed(`${what} is not UTF-8`);
  }
}
