import { checkCapital, limitsOf, type CheckedRequest, type Limit } from '#domain/check-capital.ts';
import type { CapitalFacts, TokenFacts } from '#domain/capital-facts.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { GateCode, GateReason } from '#domain/gate-reason.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import { quoteAmount, tokenAmount, type QuoteAmount, type TokenAmount } from '#domain/units.ts';

/** What stands against an act: a rule with its number, and what would pass. */
export interface Reason {
  readonly rule: string;
  readonly text: string;
  readonly wouldPass: string | null;
}

export interface MoveDraft {
  readonly kind: MoveKind;
  readonly vault: EngineVault;
  /** Of a transfer; undefined while there is none to choose. */
  readonly toVault: EngineVault | undefined;
  readonly token: TokenFacts;
  /** Null while none is typed: then only what forbids any amount is told. */
  readonly amount: TokenAmount | null;
}

const NO_TARGET: Reason = {
  rule: 'no-target',
  text: 'There is no other vault of the same owner on this network.',
  wouldPass: 'Open a new sub-account, or add one that exists.',
};

/** Every rule that the draft breaks, by the same reckoning as the engine's. */
export function reasonsAgainst(
  draft: MoveDraft,
  facts: CapitalFacts,
  settings: CapitalSettings,
  outflowToday: QuoteAmount,
): readonly Reason[] {
  const request = requestOf(draft);
  if (request === null) return [NO_TARGET];
  const reasons = checkCapital(request, facts, settings, { outflowToday });
  return draft.amount === null ? reasons.filter(({ rule }) => rule !== 'amount-positive') : reasons;
}

function requestOf({ kind, vault, toVault, token, amount }: MoveDraft): CheckedRequest | null {
  const common = {
    vault,
    marketIndex: token.token.marketIndex,
    amount: amount ?? tokenAmount(0n),
  };
  if (kind !== 'transfer') return { kind, ...common };
  return toVault === undefined ? null : { kind, toVault, ...common };
}

/** The most that may be moved now, and the rule that sets it. */
export function limitFor(
  { kind, token: { token } }: Pick<MoveDraft, 'kind' | 'token'>,
  facts: CapitalFacts,
  settings: CapitalSettings,
  outflowToday: QuoteAmount,
): Limit | null {
  const limits = limitsOf(facts, settings, { outflowToday });
  return limits.find((limit) => limit.token.marketIndex === token.marketIndex)?.[kind] ?? null;
}

export const reasonOfGate = ({ code, text, advice }: GateReason): Reason => ({
  rule: code,
  text,
  wouldPass: advice,
});

/** Rules of the reckoning that say the same as a reason of the gate. */
const SAME_AS_GATE: Readonly<Record<string, readonly GateCode[]>> = {
  'exchange-paused': ['exchange-paused'],
  'market-status': ['market-closed', 'market-paused', 'market-reduce-only'],
  'market-paused': ['market-paused'],
  'nobody-can-sign': ['no-key', 'key-delegate'],
};

/** Each thing is told once, by whoever knows it best: the gate. */
export const isToldByGate = ({ rule }: Reason, gate: readonly GateReason[]): boolean =>
  gate.some(({ code }) => SAME_AS_GATE[rule]?.includes(code) === true);

const DAY_MS = 86_400_000;
const NOTHING_LEFT = ['denied', 'rejected', 'expired'];

/** Value that left the vault in the last 24 hours, or may leave it still. */
export function outflowOf(
  id: VaultId,
  operations: Iterable<OperationView>,
  nowMs: number,
): QuoteAmount {
  let sum = 0n;
  for (const { operation } of operations) {
    const { intent } = operation;
    const isOutgoing = intent.kind === 'withdraw' || intent.kind === 'transfer';
    if (!isOutgoing || intent.vaultId !== id) continue;
    if (NOTHING_LEFT.includes(operation.state)) continue;
    if ((operation.endedAtMs ?? nowMs) < nowMs - DAY_MS) continue;
    sum += operation.value ?? 0n;
  }
  return quoteAmount(sum);
}
