import type { AlertSeverity, Condition } from '#domain/alert.ts';
import { formatAmount } from '#domain/decimal.ts';
import {
  clearsAtBps,
  formatHealthBps,
  liquidationDistanceBps,
  marginLevel,
  type MarginLevel,
} from '#domain/margin.ts';
import { PRICE_DECIMALS, QUOTE_DECIMALS } from '#domain/units.ts';
import type { PerpPosition, VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';

/** Liquidation prices that an alert names: the nearest ones. */
const NAMED_POSITIONS = 3;

/** What the vault's figures are to the margin watch. @param previous severity of the alert that is raised; null: none. */
export function marginCondition(
  view: VaultView,
  snapshot: VaultSnapshot,
  previous: AlertSeverity | null,
  settings: WatchSettings,
): Condition | null {
  const flag = snapshot.accountFlags.find((each) => each !== 'reduceOnly');
  if (flag !== undefined) return ofAccount(view, flag, snapshot, settings);
  const { healthBps } = snapshot.figures;
  const level = marginLevel(previous, healthBps, settings);
  if (level === null) return null;
  const words = [
    healthText(healthBps, level, settings),
    exposureText(snapshot),
    ...liquidationTexts(snapshot),
  ];
  return {
    ...identity(view),
    severity: level,
    title: `The margin of ${view.vault.name} is ${level === 'critical' ? 'critical' : 'low'}`,
    text: words.join(' '),
    advice: 'Deposit collateral or reduce positions.',
  };
}

/** One alert per vault, whatever its level. */
export const marginKey = ({ vault }: VaultView): string => `margin/${vault.id}`;

function identity(view: VaultView) {
  return {
    key: marginKey(view),
    kind: 'margin' as const,
    vaultId: view.vault.id,
    network: view.vault.network,
    operationId: null,
  };
}

function ofAccount(
  view: VaultView,
  flag: 'beingLiquidated' | 'bankrupt',
  snapshot: VaultSnapshot,
  settings: WatchSettings,
): Condition {
  const { name } = view.vault;
  const figures = [
    healthText(snapshot.figures.healthBps, 'critical', settings),
    exposureText(snapshot),
    ...liquidationTexts(snapshot),
  ];
  const bankrupt = flag === 'bankrupt';
  return {
    ...identity(view),
    severity: 'critical',
    title: bankrupt ? `${name} is bankrupt` : `${name} is being liquidated`,
    text: [
      bankrupt
        ? 'The account owes more than it holds: the exchange moves nothing in it.'
        : 'The exchange sells its positions and collateral: nothing may leave it, and it may not trade.',
      ...figures,
    ].join(' '),
    advice: bankrupt
      ? 'Only the exchange can resolve a bankruptcy.'
      : 'A deposit may end the liquidation: deposit collateral now.',
  };
}

function healthText(healthBps: number, level: MarginLevel, settings: WatchSettings): string {
  const limitBps = level === 'critical' ? settings.criticalHealthBps : settings.warningHealthBps;
  const health = formatHealthBps(healthBps);
  const limit = formatHealthBps(limitBps);
  const name = level === 'critical' ? 'critical limit' : 'warning limit';
  if (healthBps < limitBps) return `Health ${health} is below the ${name} of ${limit}.`;
  const end = formatHealthBps(clearsAtBps(limitBps, settings));
  return `Health ${health} is back at the ${name} of ${limit} or above it; the alert lasts until ${end}.`;
}

function exposureText({ figures }: VaultSnapshot): string {
  const leverage = formatAmount(figures.leverage, 4, { shownDecimals: 2 });
  const margin = formatAmount(figures.maintenanceMargin, QUOTE_DECIMALS, { shownDecimals: 2 });
  return `Leverage ${leverage}×, maintenance margin ${margin} USD.`;
}

/** The nearest first. */
function liquidationTexts({ figures, perpPositions }: VaultSnapshot): string[] {
  return perpPositions
    .flatMap((position) => {
      const bps = liquidationDistanceBps(position, figures.healthBps);
      return bps === null ? [] : [{ position, bps }];
    })
    .toSorted((left, right) => left.bps - right.bps)
    .slice(0, NAMED_POSITIONS)
    .map(({ position, bps }) => liquidationText(position, bps));
}

function liquidationText(
  { market, oraclePrice, liquidationPrice }: PerpPosition,
  bps: number,
): string {
  const at = priceText(liquidationPrice ?? oraclePrice);
  const now = priceText(oraclePrice);
  if (bps < 0)
    return `${market} is past its liquidation price of ${at}: the oracle price is ${now}.`;
  const side = (liquidationPrice ?? oraclePrice) < oraclePrice ? 'below' : 'above';
  return `${market} is liquidated at ${at}, ${percentText(bps)} ${side} the oracle price of ${now}.`;
}

/** Whole units and two decimals for what is dear, all six for what costs less than one. */
function priceText(price: bigint): string {
  const shownDecimals = price < 1_000_000n ? PRICE_DECIMALS : 2;
  return formatAmount(price, PRICE_DECIMALS, { shownDecimals });
}

/** One decimal, rounded down, that is towards danger. */
function percentText(bps: number): string {
  const tenths = Math.floor(bps / 10);
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
}
