/**
 * The signer's judgement of one message. It is for what the policy names, and refuses the rest: `instruction-rules.ts`
 * says what an instruction must be, `plans.ts` which ones an operation has, this file what holds for all messages.
 */
import type { SigningIntent } from '#domain/capital-intent.ts';
import { toDecimalString } from '#domain/decimal.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { ConfirmationLine } from '#domain/signer-window.ts';
import type { SigningLimits } from '#domain/signing.ts';
import type { Lamports, QuoteAmount } from '#domain/units.ts';
import { decodeMessage, withoutBlockhash, type DecodedMessage } from '../decode/message.ts';
import { IntentBindings } from './bindings.ts';
import { checkInstruction, type CheckedInstruction } from './check-instruction.ts';
import { checkIntent, type CheckedIntent } from './check-intent.ts';
import { checkOrder } from './check-order.ts';
import { feeOf } from './fee.ts';
import { planOf } from './plans.ts';
import { refuse, refused } from './refusal.ts';
import { ownValue, tokenName, wordsOf } from './words.ts';

export interface ExaminedMessage {
  /** For instance “Withdraw 1,500 USDC”. */
  readonly title: string;
  readonly lines: readonly ConfirmationLine[];
  readonly warnings: readonly string[];
  /** What the chain takes at most: signature and priority fee. */
  readonly feeLamports: Lamports;
  /** The signer's own count, of dollar coins alone; null: it has none. */
  readonly value: QuoteAmount | null;
  /** Whatever value the request tells: the signer does not know the token. */
  readonly mustBeTyped: boolean;
  /** What is typed to approve it; null where nothing moves. */
  readonly toType: { readonly amount: string; readonly symbol: string } | null;
  /** The message with its blockhash zeroed: equal for all messages that do the same. */
  readonly meaning: Uint8Array;
}

/**
 * Whether the message does exactly what the intent says and nothing else. Never throws, whatever the bytes.
 * Refuses with SIGNER_REFUSED; `details.rule` names the rule.
 */
export function examineMessage(
  message: Uint8Array,
  intent: SigningIntent,
  limits: SigningLimits,
): Result<ExaminedMessage, KeelError> {
  const decoded = decodeMessage(message);
  if (!decoded.ok) {
    return refuse('message-form', `The message is no proper Solana message: ${decoded.error}.`);
  }
  const checked = checkIntent(intent);
  if (!checked.ok) return checked;
  const problem = headProblem(decoded.value, intent);
  if (problem !== null) return err(problem);
  const instructions = checkInstructions(decoded.value, intent);
  if (!instructions.ok) return instructions;
  const keys = keyProblem(decoded.value, intent, instructions.value);
  if (keys !== null) return err(keys);
  const fee = feeOf(instructions.value, limits.maxPriorityFee);
  if (!fee.ok) return fee;
  return ok({
    ...wordsOf(intent, checked.value, instructions.value, fee.value),
    feeLamports: fee.value.total,
    value: ownValue(intent, checked.value),
    mustBeTyped: intent.token !== null && checked.value.pinned === null,
    toType: typedAmount(intent, checked.value),
    meaning: withoutBlockhash(message, decoded.value),
  });
}

function headProblem(message: DecodedMessage, intent: SigningIntent): KeelError | null {
  const { keys, requiredSignatures, lookups } = message;
  const payer = keys[0]?.address;
  if (payer !== intent.signerKey) {
    return refused(
      'fee-payer',
      `The fee payer is ${payer ?? 'missing'}, not the wallet ${intent.signerKey}.`,
    );
  }
  if (requiredSignatures !== 1) {
    return refused(
      'signers',
      `The message wants ${requiredSignatures} signatures, also that of ${keys[1]?.address ?? ''}; Keel signs alone.`,
    );
  }
  const table = lookups[0]?.table;
  return table === undefined
    ? null
    : refused('lookup-tables', `The message takes accounts from the lookup table ${table}.`);
}

function checkInstructions(
  message: DecodedMessage,
  intent: SigningIntent,
): Result<readonly CheckedInstruction[], KeelError> {
  const bindings = new IntentBindings(intent);
  const checked: CheckedInstruction[] = [];
  for (const [index, instruction] of message.instructions.entries()) {
    const one = checkInstruction(message, index + 1, instruction, bindings);
    if (!one.ok) return one;
    checked.push(one.value);
  }
  const order = checkOrder(checked, planOf(intent));
  return order === null ? ok(checked) : err(order);
}

/** Each account is used, and writable exactly where an instruction must write. The fee payer always is. */
function keyProblem(
  message: DecodedMessage,
  intent: SigningIntent,
  instructions: readonly CheckedInstruction[],
): KeelError | null {
  const writes = new Set<string>(instructions.flatMap((each) => each.writes));
  const uses = new Set<string>(instructions.flatMap((each) => each.uses));
  writes.add(intent.signerKey);
  for (const { address, isWritable } of message.keys) {
    if (!uses.has(address)) {
      return refused('unused-account', `No instruction uses the account ${address}.`);
    }
    if (isWritable && !writes.has(address)) {
      return refused('writable', `The account ${address} may be written to, and needs not.`);
    }
    if (!isWritable && writes.has(address)) {
      return refused('writable', `The account ${address} must be written to, and may not.`);
    }
  }
  return null;
}

function typedAmount(intent: SigningIntent, checked: CheckedIntent): ExaminedMessage['toType'] {
  const { token, amount } = intent;
  if (token === null || amount === null) return null;
  const text = toDecimalString(amount, token.decimals);
  return {
    amount: text.includes('.') ? text.replace(/\.?0+$/, '') : text,
    symbol: tokenName(token.mint, checked),
  };
}
