import './operations.css';
import { ArrowLeftRight, LockKeyhole, PenLine, TriangleAlert } from 'lucide-react';
import type { OperationView } from '#domain/capital-operation.ts';
import type { VaultId } from '#domain/ids.ts';
import { openOperation } from '#renderer/stores/navigation-store.ts';
import { useOpenOperationOf } from '#renderer/stores/operation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { stateWords, titleOf } from './operation-words.ts';

export interface OperationChipProps {
  readonly vaultId: VaultId;
  /** The icon alone: a row of the table keeps its room for the name. */
  readonly compact?: boolean;
}

/** The vault's open operation, if any; a press shows its steps. */
export function OperationChip({ vaultId, compact = false }: OperationChipProps) {
  const view = useOpenOperationOf(vaultId);
  if (view === undefined) return null;
  const { word, tone } = stateWords(view);
  const title = titleOf(view.operation.intent);
  return (
    <button
      type="button"
      className={`chip chip-${tone} operation-chip`}
      title={`${title}: ${word}`}
      aria-label={`${title}: ${word}`}
      data-testid={TEST_IDS.operationChip}
      onClick={(event) => {
        event.stopPropagation();
        openOperation(view.operation.id);
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <ChipIcon view={view} />
      {!compact && word}
    </button>
  );
}

function ChipIcon({ view }: { readonly view: OperationView }) {
  if (view.operation.state === 'unresolved') return <TriangleAlert size={12} aria-hidden />;
  if (view.wait?.kind === 'unlock') return <LockKeyhole size={12} aria-hidden />;
  if (view.wait?.kind === 'confirmation') return <PenLine size={12} aria-hidden />;
  return <ArrowLeftRight size={12} aria-hidden />;
}
