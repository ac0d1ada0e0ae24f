import type { SpotMarketAccount, UserAccount } from '@drift-labs/sdk';
import type { BalanceChange, SimulatedChange } from '#domain/capital-operation.ts';
import type { OnChainVault } from '#domain/engine-vault.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { lamports, slot, tokenAmount } from '#domain/units.ts';
import type { CapitalSubject } from '#main/engine/ports.ts';
import { base58Of } from '../evaluate/base58.ts';
import type { VaultAccounts } from '../evaluate/vault-accounts.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import type { CapitalContext } from './capital-context.ts';
import { compileMessage, NO_BLOCKHASH, wireOf } from './message.ts';
import type { DriftPlan } from './plan.ts';
import { programRefusal, programsOf } from './program-errors.ts';
import { indexesOf, scaledBalanceIn, scaledRange } from './scaled-move.ts';
import { simulateWire, type SimulationReply } from './simulation-reply.ts';
import { onChainSubject, type OnChainSubject } from './subject.ts';
import { checkWallet, type WalletChange } from './simulated-wallet.ts';
import { unlikely } from './unlikely.ts';

/** A market's index grows by a share of a percent between a read and its simulation, however dear the loans. */
const MOST_GROWTH = 100n;

/**
 * What the node says would happen. It is shown, never trusted; but a node whose answer is not what the intent
 * implies is either wrong or tells of another account, and nothing is signed on its word.
 */
export async function simulateOperation(
  context: CapitalContext,
  session: EndpointSession,
  subject: CapitalSubject,
  plan: DriftPlan,
): Promise<Result<SimulatedChange, KeelError>> {
  const chain = onChainSubject(subject);
  if (!chain.ok) return chain;
  const { vendor, deployment } = context.venue;
  const { signerKey, instructions, priorityFee, reading } = plan;
  const message = compileMessage(vendor, {
    signerKey,
    instructions,
    priorityFee,
    unitsUsed: null,
    blockhash: NO_BLOCKHASH,
  });
  if (!message.ok) return message;
  const wire = wireOf(message.value).toString('base64');
  const addresses = addressesOf(context, chain.value, plan);
  const reply = await simulateWire(session, wire, addresses, context.commitment, reading.slot);
  if (!reply.ok) return reply;
  if (reply.value.error !== null) {
    return err(
      programRefusal(vendor, 'SIMULATION_FAILED', {
        error: reply.value.error,
        programs: programsOf(vendor, message.value),
        venueProgram: deployment.program,
      }),
    );
  }
  return changeOf(context, chain.value, plan, reply.value);
}

function addressesOf(
  { venue }: CapitalContext,
  { intent }: OnChainSubject,
  { reading, signerKey }: DriftPlan,
): readonly string[] {
  const { accounts, toAccounts, walletToken } = reading;
  const moves = intent.kind === 'deposit' || intent.kind === 'withdraw';
  return [
    accounts.userKey,
    ...(toAccounts === null ? [] : [toAccounts.userKey]),
    signerKey,
    ...(intent.kind === 'create-sub-account'
      ? []
      : [venue.addresses.spotMarket(intent.token.marketIndex)]),
    ...(moves && walletToken !== null ? [walletToken.address] : []),
  ];
}

function changeOf(
  context: CapitalContext,
  subject: OnChainSubject,
  plan: DriftPlan,
  reply: SimulationReply,
): Result<SimulatedChange, KeelError> {
  const { reading } = plan;
  const market = marketAfter(context, subject, plan, reply);
  if (!market.ok) return market;
  const sides: readonly (readonly [OnChainVault, VaultAccounts])[] = [
    [subject.vault, reading.accounts],
    ...(subject.toVault === null || reading.toAccounts === null
      ? []
      : [[subject.toVault, reading.toAccounts] as const]),
  ];
  const after: SimulatedChange['after'][number][] = [];
  for (const [vault, before] of sides) {
    const accounts = accountsAfter(context, vault, before, market.value, reply);
    if (!accounts.ok) return accounts;
    const asExpected = checkBalances(context, vault, plan, before, accounts.value);
    if (!asExpected.ok) return asExpected;
    const snapshot = context.venue.valuate(accounts.value, reading.observedAtMs);
    if (!snapshot.ok) return snapshot;
    after.push({ vaultId: vault.id, snapshot: snapshot.value });
  }
  const wallet = checkWallet(context.venue, subject, plan, reply);
  if (!wallet.ok) return wallet;
  return ok({ ...walletWords(wallet.value), after, ...measures(reply) });
}

const walletWords = ({ lamportsChange, tokenChange }: WalletChange) => ({
  walletLamportsChange: lamports(lamportsChange),
  walletTokenChange: tokenChange === null ? null : tokenAmount(tokenChange),
});

const measures = ({ slot: seen, unitsConsumed }: SimulationReply) => ({
  slot: slot(seen),
  computeUnits: unitsConsumed,
});

/** The moved token's market as it would be: its interest is what the new balances are to be read with. */
function marketAfter(
  { venue }: CapitalContext,
  { intent }: OnChainSubject,
  { reading }: DriftPlan,
  reply: SimulationReply,
): Result<SpotMarketAccount | null, KeelError> {
  if (intent.kind === 'create-sub-account') return ok(null);
  const { marketIndex } = intent.token;
  const key = venue.addresses.spotMarket(marketIndex);
  const raw = reply.accounts.get(key) ?? null;
  if (raw === null) return err(unlikely(`spot market ${marketIndex} would be gone`));
  const market = venue.cache.decode('SpotMarket', `spot market ${marketIndex}`, key, raw);
  if (!market.ok) return err(unlikely(market.error.message));
  const before = reading.accounts.spotMarkets.get(marketIndex);
  if (before === undefined || market.value.marketIndex !== marketIndex) {
    return err(unlikely(`another market stands in the place of spot market ${marketIndex}`));
  }
  const [from, to] = [indexesOf(venue.vendor, before), indexesOf(venue.vendor, market.value)];
  return grewALittle(from.deposit, to.deposit) && grewALittle(from.borrow, to.borrow)
    ? market
    : err(unlikely(`the interest of spot market ${marketIndex} would jump`));
}

function grewALittle(before: bigint, after: bigint): boolean {
  return after >= before && after - before <= before / MOST_GROWTH;
}

function accountsAfter(
  { venue }: CapitalContext,
  vault: OnChainVault,
  before: VaultAccounts,
  market: SpotMarketAccount | null,
  reply: SimulationReply,
): Result<VaultAccounts, KeelError> {
  const raw = reply.accounts.get(before.userKey) ?? null;
  if (raw === null) return err(unlikely(`sub-account ${vault.subAccountId} would not exist`));
  const user = venue.cache.decode('User', `sub-account ${vault.subAccountId}`, before.userKey, raw);
  if (!user.ok) return err(unlikely(user.error.message));
  const { authority, subAccountId } = user.value;
  if (base58Of(authority) !== vault.authority || subAccountId !== vault.subAccountId) {
    const whose = `sub-account ${subAccountId} of ${base58Of(authority)}`;
    return err(unlikely(`${whose} stands in the place of sub-account ${vault.subAccountId}`));
  }
  const spotMarkets =
    market === null
      ? before.spotMarkets
      : new Map([...before.spotMarkets, [market.marketIndex, market]]);
  return ok({ ...before, slot: reply.slot, user: user.value, spotMarkets });
}

/** The moved balance by exactly the amount, within the program's rounding; no other balance at all. */
function checkBalances(
  { venue }: CapitalContext,
  vault: OnChainVault,
  { expectation }: DriftPlan,
  before: VaultAccounts,
  after: VaultAccounts,
): Result<null, KeelError> {
  const { vendor } = venue;
  const change = expectation.changes.find(({ vaultId }) => vaultId === vault.id);
  const moved = change?.marketIndex ?? null;
  if (holdingsWithout(venue, before.user, moved) !== holdingsWithout(venue, after.user, moved)) {
    return err(unlikely(`sub-account ${vault.subAccountId} would change in other positions`));
  }
  if (change === undefined) return ok(null);
  const market = after.spotMarkets.get(change.marketIndex);
  if (market === undefined) return err(unlikely('the market of the moved token is missing'));
  const indexes = indexesOf(vendor, market);
  const { scaledBefore, decimals } = change;
  const range = scaledRange(scaledBefore, change.change, decimals, indexes, indexes);
  const scaled = scaledBalanceIn(vendor, after.user, change.marketIndex);
  if (scaled >= range.lowest && scaled <= range.highest) {
    return change.change < 0n && scaled < 0n ? err(wouldBorrow(vault, change)) : ok(null);
  }
  return err(
    unlikely(
      `the ${change.symbol} of sub-account ${vault.subAccountId} would go from ${scaledBefore} to ${scaled} units of balance, where ${range.lowest} to ${range.highest} were expected`,
    ),
  );
}

/** The balance fell after the rules were checked on it: the program would lend what is missing. */
function wouldBorrow({ subAccountId }: OnChainVault, { symbol }: BalanceChange): KeelError {
  return keelError(
    'CAPITAL_DENIED',
    'fix-input',
    `Sub-account ${subAccountId} holds less ${symbol} than is to leave it: the rest would be borrowed.`,
    'Its balance was changed elsewhere a moment ago. Ask again, for no more than it holds.',
    { rules: 'vault-balance' },
  );
}

/** Everything that the account holds but the one balance, as text to compare. */
function holdingsWithout(
  { vendor }: CapitalContext['venue'],
  user: UserAccount,
  marketIndex: number | null,
): string {
  const spots = user.spotPositions
    .filter((each) => !vendor.sdk.isSpotPositionAvailable(each) && each.marketIndex !== marketIndex)
    .map(
      (each) =>
        `${each.marketIndex} ${each.scaledBalance.toString()} ${Object.keys(each.balanceType)[0]}`,
    );
  const perps = user.perpPositions
    .filter(({ baseAssetAmount }) => !baseAssetAmount.isZero())
    .map((each) => `${each.marketIndex} ${each.baseAssetAmount.toString()}`);
  return JSON.stringify([spots.toSorted(), perps.toSorted(), base58Of(user.delegate)]);
}
