import { toDecimalString } from '#domain/decimal.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { BASE_DECIMALS, PRICE_DECIMALS, QUOTE_DECIMALS } from '#domain/units.ts';
import { deriveBalances } from '#domain/vault-balances.ts';
import type { PerpPosition, SpotPosition, VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { ReadArguments } from './read-arguments.ts';

/** One JSON line: amounts as decimal strings in base units, counts and slots as numbers. */
export function snapshotJson(read: ReadArguments, snapshot: VaultSnapshot): string {
  const { figures } = snapshot;
  return JSON.stringify({
    slot: Number(snapshot.slot),
    program: read.program,
    authority: read.authority,
    subAccountId: read.subAccountId,
    totalCollateral: figures.totalCollateral.toString(),
    freeCollateral: figures.freeCollateral.toString(),
    initialMargin: figures.initialMargin.toString(),
    maintenanceMargin: figures.maintenanceMargin.toString(),
    health: figures.health,
    leverage: figures.leverage.toString(),
    unrealizedPnl: figures.unrealizedPnl.toString(),
    unsettledPnl: figures.unsettledPnl.toString(),
    unsettledFunding: figures.unsettledFunding.toString(),
    cumulativeFunding: figures.cumulativeFunding.toString(),
    balances: balancesJson(snapshot),
    perpPositions: snapshot.perpPositions.map(perpJson),
    spotPositions: snapshot.spotPositions.map(spotJson),
    exchangeStatus: snapshot.exchangeStatus,
    accountFlags: snapshot.accountFlags,
    delegate: snapshot.delegate,
  });
}

export function errorJson({ code, message, remedy, advice }: KeelError): string {
  return JSON.stringify({ error: { code, message, remedy, advice } });
}

export function errorText({ code, message, advice }: KeelError): string {
  return `${code}: ${message}\n${advice}\n`;
}

/** The same figures for a person to read. */
export function snapshotTable(read: ReadArguments, snapshot: VaultSnapshot): string {
  const { figures, perpPositions, spotPositions, exchangeStatus } = snapshot;
  const balances = deriveBalances(snapshot);
  const paused = exchangeStatus.paused.join(', ');
  const sections = [
    [
      ['Authority', read.authority],
      ['Sub-account', String(read.subAccountId)],
      ['Slot', String(snapshot.slot)],
      ['Exchange', paused === '' ? 'nothing paused' : `paused: ${paused}`],
      ['Account', snapshot.accountFlags.join(', ') || 'in order'],
    ],
    [
      ['USDC', quote(balances.USDC)],
      ['DRIFT_POS', quote(balances.DRIFT_POS)],
      ['SOL', quote(balances.SOL)],
    ],
    [
      ['Total collateral', quote(figures.totalCollateral)],
      ['Free collateral', quote(figures.freeCollateral)],
      ['Initial margin', quote(figures.initialMargin)],
      ['Maintenance margin', quote(figures.maintenanceMargin)],
      ['Health', `${figures.health}`],
      ['Leverage', `${toDecimalString(figures.leverage, 4)}×`],
      ['Unrealized PnL', quote(figures.unrealizedPnl)],
      ['Unsettled PnL', quote(figures.unsettledPnl)],
      ['Unsettled funding', quote(figures.unsettledFunding)],
      ['Cumulative funding', quote(figures.cumulativeFunding)],
    ],
    perpPositions.length === 0 ? [] : [PERP_HEADER, ...perpPositions.map(perpRow)],
    spotPositions.length === 0 ? [] : [SPOT_HEADER, ...spotPositions.map(spotRow)],
  ];
  return sections
    .filter((rows) => rows.length > 0)
    .map(aligned)
    .join('\n');
}

function balancesJson(snapshot: VaultSnapshot) {
  const { USDC, DRIFT_POS, SOL } = deriveBalances(snapshot);
  return { USDC: USDC.toString(), DRIFT_POS: DRIFT_POS.toString(), SOL: SOL.toString() };
}

function perpJson(position: PerpPosition) {
  return {
    market: position.market,
    marketIndex: position.marketIndex,
    baseSize: position.baseSize.toString(),
    entryPrice: position.entryPrice.toString(),
    markPrice: position.markPrice.toString(),
    oraclePrice: position.oraclePrice.toString(),
    notional: position.notional.toString(),
    unrealizedPnl: position.unrealizedPnl.toString(),
    unsettledPnl: position.unsettledPnl.toString(),
    unrealizedFunding: position.unrealizedFunding.toString(),
    liquidationPrice: position.liquidationPrice?.toString() ?? null,
  };
}

function spotJson(position: SpotPosition) {
  return {
    token: position.token,
    marketIndex: position.marketIndex,
    amount: position.amount.toString(),
    decimals: position.decimals,
    oraclePrice: position.oraclePrice.toString(),
    value: position.value.toString(),
    withdrawable: position.withdrawable.toString(),
  };
}

const PERP_HEADER = ['Perp', 'Size', 'Entry', 'Mark', 'Oracle', 'PnL', 'Funding', 'Liquidation'];

function perpRow(position: PerpPosition): string[] {
  const { liquidationPrice } = position;
  return [
    position.market,
    toDecimalString(position.baseSize, BASE_DECIMALS),
    atPrice(position.entryPrice),
    atPrice(position.markPrice),
    atPrice(position.oraclePrice),
    quote(position.unrealizedPnl),
    quote(position.unrealizedFunding),
    liquidationPrice === null ? 'none' : atPrice(liquidationPrice),
  ];
}

const SPOT_HEADER = ['Spot', 'Amount', 'Oracle', 'Value', 'Withdrawable'];

function spotRow(position: SpotPosition): string[] {
  return [
    position.token,
    toDecimalString(position.amount, position.decimals),
    atPrice(position.oraclePrice),
    quote(position.value),
    toDecimalString(position.withdrawable, position.decimals),
  ];
}

const quote = (units: bigint): string => toDecimalString(units, QUOTE_DECIMALS);
const atPrice = (units: bigint): string => toDecimalString(units, PRICE_DECIMALS);

/** Names to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const width = columns?.[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
