import type { EngineVault } from './engine-vault.ts';
import type { NetworkId } from './ids.ts';
import type { Network } from './network.ts';
import { quoteAmount, type QuoteAmount } from './units.ts';
import type { VaultView } from './vault-state.ts';

/** Sums over vaults, in quote units of 10^-6. Different moneys are never in one sum (V5). */
export interface VaultTotals {
  /** Σ total collateral. */
  readonly equity: QuoteAmount;
  /** Σ free collateral. */
  readonly free: QuoteAmount;
  /** Σ DRIFT_POS. */
  readonly deployed: QuoteAmount;
  /** Σ unrealized PnL. */
  readonly pnl: QuoteAmount;
  readonly vaults: number;
  /** Vaults without any observation: they are missing from the sums, and the screen says so. */
  readonly unknown: number;
}

/** Three kinds of money that are never in one sum: a paper ledger, play money on chain, real money. */
export interface TotalsByMoney {
  readonly paper: VaultTotals;
  readonly practice: VaultTotals;
  readonly live: VaultTotals;
}

export type Money = keyof TotalsByMoney;

export function moneyOf(
  vault: EngineVault,
  networks: readonly Pick<Network, 'id' | 'kind'>[],
): Money {
  if (vault.vaultType === 'virtual') return 'paper';
  const network = networks.find(({ id }) => id === vault.network);
  return network?.kind === 'practice' ? 'practice' : 'live';
}

/** Totals of the vaults in use, overall or of one network. */
export function deriveTotals(
  views: readonly VaultView[],
  networks: readonly Pick<Network, 'id' | 'kind'>[],
  network?: NetworkId,
): TotalsByMoney {
  const inUse = views.filter(
    ({ vault }) =>
      vault.archivedAtMs === null && (network === undefined || vault.network === network),
  );
  const sumFor = (money: Money) =>
    sumOf(inUse.filter(({ vault }) => moneyOf(vault, networks) === money));
  return { paper: sumFor('paper'), practice: sumFor('practice'), live: sumFor('live') };
}

function sumOf(views: readonly VaultView[]): VaultTotals {
  let equity = 0n;
  let free = 0n;
  let deployed = 0n;
  let pnl = 0n;
  let unknown = 0;
  for (const { state } of views) {
    if (state.observation === null) {
      unknown += 1;
      continue;
    }
    const { balances, snapshot } = state.observation;
    equity += snapshot.figures.totalCollateral;
    free += snapshot.figures.freeCollateral;
    deployed += balances.DRIFT_POS;
    pnl += snapshot.figures.unrealizedPnl;
  }
  return {
    equity: quoteAmount(equity),
    free: quoteAmount(free),
    deployed: quoteAmount(deployed),
    pnl: quoteAmount(pnl),
    vaults: views.length,
    unknown,
  };
}
