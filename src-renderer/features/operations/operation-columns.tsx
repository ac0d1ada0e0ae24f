import { toDecimalString } from '#domain/decimal.ts';
import type { VaultId } from '#domain/ids.ts';
import type { OperationRow } from '#domain/operation-query.ts';
import { QUOTE_DECIMALS } from '#domain/units.ts';
import { useOperation } from '#renderer/stores/operation-store.ts';
import { formatIso } from '#renderer/ui/format.ts';
import { TimeOf } from '#renderer/ui/age.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { CopyAddress } from '#renderer/ui/copy-text.tsx';
import { Quote, Unknown } from '#renderer/ui/figures.tsx';
import type { TableColumn } from '#renderer/ui/table/table-column.ts';
import { rowRoute, rowTitle } from './operation-rows.ts';
import { stateWords, wordsOfState } from './operation-words.ts';

type NameOf = (id: VaultId) => string;

/** @param nameOf of vaults; null: the list is of one vault, which needs no name */
export function operationColumns(nameOf: NameOf | null): readonly TableColumn<OperationRow>[] {
  return [
    {
      id: 'started',
      label: 'Started',
      title: 'When it was asked for',
      width: '158px',
      fixed: true,
      sortable: true,
      className: 'faint op-time',
      cell: ({ createdAtMs }) => <TimeOf atMs={createdAtMs} />,
      text: ({ createdAtMs }) => formatIso(createdAtMs),
    },
    {
      id: 'kind',
      label: 'Operation',
      title: 'What it does, with every digit of its amount',
      width: '170px',
      grows: true,
      sortable: true,
      className: 'op-title',
      cell: (row) => <Words text={rowTitle(row)} />,
      text: rowTitle,
    },
    ...(nameOf === null ? [] : [vaultColumn(nameOf)]),
    {
      id: 'state',
      label: 'State',
      title: 'How far it has come, or how it ended',
      width: '112px',
      sortable: true,
      cell: (row) => <StateChip row={row} />,
      text: ({ state }) => state,
    },
    {
      id: 'value',
      label: 'Value',
      title: 'Quote value when it was asked for',
      width: '108px',
      leaves: 3,
      numeric: true,
      sortable: true,
      cell: ({ value }) => (value === null ? <Unknown why="No value" /> : <Quote amount={value} />),
      text: ({ value }) => (value === null ? null : toDecimalString(value, QUOTE_DECIMALS)),
    },
    {
      id: 'signature',
      label: 'Signature',
      title: 'Of its transaction on the chain',
      width: '112px',
      leaves: 1,
      sortable: false,
      cell: (row) => <Signature row={row} />,
      text: ({ signature }) => signature,
    },
    {
      id: 'lastStep',
      label: 'Last step',
      title: 'The cause of its newest change',
      width: '150px',
      leaves: 2,
      grows: true,
      sortable: false,
      className: 'faint',
      cell: ({ lastStep }) => <Words text={lastStep} />,
      text: ({ lastStep }) => lastStep,
    },
  ];
}

const vaultColumn = (nameOf: NameOf): TableColumn<OperationRow> => ({
  id: 'vault',
  label: 'Vault',
  title: 'Whose money, and where it goes',
  width: '136px',
  grows: true,
  sortable: true,
  cell: (row) => <Words text={rowRoute(row, nameOf)} />,
  text: (row) => rowRoute(row, nameOf),
});

function Words({ text }: { readonly text: string }) {
  return (
    <span className="dt-text" title={text}>
      {text}
    </span>
  );
}

/** Of an operation that is held here also what it waits for. */
function StateChip({ row }: { readonly row: OperationRow }) {
  const view = useOperation(row.id);
  const { word, tone } = view === undefined ? wordsOfState(row.state) : stateWords(view);
  return <Chip tone={tone}>{word}</Chip>;
}

function Signature({ row: { signature, vaultType } }: { readonly row: OperationRow }) {
  if (signature !== null && vaultType === 'onChain') return <CopyAddress address={signature} />;
  return <Unknown why={vaultType === 'virtual' ? 'Paper has none' : 'Not signed'} />;
}
