import { Copy } from 'lucide-react';
import { openInbox, openOperation, openVault } from '#renderer/stores/navigation-store.ts';
import type { TableAction } from '#renderer/ui/table/table-action.ts';
import type { RowMarks } from '#renderer/ui/table/table-row.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { ActivityLine } from './activity-lines.ts';

/** Opens what the entry is about; an entry about nothing that can be opened stays where it is. */
export function openEntry({ entry }: ActivityLine): void {
  const { operationId, alertId, vaultId } = entry;
  if (operationId !== null) openOperation(operationId);
  else if (alertId !== null) openInbox();
  else if (vaultId !== null) openVault(vaultId);
}

export function activityActions(lines: readonly ActivityLine[]): readonly TableAction[] {
  return [
    {
      id: 'words',
      label: 'Copy words',
      icon: Copy,
      act: () =>
        void navigator.clipboard.writeText(
          lines.map(({ entry }) => `${entry.title}. ${entry.text}`.trim()).join('\n'),
        ),
    },
  ];
}

export const marksOf = ({ entry, day }: ActivityLine): RowMarks => ({
  className: `activity-of-${entry.tone} ${day === null ? '' : 'activity-begins'}`,
  'data-testid': TEST_IDS.activityRow,
  'data-entry': entry.id,
  'data-kind': entry.kind,
  'data-tone': entry.tone,
});
