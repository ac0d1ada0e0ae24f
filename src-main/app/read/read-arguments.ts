import { parseArgs } from 'node:util';
import { z } from 'zod';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { address, type Address } from '#domain/ids.ts';

export const READ_USAGE = `Reads one sub-account from a node and prints its figures.

  npm run read -- --rpc URL --authority KEY --sub-account N [options]

  --rpc URL            HTTP address of the node
  --authority KEY      public key that owns the sub-account
  --sub-account N      its number, 0 … 65535
  --program ID         the venue's program            [Drift v2]
  --state-seed TEXT    seed of its state account      [drift_state]
  --commitment LEVEL   processed, confirmed, finalized [confirmed]
  --timeout MS         for each call                  [10000]
  --json               one JSON line, amounts in base units
`;

const DRIFT_V2_PROGRAM = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';

export interface ReadArguments {
  readonly rpc: string;
  readonly authority: Address;
  readonly subAccountId: number;
  readonly program: Address;
  readonly stateSeed: string;
  readonly commitment: 'processed' | 'confirmed' | 'finalized';
  readonly timeoutMs: number;
}

const OPTIONS = {
  rpc: { type: 'string' },
  authority: { type: 'string' },
  'sub-account': { type: 'string' },
  program: { type: 'string', default: DRIFT_V2_PROGRAM },
  'state-seed': { type: 'string', default: 'drift_state' },
  commitment: { type: 'string', default: 'confirmed' },
  timeout: { type: 'string', default: '10000' },
  json: { type: 'boolean', default: false },
} as const;

const wholeNumber = (highest: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().max(highest));

const publicKey = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);

const FIELDS = {
  rpc: {
    schema: z.url({ protocol: /^https?$/ }),
    remedy: 'Give the node’s address, for instance --rpc http://127.0.0.1:8899.',
  },
  authority: {
    schema: publicKey,
    remedy: 'Give the owner’s public key in base58, 32 to 44 characters.',
  },
  'sub-account': { schema: wholeNumber(65_535), remedy: 'Give a whole number from 0 to 65535.' },
  program: { schema: publicKey, remedy: 'Give the program’s public key in base58.' },
  'state-seed': {
    schema: z.string().min(1).max(32),
    remedy: 'Give a seed of 1 to 32 characters, for instance drift_state.',
  },
  commitment: {
    schema: z.enum(['processed', 'confirmed', 'finalized']),
    remedy: 'Give processed, confirmed or finalized.',
  },
  timeout: {
    schema: wholeNumber(600_000).pipe(z.number().min(1)),
    remedy: 'Give a number of milliseconds from 1 to 600000.',
  },
} as const;

type Field = keyof typeof FIELDS;

/** True when the answer shall be JSON, however wrong the other arguments are. */
export function wantsJson(argv: readonly string[]): boolean {
  return argv.includes('--json');
}

/** `INPUT_INVALID` names the first argument that is wrong, its value and what to give instead. */
export function parseReadArguments(argv: readonly string[]): Result<ReadArguments, KeelError> {
  const given = readOptions(argv);
  if (!given.ok) return given;
  const texts = given.value;
  for (const field of Object.keys(FIELDS) as Field[]) {
    const problem = problemOf(field, texts[field]);
    if (problem !== null) return err(problem);
  }
  return ok({
    rpc: FIELDS.rpc.schema.parse(texts.rpc),
    authority: address(FIELDS.authority.schema.parse(texts.authority)),
    subAccountId: FIELDS['sub-account'].schema.parse(texts['sub-account']),
    program: address(FIELDS.program.schema.parse(texts.program)),
    stateSeed: FIELDS['state-seed'].schema.parse(texts['state-seed']),
    commitment: FIELDS.commitment.schema.parse(texts.commitment),
    timeoutMs: FIELDS.timeout.schema.parse(texts.timeout),
  });
}

function readOptions(
  argv: readonly string[],
): Result<Readonly<Partial<Record<Field, string>>>, KeelError> {
  const args = withValuesJoined(argv);
  const valueless = args.find((arg) => isField(arg));
  if (valueless !== undefined) {
    return err(invalid(`${valueless} has no value`, FIELDS[fieldOf(valueless)].remedy));
  }
  try {
    return ok(parseArgs({ args, options: OPTIONS, strict: true }).values);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    const reason = text.split(/\n|\. /)[0] ?? text;
    return err(invalid(reason, 'Run the command without arguments to see what it takes.'));
  }
}

/** `--sub-account -1` is a wrong value, not an option: the value is joined, so that it is judged as one. */
function withValuesJoined(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const arg = argv[index] ?? '';
    const next = argv[index + 1];
    const takesNext = isField(arg) && next !== undefined && !next.startsWith('--');
    joined.push(takesNext ? `${arg}=${next}` : arg);
    if (takesNext) index += 1;
  }
  return joined;
}

function isField(arg: string): boolean {
  return arg.startsWith('--') && Object.hasOwn(FIELDS, arg.slice(2));
}

function fieldOf(arg: string): Field {
  return arg.slice(2) as Field;
}

function problemOf(field: Field, text: string | undefined): KeelError | null {
  const { schema, remedy } = FIELDS[field];
  if (text === undefined) return invalid(`--${field} is missing`, remedy);
  if (schema.safeParse(text).success) return null;
  // An address may hold a token: what follows the host is not repeated.
  const shown = field === 'rpc' ? text.replace(/^(\w+:\/\/[^/?#]*).*$/, '$1/…') : text;
  return invalid(`--${field} has the value “${shown}”, which it cannot have`, remedy);
}

function invalid(message: string, advice: string): KeelError {
  return keelError('INPUT_INVALID', 'fix-input', `${message.replace(/\.$/, '')}.`, advice);
}
