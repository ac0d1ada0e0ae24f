/** A fresh read of a vault, and every rule of C2 checked on it: figures are read anew for each operation. */
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import { checkCapital, type CheckedRequest } from '#domain/check-capital.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { valueOf } from '#domain/token-amount.ts';
import { quoteAmount, unixMs, type QuoteAmount } from '#domain/units.ts';
import type { EngineDeps } from '../engine.ts';
import { engineFault } from '../engine-errors.ts';
import type { CapitalSubject, CapitalVenue, Clock } from '../ports.ts';
import { capitalDenied, subAccountTaken, tokenChanged } from './capital-errors.ts';

/** What one read of the venue saw, and when it began. */
export interface Look {
  readonly venue: CapitalVenue;
  readonly facts: CapitalFacts;
  readonly atMs: number;
  readonly monotonicMs: number;
}

interface LookPorts {
  readonly deps: Pick<EngineDeps, 'clock' | 'journal'>;
  readonly settings: () => CapitalSettings;
}

/** A look older than this is not built on: it is taken anew. */
const FRESH_MS = 15_000;
const DAY_MS = 86_400_000;

export function isFresh(look: Look, clock: Clock, mostMs = FRESH_MS): boolean {
  // Both clocks: one does not count while the computer sleeps, the other can be set.
  const ages = [clock.monotonicMs() - look.monotonicMs, Math.abs(clock.nowMs() - look.atMs)];
  return ages.every((age) => age <= mostMs);
}

export async function lookAt(
  venue: CapitalVenue,
  vault: EngineVault,
  { deps, settings }: LookPorts,
): Promise<Result<Look, KeelError>> {
  const atMs = deps.clock.nowMs();
  const monotonicMs = deps.clock.monotonicMs();
  const facts = await venue.readFacts(vault, settings());
  return facts.ok ? ok({ venue, facts: facts.value, atMs, monotonicMs }) : facts;
}

/**
 * Why the request is denied; null: no rule is broken. The error of the result: the journal cannot be read.
 * @param ownValue of the operation itself, where it is on record and in the journal's sum already.
 */
export function denialOf(
  request: CheckedRequest,
  facts: CapitalFacts,
  { deps, settings }: LookPorts,
  ownValue: bigint,
): Result<KeelError | null, KeelError> {
  const outgoing = request.kind === 'withdraw' || request.kind === 'transfer';
  const outflow = outgoing ? outflowToday(request.vault.id, deps, ownValue) : ok(quoteAmount(0n));
  if (!outflow.ok) return outflow;
  const refusals = checkCapital(request, facts, settings(), { outflowToday: outflow.value });
  return ok(refusals.length === 0 ? null : capitalDenied(refusals));
}

/** The same for an operation on record, on figures of now. */
export function recheck(
  { vault, toVault, operation }: CapitalSubject,
  facts: CapitalFacts,
  ports: LookPorts,
): Result<KeelError | null, KeelError> {
  const { intent, value } = operation;
  if (intent.kind === 'create-sub-account') {
    const { kind, accountName } = intent;
    const wanted = intent.vault.subAccountId;
    return facts.nextSubAccountId === wanted
      ? denialOf({ kind, accountName }, facts, ports, 0n)
      : ok(subAccountTaken(wanted, facts.nextSubAccountId));
  }
  const { token, amount } = intent;
  const { marketIndex } = token;
  const now = facts.tokens.find((each) => each.token.marketIndex === marketIndex)?.token;
  if (now !== undefined && (now.mint !== token.mint || now.decimals !== token.decimals)) {
    return ok(tokenChanged(token, now));
  }
  const request: CheckedRequest =
    intent.kind === 'transfer' && toVault !== null
      ? { kind: 'transfer', vault, toVault, marketIndex, amount }
      : { kind: intent.kind === 'deposit' ? 'deposit' : 'withdraw', vault, marketIndex, amount };
  return denialOf(request, facts, ports, value ?? 0n);
}

function outflowToday(
  vault: VaultId,
  { clock, journal }: LookPorts['deps'],
  ownValue: bigint,
): Result<QuoteAmount, KeelError> {
  try {
    const sum = journal.sumOutflow(vault, unixMs(clock.nowMs() - DAY_MS)) - ownValue;
    return ok(quoteAmount(sum > 0n ? sum : 0n));
  } catch (thrown) {
    return err(engineFault('adding up what has left the vault', thrown));
  }
}

/** At the oracle price, rounded up; null where no valid price is known, or nothing moves. */
export function valueOfIntent(intent: CapitalIntent, facts: CapitalFacts): QuoteAmount | null {
  if (intent.kind === 'create-sub-account') return null;
  const { token, amount } = intent;
  const of = facts.tokens.find((each) => each.token.marketIndex === token.marketIndex);
  const price = of?.oraclePrice ?? null;
  return price === null || price <= 0n ? null : valueOf(amount, price, token.decimals);
}
