import {
  AddressLookupTableAccount,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedMessage,
} from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, withoutBlockhash } from '#main/signer/decode/message.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new PublicKey(bytes));
const instruction = fc
  .record({
    programId: key,
    keys: fc.array(fc.record({ pubkey: key, isSigner: fc.boolean(), isWritable: fc.boolean() }), {
      maxLength: 6,
    }),
    data: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  })
  .map((fields) => new TransactionInstruction(fields));
const anyMessage = fc.record({
  payer: key,
  instructions: fc.array(instruction, { minLength: 1, maxLength: 4 }),
  blockhash: key.map((bytes) => bytes.toBase58()),
  version: fc.constantFrom('legacy' as const, 0 as const),
  tables: fc.boolean(),
});

/** Undefined where web3.js cannot write it in one packet. */
function compiled(fields: typeof anyMessage extends fc.Arbitrary<infer T> ? T : never) {
  const message = new TransactionMessage({
    payerKey: fields.payer,
    recentBlockhash: fields.blockhash,
    instructions: fields.instructions,
  });
  const first = fields.instructions[0]?.keys[0]?.pubkey ?? fields.payer;
  const table = new AddressLookupTableAccount({
    key: new PublicKey(new Uint8Array(32).fill(3)),
    state: {
      deactivationSlot: 2n ** 64n - 1n,
      lastExtendedSlot: 1,
      lastExtendedSlotStartIndex: 0,
      addresses: [first],
    },
  });
  const bytes =
    fields.version === 0
      ? message.compileToV0Message(fields.tables ? [table] : []).serialize()
      : Uint8Array.from(message.compileToLegacyMessage().serialize());
  return bytes.length <= 1167 ? bytes : undefined;
}

/** Both decoders' results in one shape. */
function seenByWeb3(bytes: Uint8Array) {
  const message = VersionedMessage.deserialize(bytes);
  return {
    version: message.version,
    requiredSignatures: message.header.numRequiredSignatures,
    keys: message.staticAccountKeys.map((each, index) => ({
      address: each.toBase58(),
      isSigner: message.isAccountSigner(index),
      isWritable: message.isAccountWritable(index),
    })),
    instructions: message.compiledInstructions.map((each) => ({
      program: message.staticAccountKeys[each.programIdIndex]?.toBase58(),
      accounts: [...each.accountKeyIndexes],
      data: [...each.data],
    })),
    lookups: message.addressTableLookups.map((each) => ({
      table: each.accountKey.toBase58(),
      writable: [...each.writableIndexes],
      readonly: [...each.readonlyIndexes],
    })),
  };
}

function seenBySigner(bytes: Uint8Array) {
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) throw new Error(decoded.error);
  const { version, requiredSignatures, keys, instructions, lookups } = decoded.value;
  return {
    version,
    requiredSignatures,
    keys,
    instructions: instructions.map((each) => ({ ...each, data: [...each.data] })),
    lookups,
  };
}

describe('decoding of messages', () => {
  it('reads what web3.js writes as web3.js reads it', () => {
    fc.assert(
      fc.property(anyMessage, (fields) => {
        const bytes = compiled(fields);
        fc.pre(bytes !== undefined);
        expect(seenBySigner(bytes)).toEqual(seenByWeb3(bytes));
      }),
      { numRuns: 150 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1300 }), (bytes) => {
        expect(typeof decodeMessage(bytes).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes altered bytes only where web3.js reads the same and writes the same again', () => {
    const change = fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) });
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(anyMessage, changes, (fields, edits) => {
        const bytes = compiled(fields);
        fc.pre(bytes !== undefined);
        const altered = Uint8Array.from(bytes);
        for (const { at, to } of edits) altered[at % altered.length] = to;
        const decoded = decodeMessage(altered);
        if (!decoded.ok) return;
        expect(seenBySigner(altered)).toEqual(seenByWeb3(altered));
        expect([...VersionedMessage.deserialize(altered).serialize()]).toEqual([...altered]);
      }),
      { numRuns: 400 },
    );
  });

  it('zeroes the blockhash and nothing else', () => {
    fc.assert(
      fc.property(anyMessage, (fields) => {
        const bytes = compiled(fields);
        const other = compiled({ ...fields, blockhash: '11111111111111111111111111111111' });
        fc.pre(bytes !== undefined && other !== undefined);
        const decoded = decodeMessage(bytes);
        expect(decoded.ok && withoutBlockhash(bytes, decoded.value)).toEqual(other);
      }),
      { numRuns: 50 },
    );
  });
});

describe('form of messages', () => {
  const filled = (byte: number) => Array.from({ length: 32 }, () => byte);
  const blockhash = filled(1);
  const keys = [2, 3, 4].map(filled);
  const body = [3, ...keys.flat(), ...blockhash, 1, 2, 2, 0, 1, 1, 9];
  const legacy = (bytes: number[] = body) => Uint8Array.of(1, 0, 1, ...bytes);

  it('takes the plain form', () => {
    expect(decodeMessage(legacy()).ok).toBe(true);
    expect(decodeMessage(Uint8Array.of(0x80, ...legacy(), 0)).ok).toBe(true);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', Uint8Array.of(), /cut short/],
    ['a byte too many', Uint8Array.of(...legacy(), 0), /1 bytes follow/],
    ['a byte too few', legacy().slice(0, -1), /cut short/],
    ['version 1', Uint8Array.of(0x81, ...legacy(), 0), /version is 1/],
    ['version 0 without lookups', Uint8Array.of(0x80, ...legacy()), /cut short/],
    ['no signer', Uint8Array.of(0, 0, 1, ...body), /nobody signs/],
    ['a read-only fee payer', Uint8Array.of(1, 1, 1, ...body), /fee payer is read-only/],
    ['more signers than accounts', Uint8Array.of(4, 0, 0, ...body), /more accounts/],
    ['more read-only than accounts', Uint8Array.of(1, 0, 3, ...body), /more accounts/],
    [
      'an account twice',
      legacy([3, ...(keys[0] ?? []), ...(keys[0] ?? []), ...(keys[2] ?? []), ...blockhash, 0]),
      /twice/,
    ],
    ['a long number of accounts', legacy([0x83, 0, ...body.slice(1)]), /longer than it needs/],
    ['a longer one', legacy([0x83, 0x80, 0, ...body.slice(1)]), /longer than it needs/],
    ['a number without end', legacy([0x83, 0x80, 0x80, 0, ...body.slice(1)]), /more than three/],
    ['a number above 65,535', legacy([0xff, 0xff, 0x7f, ...body.slice(1)]), /above 65,535/],
    ['the fee payer as program', legacy(body.with(-6, 0)), /fee payer as a program/],
    ['a program outside', legacy(body.with(-6, 3)), /not in it/],
    ['an account outside', legacy(body.with(-4, 3)), /uses account 3/],
    ['an empty lookup', Uint8Array.of(0x80, ...legacy(), 1, ...blockhash, 0, 0), /no account/],
    ['too many bytes', new Uint8Array(1168), /more than 1167/],
  ])('refuses %s', (_, bytes, words) => {
    const decoded = decodeMessage(bytes);
    expect(decoded.ok).toBe(false);
    expect(decoded.ok ? '' : decoded.error).toMatch(words);
  });
});
