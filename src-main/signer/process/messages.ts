/** What reaches the signer from outside, parsed. A request to sign is parsed by the signing service itself. */
import { isAbsolute } from 'node:path';
import { operationId, type OperationId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { SignerRequest, ToSigner } from '#domain/signer-protocol.ts';
import type { LockCause, SignerTask } from '#domain/signer-state.ts';
import type { SignerAct } from '#domain/signer-window.ts';
import type { ReviewRequest, SigningLimits, SignRequest } from '#domain/signing.ts';
import { quoteAmount } from '#domain/units.ts';
import { addressParser } from '../keys/key-file.ts';
import {
  asFields,
  bigInteger,
  byteArray,
  listOf,
  mapped,
  matching,
  nullable,
  oneOf,
  parseWith,
  record,
  refuse,
  tagged,
  text,
  wholeNumber,
  yesOrNo,
  type Parser,
} from '../parse.ts';

const MAX_SECRET_BYTES = 16_384;
const MAX_PATH_LENGTH = 4_096;
const MAX_AMOUNT = 2n ** 64n - 1n;
const MAX_DAY_MS = 86_400_000;

const networkKind = oneOf('practice', 'live');

const absolutePath: Parser<string> = (value, path) => {
  const parsed = text(MAX_PATH_LENGTH, 1)(value, path);
  return isAbsolute(parsed) ? parsed : refuse(path, 'an absolute path');
};

const limits: Parser<SigningLimits> = record({
  confirmFrom: mapped(bigInteger(0n, MAX_AMOUNT), quoteAmount),
  typeAmountFrom: mapped(bigInteger(0n, MAX_AMOUNT), quoteAmount),
  maxPriorityFee: bigInteger(0n, MAX_AMOUNT),
  autoLockMs: wholeNumber(1_000, MAX_DAY_MS),
});

const operation: Parser<OperationId> = mapped(
  matching(/^[0-9a-f-]{36}$/, 'the id of an operation'),
  operationId,
);

/** Passed on as it is: the signing service reads it field by field. */
const unread =
  <Value>(): Parser<Value> =>
  (value, path) =>
    asFields(value, path) as Value;

const request: Parser<SignerRequest> = tagged('kind', {
  review: record({ kind: oneOf('review'), review: unread<ReviewRequest>() }),
  sign: record({ kind: oneOf('sign'), sign: unread<SignRequest>() }),
  rename: record({ kind: oneOf('rename'), publicKey: addressParser, name: text(200) }),
  'add-watch-only': record({
    kind: oneOf('add-watch-only'),
    publicKey: addressParser,
    name: text(200),
    networkKind,
  }),
  'remove-watch-only': record({ kind: oneOf('remove-watch-only'), publicKey: addressParser }),
});

const task: Parser<SignerTask> = tagged('kind', {
  create: record({ kind: oneOf('create'), networkKind }),
  import: record({ kind: oneOf('import'), networkKind }),
  'import-practice-key': record({ kind: oneOf('import-practice-key') }),
  unlock: record({ kind: oneOf('unlock') }),
  export: record({ kind: oneOf('export'), publicKey: addressParser }),
  remove: record({ kind: oneOf('remove'), publicKey: addressParser }),
  'change-passphrase': record({ kind: oneOf('change-passphrase') }),
  'second-wrap': record({ kind: oneOf('second-wrap'), enable: yesOrNo }),
});

const lockCause: Parser<LockCause> = oneOf(
  'start',
  'idle',
  'suspend',
  'screen-lock',
  'request',
  'too-many-attempts',
);

const deviceSecret: Parser<Result<Uint8Array, KeelError>> = (value, path) => {
  const { ok: isOk } = asFields(value, path);
  if (isOk === true) {
    return ok(record({ ok: oneTrue, value: byteArray(1_024) })(value, path).value);
  }
  const { error } = asFields(value, path);
  const { message, advice } = asFields(error, `${path}.error`);
  // Whatever code it came with: to the signer there is one meaning.
  return err(
    keelError(
      'SECRET_STORE_UNAVAILABLE',
      'operator',
      text(500, 1)(message, `${path}.error.message`),
      text(500, 1)(advice, `${path}.error.advice`),
    ),
  );
};

const oneTrue: Parser<true> = (value, path) => (value === true ? true : refuse(path, 'true'));

const toSigner: Parser<ToSigner> = tagged('type', {
  start: record({
    type: oneOf('start'),
    keysFolder: absolutePath,
    logDirectory: absolutePath,
    limits,
    liveLockedBecause: nullable(text(2_000, 1)),
    practiceKeyFile: nullable(absolutePath),
  }),
  limits: record({ type: oneOf('limits'), limits }),
  'practice-key': record({ type: oneOf('practice-key'), file: absolutePath }),
  lock: record({ type: oneOf('lock'), cause: lockCause }),
  activity: record({ type: oneOf('activity') }),
  request: record({
    type: oneOf('request'),
    id: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    request,
  }),
  'withdraw-review': record({ type: oneOf('withdraw-review'), operationId: operation }),
  window: record({
    type: oneOf('window'),
    number: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    task: nullable(task),
  }),
  picked: record({ type: oneOf('picked'), path: nullable(absolutePath) }),
  'device-secret': record({ type: oneOf('device-secret'), secret: deviceSecret }),
  stop: record({ type: oneOf('stop') }),
});

const secret = byteArray(MAX_SECRET_BYTES);

const signerAct: Parser<SignerAct> = tagged('kind', {
  passphrase: record({ kind: oneOf('passphrase'), passphrase: secret }),
  'new-passphrase': record({
    kind: oneOf('new-passphrase'),
    current: nullable(secret),
    passphrase: secret,
    secondWrap: yesOrNo,
  }),
  'phrase-noted': record({ kind: oneOf('phrase-noted') }),
  'phrase-checked': record({ kind: oneOf('phrase-checked'), words: secret }),
  'import-text': record({ kind: oneOf('import-text'), text: secret, phrasePassword: secret }),
  'import-file': record({ kind: oneOf('import-file') }),
  choose: record({ kind: oneOf('choose'), ids: listOf(text(8), 100) }),
  name: record({ kind: oneOf('name'), name: text(200) }),
  confirm: record({ kind: oneOf('confirm'), typed: nullable(text(200)) }),
  decline: record({ kind: oneOf('decline') }),
  back: record({ kind: oneOf('back') }),
  close: record({ kind: oneOf('close') }),
});

/** Error: place and expectation, without the value. */
export function parseToSigner(message: unknown): Result<ToSigner, string> {
  return parseWith(toSigner, message);
}

/** Error: place and expectation, without the value. */
export function parseSignerAct(message: unknown): Result<SignerAct, string> {
  return parseWith(signerAct, message);
}
