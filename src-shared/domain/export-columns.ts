/** What stands in the columns of an exported file. Names and meanings are for whoever opens it years later. */
import type { ExportSubject } from './data-export.ts';

export interface ExportColumn {
  readonly name: string;
  /** Empty where the value is a name, an id or words. */
  readonly unit: string;
  readonly meaning: string;
}

const column = (name: string, unit: string, meaning: string): ExportColumn => ({
  name,
  unit,
  meaning,
});

/** A moment twice: readable, and exact to compute with. */
const time = (name: string, meaning: string): readonly ExportColumn[] => [
  column(`${name}_utc`, 'ISO 8601, UTC', meaning),
  column(`${name}_ms`, 'ms since 1970-01-01 UTC', meaning),
];

const usd = (name: string, meaning: string): ExportColumn => column(name, 'USD', meaning);

const VAULT = [
  column('vault_id', '', 'Id of the vault'),
  column('vault_name', '', 'Name of the vault when the file was written'),
  column('network', '', 'Network of the vault'),
  column('money', '', 'paper: a ledger of Keel; practice: play money; live: real money'),
] as const;

/** By subject, in the order of the file. An empty cell (JSON: null) is a value that is not known, never a zero. */
export const EXPORT_COLUMNS: Readonly<Record<ExportSubject, readonly ExportColumn[]>> = {
  history: [
    ...VAULT,
    ...time('from', 'First observation of these values'),
    ...time('until', 'Last observation of these values'),
    column('slot', 'slot', 'Slot of the first observation; of paper the revision of its ledger'),
    usd('total_collateral', 'Equity: total collateral, unweighted'),
    usd('usdc', 'USDC by Keel’s balance formula: total collateral less DRIFT_POS'),
    usd('drift_pos', 'DRIFT_POS: collateral that positions take up'),
    usd('free_collateral', 'Free collateral'),
    usd('unrealized_pnl', 'Unrealized profit and loss'),
    column('health', 'percent', 'Health of the account'),
    usd('cumulative_funding', 'Funding settled over the life of the account; plus: received'),
    usd('unsettled_funding', 'Funding not settled yet; plus: to be received'),
    column('holdings_changed', 'yes or no', 'Whether holdings changed with this row'),
  ],
  operations: [
    column('operation_id', '', 'Id of the operation; on chain in the memo of its transaction'),
    ...VAULT,
    column('to_vault_id', '', 'Vault that a transfer goes to'),
    column('to_vault_name', '', 'Name of that vault when the file was written'),
    column('kind', '', 'deposit, withdraw, transfer or create-sub-account'),
    column('token', '', 'Symbol of the token'),
    column('mint', '', 'Mint of the token'),
    column('amount', 'of the token', 'Amount asked for'),
    usd('value', 'Value of the amount when it was asked for'),
    column('state', '', 'State when the file was written'),
    column('last_step', '', 'Cause of the newest change of state'),
    column('error_code', '', 'Why it did not end well'),
    column('error_message', '', 'The same in words'),
    column('signer', '', 'Public key that signed'),
    column('signature', '', 'Signature of the transaction'),
    column('landed_slot', 'slot', 'Slot in which the transaction landed'),
    ...time('requested', 'When it was asked for'),
    ...time('ended', 'When it ended'),
  ],
  funding: [
    ...VAULT,
    ...time('observed', 'When the change was first observed'),
    column('slot', 'slot', 'Slot of that observation'),
    usd('cumulative_funding', 'Funding settled over the life of the account; plus: received'),
    usd('unsettled_funding', 'Funding not settled yet; plus: to be received'),
    usd('funding', 'Both together'),
    usd(
      'change',
      'Change of both together since the row before; empty in the first row of a vault',
    ),
  ],
  activity: [
    column('entry', '', 'Number of the entry in the feed'),
    ...VAULT,
    ...time('at', 'When it happened'),
    column('kind', '', 'What it is about'),
    column('tone', '', 'info, good, warning or critical'),
    column('actor', '', 'Whose doing it was: trader, keel or chain'),
    column('title', '', 'What happened'),
    column('text', '', 'More of it'),
    column('operation_id', '', 'Operation that it is about'),
    column('alert_id', '', 'Alert that it is about'),
  ],
  alerts: [
    column('alert_id', '', 'Id of the alert'),
    ...VAULT,
    column('kind', '', 'What it watches'),
    column('severity', '', 'info, warning or critical'),
    column('title', '', 'What is wrong'),
    column('text', '', 'With the figures'),
    column('advice', '', 'What to do'),
    column('operation_id', '', 'Operation that it is about'),
    ...time('raised', 'When it was raised'),
    ...time('changed', 'When it last changed'),
    ...time('cleared', 'When it was over'),
    ...time('acknowledged', 'When it was acknowledged'),
  ],
};

export const columnNames = (subject: ExportSubject): readonly string[] =>
  EXPORT_COLUMNS[subject].map(({ name }) => name);
