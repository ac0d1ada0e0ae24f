import './operations.css';
import { useState } from 'react';
import { isFinal, type OperationView } from '#domain/capital-operation.ts';
import type { VaultId } from '#domain/ids.ts';
import { useNow } from '#renderer/stores/clock-store.ts';
import { openOperation } from '#renderer/stores/navigation-store.ts';
import { isOpen } from '#renderer/stores/operation-store.ts';
import { useVaultName } from '#renderer/stores/selectors.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { CopyAddress } from '#renderer/ui/copy-text.tsx';
import { Quote, Unknown } from '#renderer/ui/figures.tsx';
import { formatTime } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { routeOf, shownSignature, stateWords, titleOf } from './operation-words.ts';
import { useOperations } from './use-operations.ts';

type Scope = 'all' | 'open' | 'done' | 'trouble';

const SCOPES = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'done', label: 'Verified' },
  { value: 'trouble', label: 'Not done' },
] as const;

/** Exported for the tests. */
export function passesScope({ operation: { state } }: OperationView, scope: Scope): boolean {
  switch (scope) {
    case 'all':
      return true;
    case 'open':
      return !isFinal(state);
    case 'done':
      return state === 'verified';
    case 'trouble':
      return isFinal(state) && state !== 'verified';
  }
}

export interface OperationListProps {
  /** Null: of all vaults. */
  readonly vaultId: VaultId | null;
  readonly title: string;
}

/** Open ones on top, then newest first; a row opens the stepper. */
export function OperationList({ vaultId, title }: OperationListProps) {
  const [scope, setScope] = useState<Scope>('all');
  const { shown, loaded, error, hasOlder, loadOlder } = useOperations(vaultId);
  const rows = shown.filter((view) => passesScope(view, scope));
  return (
    <Panel
      title={title}
      testId={TEST_IDS.operations}
      aside={
        <Segmented label="Which operations" value={scope} options={SCOPES} onChange={setScope} />
      }
    >
      {error !== null && (
        <p className="panel-empty" role="alert">
          The operations could not be loaded: {error.message} {error.advice}
        </p>
      )}
      {rows.length > 0 ? (
        <OperationTable rows={rows} ofOneVault={vaultId !== null} />
      ) : (
        error === null && <p className="panel-empty">{emptyText(loaded, scope, shown.length)}</p>
      )}
      {hasOlder && (
        <div className="operations-more">
          <Button data-testid={TEST_IDS.operationsOlder} onClick={() => void loadOlder()}>
            Show older operations
          </Button>
        </div>
      )}
    </Panel>
  );
}

function emptyText(loaded: boolean, scope: Scope, known: number): string {
  if (!loaded) return 'Loading…';
  if (scope !== 'all' && known > 0) return 'No operation shown here matches.';
  return 'No operation yet. Deposit, Withdraw and Transfer are on each vault’s page.';
}

interface OperationTableProps {
  readonly rows: readonly OperationView[];
  readonly ofOneVault: boolean;
}

function OperationTable({ rows, ofOneVault }: OperationTableProps) {
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Operations">
      <table className="data-table operations-table">
        <thead>
          <tr>
            <th>Started</th>
            <th>Operation</th>
            {!ofOneVault && <th>Vault</th>}
            <th>State</th>
            <th className="num">Value</th>
            <th>Signature</th>
            <th className="operations-cause">Last step</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((view) => (
            <OperationRow key={view.operation.id} view={view} ofOneVault={ofOneVault} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface OperationRowProps {
  readonly view: OperationView;
  readonly ofOneVault: boolean;
}

function OperationRow({ view, ofOneVault }: OperationRowProps) {
  const nowMs = useNow();
  const nameOf = useVaultName();
  const { operation } = view;
  const { word, tone } = stateWords(view);
  const signature = shownSignature(operation);
  const open = () => openOperation(operation.id);
  const cause = operation.error?.message ?? operation.transitions.at(-1)?.cause ?? '';
  return (
    <tr
      className={isOpen(view) ? 'is-open' : ''}
      data-testid={TEST_IDS.operationRow}
      data-state={operation.state}
      data-operation={operation.id}
      onClick={open}
    >
      <td className="nowrap faint">{formatTime(operation.createdAtMs, nowMs)}</td>
      <td className="nowrap">
        <button type="button" className="operation-open" aria-haspopup="dialog" onClick={open}>
          {titleOf(operation.intent)}
        </button>
      </td>
      {!ofOneVault && (
        <td className="operations-route" title={routeOf(operation.intent, nameOf)}>
          {routeOf(operation.intent, nameOf)}
        </td>
      )}
      <td>
        <Chip tone={tone}>{word}</Chip>
      </td>
      <td className="num">
        {operation.value === null ? <Unknown why="No value" /> : <Quote amount={operation.value} />}
      </td>
      <td onClick={(event) => event.stopPropagation()}>
        {signature === null ? (
          <Unknown why={operation.vaultType === 'virtual' ? 'Paper has none' : 'Not signed'} />
        ) : (
          <CopyAddress address={signature} />
        )}
      </td>
      <td className="operations-cause" title={cause}>
        {cause}
      </td>
    </tr>
  );
}
