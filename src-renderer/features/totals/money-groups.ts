/** The moneys of the desk and what their sums are made of. Pure. */
import type { NetworkId } from '#domain/ids.ts';
import { quoteAmount, type QuoteAmount } from '#domain/units.ts';
import type { TotalsLine } from '#domain/value-chart.ts';
import { deriveTotals, type Money, type VaultTotals } from '#domain/vault-totals.ts';
import type { NetworkView } from '#ipc/contract.ts';
import type { SummaryVault } from '#renderer/features/verdict/desk-summary.ts';
import { standingOf, worstStanding, type Standing } from '#renderer/ui/figure-standing.tsx';

/** What of a money lies on one network. */
export interface MoneyPart {
  readonly network: NetworkId;
  readonly label: string;
  readonly symbol: string;
  readonly totals: VaultTotals;
  readonly standing: Standing;
}

export interface MoneyGroup {
  readonly money: Money;
  /** Of a network each; never empty. */
  readonly parts: readonly MoneyPart[];
  readonly totals: VaultTotals;
  /** Empty where networks of this money reckon in different currencies. */
  readonly symbol: string;
  /** As old as the oldest figure in the sums, as bad as the worst. */
  readonly standing: Standing;
  readonly unknownNames: readonly string[];
  /** Vaults whose figures are in the sums though nobody vouches for them now. */
  readonly oldNames: readonly string[];
}

const MONEYS: readonly Money[] = ['live', 'practice', 'paper'];

/** Moneys that there are, real money first; they are never added to each other (V5). */
export function moneyGroups(
  vaults: readonly SummaryVault[],
  networks: readonly NetworkView[],
): readonly MoneyGroup[] {
  return MONEYS.flatMap((money) => {
    const own = vaults.filter((vault) => vault.money === money);
    return own.length === 0 ? [] : [groupOf(money, own, networks)];
  });
}

function groupOf(
  money: Money,
  own: readonly SummaryVault[],
  networks: readonly NetworkView[],
): MoneyGroup {
  const ids = [...new Set(own.map(({ view }) => view.vault.network))];
  const parts = ids.map((id): MoneyPart => {
    const network = networks.find((each) => each.id === id);
    const there = own.filter(({ view }) => view.vault.network === id);
    return {
      ...{ network: id, label: network?.label ?? id, symbol: network?.quoteSymbol ?? '' },
      totals: totalsOf(there, money, networks),
      standing: standingOfSum(there),
    };
  });
  const symbols = new Set(parts.map(({ symbol }) => symbol));
  const read = own.filter(({ view }) => view.state.observation !== null);
  const names = (vaults: readonly SummaryVault[]) => vaults.map(({ view }) => view.vault.name);
  return {
    ...{ money, parts },
    totals: totalsOf(own, money, networks),
    symbol: symbols.size === 1 ? [...symbols].join('') : '',
    standing: standingOfSum(own),
    unknownNames: names(own.filter(({ view }) => view.state.observation === null)),
    oldNames: names(read.filter(({ health }) => health !== 'fresh')),
  };
}

function totalsOf(
  vaults: readonly SummaryVault[],
  money: Money,
  networks: readonly NetworkView[],
): VaultTotals {
  return deriveTotals(
    vaults.map(({ view }) => view),
    networks,
  )[money];
}

const standingOfSum = (vaults: readonly SummaryVault[]): Standing =>
  worstStanding(
    vaults.flatMap(({ view, health }) =>
      view.state.observation === null ? [] : [standingOf(view, health)],
    ),
  );

/** Settled and unsettled funding over the life of the accounts; null: of some vault nothing is known. */
export function fundingNow(vaults: readonly SummaryVault[], money: Money): QuoteAmount | null {
  let sum = 0n;
  for (const { view, money: own } of vaults) {
    if (own !== money) continue;
    const figures = view.state.observation?.snapshot.figures;
    if (figures === undefined) return null;
    sum += figures.cumulativeFunding + figures.unsettledFunding;
  }
  return quoteAmount(sum);
}

export type FundingChange =
  | { readonly kind: 'known'; readonly amount: QuoteAmount }
  | { readonly kind: 'unknown'; readonly why: string };

const unknown = (why: string): FundingChange => ({ kind: 'unknown', why });

/**
 * What came in since the lines begin: now less the first sum of each. With other vaults than now in that sum the
 * difference would be no funding, and is not told; nor is that of a shorter time under the name of a longer one.
 * @param lines of one money, one a network.
 * @param span what the figure is named for; the first sums must be of its first tenth.
 */
export function fundingSince(
  lines: readonly TotalsLine[],
  now: QuoteAmount | null,
  vaults: number,
  span: { readonly fromMs: number; readonly toMs: number; readonly label: string },
): FundingChange {
  const latestMs = span.fromMs + (span.toMs - span.fromMs) / 10;
  if (now === null) return unknown('A vault has never been read');
  let before = 0n;
  let counted = 0;
  for (const { points } of lines) {
    const first = points.find(({ funding }) => funding !== null);
    if (first === undefined || first.funding === null || first.atMs > latestMs) {
      return unknown(`Not watched ${span.label} ago`);
    }
    before += first.funding;
    counted += first.vaults;
  }
  if (lines.length === 0) return unknown(`Not watched ${span.label} ago`);
  if (counted !== vaults) return unknown('The vaults were others then');
  return { kind: 'known', amount: quoteAmount(now - before) };
}
