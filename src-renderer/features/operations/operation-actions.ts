import { Copy, ExternalLink, FileDown, ListChecks } from 'lucide-react';
import type { OperationRow } from '#domain/operation-query.ts';
import { command } from '#renderer/stores/commands.ts';
import { openDialog, openOperation } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import type { TableAction } from '#renderer/ui/table/table-action.ts';

/** What can be done with these operations; nothing of it moves money. */
export function operationActions(rows: readonly OperationRow[]): readonly TableAction[] {
  const signatures = rows.flatMap(({ signature, vaultType }) =>
    signature === null || vaultType === 'virtual' ? [] : [signature],
  );
  const [only, ...others] = rows;
  const [signature] = signatures;
  const actions: TableAction[] = [];
  if (only !== undefined && others.length === 0) {
    actions.push({
      id: 'open',
      label: 'Show its steps',
      icon: ListChecks,
      act: () => openOperation(only.id),
    });
    if (signature !== undefined) {
      actions.push({
        id: 'explorer',
        label: 'Open in the explorer',
        icon: ExternalLink,
        act: () => void openExplorer(only, signature),
      });
    }
  }
  if (signatures.length > 0) {
    actions.push({
      id: 'signature',
      label: signatures.length === 1 ? 'Copy signature' : `Copy ${signatures.length} signatures`,
      icon: Copy,
      act: () => void copySignatures(signatures),
    });
  }
  return [
    ...actions,
    {
      id: 'export',
      label: 'Export operations of these vaults…',
      icon: FileDown,
      act: () =>
        openDialog({
          kind: 'export',
          subject: 'operations',
          vaultIds: [...new Set(rows.map(({ vaultId }) => vaultId))],
        }),
    },
  ];
}

async function openExplorer({ network }: OperationRow, signature: string): Promise<void> {
  await command('The explorer could not be opened', 'shell.openExplorer', { network, signature });
}

async function copySignatures(signatures: readonly string[]): Promise<void> {
  await navigator.clipboard.writeText(signatures.join('\n'));
  showToast('good', signatures.length === 1 ? 'Signature copied' : 'Signatures copied');
}
