import { toDecimalString } from '#domain/decimal.ts';
import { QUOTE_DECIMALS, type QuoteAmount } from '#domain/units.ts';
import { reasonsText } from './vault-words.ts';
import { formatIso } from '#renderer/ui/format.ts';
import type { TableColumn } from '#renderer/ui/table/table-column.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { MONEY_WORDS } from '#renderer/ui/vault-chips.tsx';
import { COLUMN_TEXTS, figuresAtMs, type ColumnId, type VaultRow } from './columns.ts';
import {
  AgeCell,
  FigureCell,
  HealthCell,
  NameCell,
  NetworkCell,
  SlotCell,
  SyncCell,
  TradingCell,
  TypeCell,
} from './vault-cells.tsx';

type Shape = Pick<TableColumn<VaultRow>, 'width' | 'cell' | 'text'> &
  Partial<Pick<TableColumn<VaultRow>, 'grows' | 'leaves' | 'fixed' | 'className' | 'testId'>>;

type Observation = NonNullable<VaultRow['view']['state']['observation']>;

const exact = (amount: QuoteAmount): string => toDecimalString(amount, QUOTE_DECIMALS);

/** Text of what was observed; null without an observation. */
const observed =
  (pick: (observation: Observation) => string) =>
  ({ view }: VaultRow): string | null =>
    view.state.observation === null ? null : pick(view.state.observation);

const SHAPES: Readonly<Record<ColumnId, Shape>> = {
  name: {
    width: '150px',
    grows: true,
    fixed: true,
    className: 'vt-name',
    cell: (row) => <NameCell row={row} />,
    text: ({ view }) => view.vault.name,
  },
  type: {
    width: '92px',
    cell: (row) => <TypeCell row={row} />,
    text: ({ money }) => MONEY_WORDS[money],
  },
  sync: {
    width: '114px',
    cell: (row) => <SyncCell row={row} />,
    text: ({ health }) => health,
  },
  age: {
    width: '64px',
    testId: TEST_IDS.vaultAge,
    cell: (row) => <AgeCell row={row} />,
    text: ({ view }) => {
      const atMs = figuresAtMs(view);
      return atMs === null ? null : formatIso(atMs);
    },
  },
  trading: {
    width: '104px',
    cell: (row) => <TradingCell row={row} />,
    text: reasonsText,
  },
  health: {
    width: '92px',
    cell: (row) => <HealthCell row={row} />,
    text: observed(({ snapshot }) => toDecimalString(BigInt(snapshot.figures.healthBps), 2)),
  },
  total: {
    width: 'var(--vt-total)',
    className: 'vt-total',
    cell: (row) => <FigureCell row={row} figure="total" />,
    text: observed(({ snapshot }) => exact(snapshot.figures.totalCollateral)),
  },
  pnl: {
    width: 'var(--vt-pnl)',
    leaves: 3,
    cell: (row) => <FigureCell row={row} figure="pnl" />,
    text: observed(({ snapshot }) => exact(snapshot.figures.unrealizedPnl)),
  },
  usdc: {
    width: 'var(--vt-usdc)',
    cell: (row) => <FigureCell row={row} figure="usdc" />,
    text: observed(({ balances }) => exact(balances.USDC)),
  },
  driftPos: {
    width: 'var(--vt-drift-pos)',
    leaves: 5,
    cell: (row) => <FigureCell row={row} figure="driftPos" />,
    text: observed(({ balances }) => exact(balances.DRIFT_POS)),
  },
  sol: {
    width: '52px',
    leaves: 4,
    className: 'faint',
    cell: (row) => <FigureCell row={row} figure="sol" />,
    text: observed(({ balances }) => exact(balances.SOL)),
  },
  network: {
    width: '96px',
    leaves: 2,
    className: 'vt-network',
    cell: (row) => <NetworkCell row={row} />,
    text: ({ networkLabel }) => networkLabel,
  },
  slot: {
    width: '104px',
    leaves: 1,
    className: 'faint',
    testId: TEST_IDS.vaultSlot,
    cell: (row) => <SlotCell row={row} />,
    text: observed(({ snapshot }) => snapshot.slot.toString()),
  },
};

/** First what must be seen at a glance (is it right, fresh, safe), then the figures. */
export const VAULT_TABLE_COLUMNS: readonly TableColumn<VaultRow>[] = COLUMN_TEXTS.map((text) => ({
  ...text,
  ...SHAPES[text.id],
  sortable: true,
}));
