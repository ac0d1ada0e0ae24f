import type { TransactionInstruction } from '@solana/web3.js';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { BalanceChange, Expectation } from '#domain/capital-operation.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { Address } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { slot, tokenAmount } from '#domain/units.ts';
import type { CapitalPlan, CapitalSubject } from '#main/engine/ports.ts';
import { base58Of } from '../evaluate/base58.ts';
import type { VaultAccounts } from '../evaluate/vault-accounts.ts';
import { mismatch } from '../failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import type { CapitalContext } from './capital-context.ts';
import { instructionsOf } from './instructions.ts';
import { readForPlan, type PlanReading } from './plan-reading.ts';
import { priorityFeeOf } from './priority-fee.ts';
import { scaledBalanceIn } from './scaled-move.ts';
import { onChainSubject, type OnChainSubject } from './subject.ts';

/** The venue's own plan: behind the port it is only expectation and signer. */
export interface DriftPlan extends CapitalPlan {
  readonly signerKey: Address;
  readonly reading: PlanReading;
  /** Everything after the compute budget. */
  readonly instructions: readonly TransactionInstruction[];
  /** Lamports. */
  readonly priorityFee: bigint;
  /** Lamports that opening a sub-account takes beside the fees. */
  readonly createCost: bigint;
}

export async function planOperation(
  context: CapitalContext,
  session: EndpointSession,
  subject: CapitalSubject,
  facts: CapitalFacts,
  settings: CapitalSettings,
): Promise<Result<DriftPlan, KeelError>> {
  const chain = onChainSubject(subject);
  if (!chain.ok) return chain;
  const { intent, vault, toVault } = chain.value;
  const signerKey = signerFor(intent, facts);
  if (!signerKey.ok) return signerKey;
  const reading = await readForPlan(context, session, {
    vault,
    toVault,
    signerKey: signerKey.value,
    marketIndex: intent.kind === 'create-sub-account' ? null : intent.token.marketIndex,
    opens: intent.kind === 'create-sub-account',
    minSlot: facts.slot,
  });
  if (!reading.ok) return reading;
  const fits = checkReading(chain.value, facts, reading.value);
  if (!fits.ok) return fits;
  const { venue } = context;
  const instructions = await instructionsOf(venue.vendor, {
    operationId: subject.operation.id,
    intent,
    program: venue.deployment.program,
    stateKey: venue.addresses.state,
    authority: vault.authority,
    signerKey: signerKey.value,
    subAccountId: vault.subAccountId,
    toSubAccountId: toVault?.subAccountId ?? null,
    accounts: reading.value.accounts,
    toAccounts: reading.value.toAccounts,
    statsExist: reading.value.statsExist,
  });
  return ok({
    expectation: expectationOf(context, chain.value, reading.value),
    signerKey: signerKey.value,
    reading: reading.value,
    instructions,
    priorityFee: priorityFeeOf(settings),
    createCost: facts.createCost,
  });
}

function signerFor(
  intent: CapitalIntent,
  { signerKey, signerRole }: CapitalFacts,
): Result<Address, KeelError> {
  if (signerKey === null || signerRole === 'none') {
    return err(
      denied(
        'No key is held for this sub-account: it can be watched, not signed for.',
        'Import the key of its owner.',
      ),
    );
  }
  if (signerRole === 'delegate' && intent.kind !== 'deposit') {
    return err(
      denied(
        `The key ${signerKey} is the delegate of this sub-account: it may deposit, nothing else moves capital.`,
        'Import the key of its owner.',
      ),
    );
  }
  return ok(signerKey);
}

/** The intent is about the token and the sub-account that the chain has now. */
function checkReading(
  { intent, vault }: OnChainSubject,
  facts: CapitalFacts,
  { accounts, accountExists }: PlanReading,
): Result<null, KeelError> {
  if (intent.kind === 'create-sub-account') {
    if (accountExists || vault.subAccountId !== facts.nextSubAccountId) {
      return err(
        denied(
          `Sub-account ${vault.subAccountId} cannot be opened: the authority's next one is ${facts.nextSubAccountId}.`,
          'Ask for the next sub-account again.',
        ),
      );
    }
    return ok(null);
  }
  const { token } = intent;
  const market = accounts.spotMarkets.get(token.marketIndex);
  const what = `spot market ${token.marketIndex}`;
  const mint = market === undefined ? 'none' : base58Of(market.mint);
  if (mint !== token.mint) return err(mismatch(what, 'mint', mint, token.mint));
  return market?.decimals === token.decimals
    ? ok(null)
    : err(mismatch(what, 'decimals', String(market?.decimals), String(token.decimals)));
}

function expectationOf(
  { venue }: CapitalContext,
  { intent, vault, toVault }: OnChainSubject,
  reading: PlanReading,
): Expectation {
  const slotBefore = slot(reading.slot);
  if (intent.kind === 'create-sub-account') {
    return { slotBefore, changes: [], opensSubAccount: vault.subAccountId };
  }
  const { token, amount } = intent;
  const changeOf = (of: OnChainVault, accounts: VaultAccounts, change: bigint): BalanceChange => ({
    vaultId: of.id,
    symbol: token.symbol,
    marketIndex: token.marketIndex,
    decimals: token.decimals,
    change: tokenAmount(change),
    scaledBefore: scaledBalanceIn(venue.vendor, accounts.user, token.marketIndex),
  });
  const own = changeOf(vault, reading.accounts, intent.kind === 'deposit' ? amount : 0n - amount);
  const other =
    toVault === null || reading.toAccounts === null
      ? []
      : [changeOf(toVault, reading.toAccounts, amount)];
  return { slotBefore, changes: [own, ...other], opensSubAccount: null };
}

function denied(message: string, advice: string): KeelError {
  return keelError('CAPITAL_DENIED', 'fix-input', message, advice);
}
