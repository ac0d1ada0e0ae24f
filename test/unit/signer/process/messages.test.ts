import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToSigner } from '#domain/signer-protocol.ts';
import type { SignerAct } from '#domain/signer-window.ts';
import { address, operationId } from '#domain/ids.ts';
import { ok } from '#domain/result.ts';
import { quoteAmount } from '#domain/units.ts';
import { parseSignerAct, parseToSigner } from '#main/signer/process/messages.ts';

const KEY = address('HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk');
const limits = {
  confirmFrom: quoteAmount(1n),
  typeAmountFrom: quoteAmount(2n),
  maxPriorityFee: 3n,
  autoLockMs: 900_000,
};
const OPERATION = operationId('00000000-0000-4000-8000-000000000001');

const MESSAGES: readonly ToSigner[] = [
  {
    type: 'start',
    keysFolder: '/keys',
    logDirectory: '/logs',
    limits,
    liveLockedBecause: null,
    practiceKeyFile: null,
  },
  { type: 'limits', limits },
  { type: 'practice-key', file: '/practice/starter-keypair.json' },
  { type: 'lock', cause: 'suspend' },
  { type: 'activity' },
  { type: 'request', id: 1, request: { kind: 'rename', publicKey: KEY, name: 'New' } },
  { type: 'request', id: 2, request: { kind: 'remove-watch-only', publicKey: KEY } },
  {
    type: 'request',
    id: 3,
    request: { kind: 'add-watch-only', publicKey: KEY, name: 'W', networkKind: 'live' },
  },
  { type: 'withdraw-review', operationId: OPERATION },
  { type: 'window', number: 1, task: null },
  { type: 'window', number: 1, task: { kind: 'create', networkKind: 'practice' } },
  { type: 'window', number: 1, task: { kind: 'export', publicKey: KEY } },
  { type: 'window', number: 1, task: { kind: 'second-wrap', enable: true } },
  { type: 'picked', path: null },
  { type: 'picked', path: '/a/file.json' },
  { type: 'device-secret', secret: ok(new Uint8Array(32)) },
  { type: 'stop' },
];

const ACTS: readonly SignerAct[] = [
  { kind: 'passphrase', passphrase: Uint8Array.of(1) },
  { kind: 'new-passphrase', current: null, passphrase: Uint8Array.of(1), secondWrap: true },
  { kind: 'phrase-noted' },
  { kind: 'phrase-checked', words: Uint8Array.of(1) },
  { kind: 'import-text', text: Uint8Array.of(1), phrasePassword: new Uint8Array() },
  { kind: 'import-file' },
  { kind: 'choose', ids: ['0', '1'] },
  { kind: 'name', name: 'Main' },
  { kind: 'confirm', typed: null },
  { kind: 'decline' },
  { kind: 'back' },
  { kind: 'close' },
];

describe('what reaches the signer', () => {
  it('is taken as the contract has it', () => {
    for (const message of MESSAGES) expect(parseToSigner(message)).toEqual(ok(message));
    for (const act of ACTS) expect(parseSignerAct(act)).toEqual(ok(act));
  });

  it('is dropped with a field too many, too few or of another kind', () => {
    for (const [parse, all] of [
      [parseToSigner, MESSAGES],
      [parseSignerAct, ACTS],
    ] as const) {
      for (const message of all) {
        expect(parse({ ...message, extra: 1 }).ok).toBe(false);
        for (const key of Object.keys(message)) {
          const { [key]: _, ...rest } = message as unknown as Record<string, unknown>;
          expect(parse(rest).ok, `${Object.values(message)[0]} without ${key}`).toBe(false);
          expect(parse({ ...message, [key]: Symbol('other') }).ok).toBe(false);
        }
      }
    }
  });

  it('is dropped where a value is not sound', () => {
    for (const message of [
      { ...MESSAGES[0], keysFolder: 'relative/keys' },
      { type: 'picked', path: '../elsewhere' },
      { type: 'lock', cause: 'because' },
      { type: 'window', number: 1, task: { kind: 'export', publicKey: 'O0Il' } },
      { type: 'window', number: 1, task: { kind: 'constructor' } },
      { type: '__proto__' },
      { type: 'limits', limits: { ...limits, confirmFrom: 1 } },
      { type: 'limits', limits: { ...limits, autoLockMs: Number.POSITIVE_INFINITY } },
      { type: 'request', id: 1, request: { kind: 'review', review: 'text' } },
    ]) {
      expect(parseToSigner(message).ok).toBe(false);
    }
  });

  it('never makes the parser throw', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withTypedArray: true }), (message) => {
        expect(parseToSigner(message).ok).toBe(false);
        expect(parseSignerAct(message).ok).toBe(false);
      }),
    );
  });
});
