import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  type ColumnDef,
} from '@tanstack/react-table';
import type { GateAnswer } from '#domain/gate-reason.ts';
import type { Money } from '#domain/vault-totals.ts';
import type { SyncHealth, VaultView } from '#domain/vault-state.ts';
import { standingOf, type GateStanding } from '#renderer/ui/gate-standing.ts';

/** One vault with what the table derives of it at this second. */
export interface VaultRow {
  readonly view: VaultView;
  readonly money: Money;
  readonly networkLabel: string;
  readonly health: SyncHealth;
  /** Of adding risk. */
  readonly gate: GateAnswer;
}

export const TABLE_FEATURES = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

export type ColumnId =
  | 'name'
  | 'type'
  | 'network'
  | 'usdc'
  | 'driftPos'
  | 'sol'
  | 'total'
  | 'health'
  | 'pnl'
  | 'sync'
  | 'age'
  | 'slot'
  | 'trading';

export interface ColumnText {
  readonly id: ColumnId;
  readonly label: string;
  readonly title: string;
  readonly numeric: boolean;
}

const text = (id: ColumnId, label: string, title: string): ColumnText => ({
  id,
  label,
  title,
  numeric: false,
});
const figure = (id: ColumnId, label: string, title: string): ColumnText => ({
  id,
  label,
  title,
  numeric: true,
});

/** First what must be seen at a glance (is it right, fresh, safe), then the figures. */
export const COLUMN_TEXTS: readonly ColumnText[] = [
  text('name', 'Vault', 'Name of the vault; the badge marks the one that powers its engine'),
  text('type', 'Money', 'Paper and Practice are play money; Live is real'),
  text('sync', 'Sync', 'Whether the figures are proved to be those of the chain'),
  figure('age', 'Age', 'Time since the figures were last verified'),
  text('trading', 'Trading', 'May this vault trade at this moment'),
  text('health', 'Health', '100 is safe, 0 is liquidation'),
  figure('total', 'Collateral', 'Total collateral, as Drift reckons it'),
  figure('pnl', 'Unrealized PnL', 'Unrealized profit or loss of the perp positions'),
  figure('usdc', 'USDC', 'Total collateral less DRIFT_POS, never below zero'),
  figure('driftPos', 'DRIFT_POS', 'Sum of |base size| × mark price over the perp positions'),
  figure('sol', 'SOL', 'Always 0: SOL on Drift is collateral and is shown in quote'),
  text('network', 'Network', 'Network that the vault belongs to, and its sub-account number'),
  figure(
    'slot',
    'Slot',
    'Slot of the chain, or entry of the paper ledger, that the figures are from',
  ),
];

const HEALTH_RANK: Readonly<Record<SyncHealth, bigint>> = {
  discrepant: 0n,
  failing: 1n,
  stale: 2n,
  fresh: 3n,
};

const STANDING_RANK: Readonly<Record<GateStanding, bigint>> = {
  halted: 0n,
  blocked: 1n,
  'watch-only': 2n,
  locked: 3n,
  allowed: 4n,
};

/** What a column sorts by; null is unknown and sorts last whichever way. */
export function sortKeyOf(id: ColumnId, row: VaultRow): bigint | string | null {
  const { vault, state } = row.view;
  const observation = state.observation;
  switch (id) {
    case 'name':
      return vault.name.toLowerCase();
    case 'type':
      return vault.vaultType;
    case 'network':
      return row.networkLabel;
    case 'sync':
      return HEALTH_RANK[row.health];
    case 'trading':
      return STANDING_RANK[standingOf(row.gate)];
    case 'age':
      return verifiedAtOf(row.view);
    default:
      return observation === null ? null : figureOf(id, observation);
  }
}

type Observation = NonNullable<VaultView['state']['observation']>;

function figureOf(
  id: 'usdc' | 'driftPos' | 'sol' | 'total' | 'health' | 'pnl' | 'slot',
  { balances, snapshot }: Observation,
): bigint {
  switch (id) {
    case 'usdc':
      return balances.USDC;
    case 'driftPos':
      return balances.DRIFT_POS;
    case 'sol':
      return balances.SOL;
    case 'total':
      return snapshot.figures.totalCollateral;
    case 'health':
      return BigInt(snapshot.figures.health);
    case 'pnl':
      return snapshot.figures.unrealizedPnl;
    case 'slot':
      return snapshot.slot;
  }
}

/** Younger sorts as larger age last: the key is the negated time, so that "ascending" means youngest first. */
function verifiedAtOf(view: VaultView): bigint | null {
  const atMs = figuresAtMs(view);
  return atMs === null ? null : -BigInt(Math.round(atMs));
}

/**
 * The moment that the age on screen counts from: the last verification, or the read where the figures
 * are not verified. Null without figures.
 */
export function figuresAtMs({ state }: VaultView): number | null {
  if (state.observation === null) return null;
  return state.verification.kind === 'verified'
    ? state.verification.atMs
    : state.observation.snapshot.observedAtMs;
}

export function compareKeys(left: bigint | string | null, right: bigint | string | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (typeof left === 'string' && typeof right === 'string') return left.localeCompare(right);
  return left < right ? -1 : left > right ? 1 : 0;
}

export const VAULT_COLUMNS: ColumnDef<typeof TABLE_FEATURES, VaultRow>[] = COLUMN_TEXTS.map(
  ({ id }) => ({
    id,
    accessorFn: (row: VaultRow) => sortKeyOf(id, row) ?? undefined,
    sortUndefined: 'last' as const,
    sortDescFirst: false,
    sortFn: (left, right) =>
      compareKeys(sortKeyOf(id, left.original), sortKeyOf(id, right.original)),
  }),
);
