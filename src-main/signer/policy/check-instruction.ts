/** One instruction against its row of the policy. */
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { decodeFields, type FieldValue } from '../decode/fields.ts';
import type { DecodedMessage, MessageInstruction, MessageKey } from '../decode/message.ts';
import type { IntentBindings } from './bindings.ts';
import { RULE_IDS, ruleOf, type InstructionRule, type RuleId } from './instruction-rules.ts';
import { instructionName, programName, TOKEN_2022_PROGRAM } from './programs.ts';
import { refuse } from './refusal.ts';

export interface CheckedInstruction {
  readonly rule: RuleId;
  readonly args: readonly FieldValue[];
  /** Addresses that must be writable. */
  readonly writes: readonly string[];
  /** Every address that it names, its program too. */
  readonly uses: readonly string[];
}

/** @param number the instruction's place, from 1. Refuses with the rule's name and the offending part. */
export function checkInstruction(
  message: DecodedMessage,
  number: number,
  instruction: MessageInstruction,
  bindings: IntentBindings,
): Result<CheckedInstruction, KeelError> {
  const { program, data } = instruction;
  const found = findRule(number, instruction, bindings);
  if (!found.ok) return found;
  const rule = ruleOf(found.value);
  const what = `Instruction ${number} (${rule.name})`;
  const args = checkArguments(what, rule, data, bindings);
  if (!args.ok) return args;
  const keys = instruction.accounts.flatMap((index) => message.keys[index] ?? []);
  const named = checkAccounts(what, rule, keys, bindings);
  if (named !== null) return err(named);
  const markets = keys.slice(rule.accounts.length);
  const market = checkMarkets(what, rule, keys, markets, bindings);
  if (market !== null) return err(market);
  const moved = rule.markets ? bindings.movedMarket : null;
  return ok({
    rule: found.value,
    args: args.value,
    writes: [
      ...keys.filter((_, i) => rule.accounts[i]?.writable === true).map((key) => key.address),
      ...(moved === null ? [] : [moved]),
    ],
    uses: [program, ...keys.map((key) => key.address)],
  });
}

function findRule(
  number: number,
  { program, data }: MessageInstruction,
  bindings: IntentBindings,
): Result<RuleId, KeelError> {
  const ofProgram = RULE_IDS.filter((id) => {
    const named = ruleOf(id).program;
    return (named === 'venue' ? bindings.intent.program : named) === program;
  });
  if (ofProgram.length === 0) return refuse('program', unknownProgram(number, program));
  const found = ofProgram.find((id) => ruleOf(id).mark.every((byte, i) => data[i] === byte));
  if (found) return ok(found);
  const name = instructionName(program, data);
  return refuse(
    'instruction',
    `Instruction ${number} is “${name}” of the ${programName(program) ?? 'venue'} program, which Keel never signs.`,
  );
}

function unknownProgram(number: number, program: MessageInstruction['program']): string {
  if (program === TOKEN_2022_PROGRAM) {
    return `Instruction ${number} calls the Token-2022 program: such tokens may change what a transfer does, and Keel does not sign for them.`;
  }
  return `Instruction ${number} calls the program ${program}, which Keel does not sign for.`;
}

function checkArguments(
  what: string,
  rule: InstructionRule,
  data: Uint8Array,
  bindings: IntentBindings,
): Result<readonly FieldValue[], KeelError> {
  const types = rule.args.map(({ type }) => type);
  const fields = decodeFields(types, data.subarray(rule.mark.length));
  if (!fields.ok) return refuse('argument', `${what} cannot be read: ${fields.error}.`);
  for (const [index, { name, is }] of rule.args.entries()) {
    const value = fields.value[index];
    const wanted = bindings.value(is);
    if (is === 'bounded' || (value === wanted && wanted !== null)) continue;
    return refuse(
      is === 'memo' ? 'memo' : 'argument',
      `${what} has the ${name} ${shown(value)}; the request has ${shown(wanted)}.`,
    );
  }
  return ok(fields.value);
}

function checkAccounts(
  what: string,
  rule: InstructionRule,
  keys: readonly MessageKey[],
  bindings: IntentBindings,
): KeelError | null {
  for (const [index, { role }] of rule.accounts.entries()) {
    const key = keys[index];
    const wanted = bindings.account(role);
    if (key !== undefined && key.address === wanted) continue;
    return refuse(
      'account',
      `Account ${index + 1} of instruction ${what.slice('Instruction '.length)} must be the ${role} ${wanted ?? '(none)'}; it is ${key?.address ?? 'missing'}.`,
    ).error;
  }
  return null;
}

/**
 * After the named accounts of a move: the moved market once and writable, then whatever markets and oracles the
 * account's margin needs, to be read only. The venue finds out for itself what they are.
 */
function checkMarkets(
  what: string,
  rule: InstructionRule,
  keys: readonly MessageKey[],
  markets: readonly MessageKey[],
  bindings: IntentBindings,
): KeelError | null {
  if (!rule.markets) {
    return markets[0] === undefined
      ? null
      : refuse('market-accounts', `${what} has the account ${markets[0].address} too many.`).error;
  }
  const moved = bindings.movedMarket;
  const named = new Set(keys.slice(0, rule.accounts.length).map((key) => key.address));
  const seen = new Set<string>();
  for (const key of markets) {
    const problem = marketProblem(key, key.address === moved, named, seen);
    if (problem !== null) {
      return refuse('market-accounts', `${what} ${problem}: ${key.address}.`).error;
    }
    seen.add(key.address);
  }
  if (moved !== null && seen.has(moved)) return null;
  return refuse('market-accounts', `${what} does not name the moved market ${moved ?? ''}.`).error;
}

function marketProblem(
  key: MessageKey,
  isMoved: boolean,
  named: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): string | null {
  if (key.isSigner) return 'has a signer among the markets';
  if (named.has(key.address)) return 'names one of its accounts again among the markets';
  if (seen.has(key.address)) return 'names a market twice';
  if (key.isWritable && !isMoved) return 'may write to an account that it must only read';
  return null;
}

function shown(value: FieldValue | null | undefined): string {
  if (value === null || value === undefined) return 'none';
  return typeof value === 'bigint' ? value.toString() : `“${value.slice(0, 80)}”`;
}
