import { Archive, ArchiveRestore, FileDown, Link, OctagonPause, RefreshCw } from 'lucide-react';
import { vaultLink } from '#renderer/features/commands/copy-link.ts';
import { archiveVaults, haltVaults, syncVaults } from '#renderer/stores/bulk-acts.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import type { TableAction } from '#renderer/ui/table/table-action.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { VaultRow } from './columns.ts';

/** What can be done with these vaults at once. Money never moves from here. */
export function vaultActions(rows: readonly VaultRow[]): readonly TableAction[] {
  const vaults = rows.map(({ view }) => view.vault);
  const inUse = vaults.filter(({ archivedAtMs }) => archivedAtMs === null);
  const archived = vaults.filter(({ archivedAtMs }) => archivedAtMs !== null);
  const actions: TableAction[] = [];
  if (inUse.length > 0) {
    actions.push(
      {
        id: 'sync',
        label: 'Sync now',
        icon: RefreshCw,
        testId: TEST_IDS.bulkSync,
        act: () => void syncVaults(inUse),
      },
      {
        id: 'halt',
        label: 'Halt trading',
        icon: OctagonPause,
        danger: true,
        testId: TEST_IDS.bulkHalt,
        act: () => void haltVaults(inUse),
      },
      {
        id: 'archive',
        label: 'Archive',
        icon: Archive,
        testId: TEST_IDS.bulkArchive,
        act: () => void archiveVaults(inUse, true),
      },
    );
  }
  if (archived.length > 0) {
    actions.push({
      id: 'restore',
      label: 'Take back into use',
      icon: ArchiveRestore,
      testId: TEST_IDS.bulkRestore,
      act: () => void archiveVaults(archived, false),
    });
  }
  return [
    ...actions,
    {
      id: 'export',
      label: 'Export…',
      icon: FileDown,
      act: () =>
        openDialog({ kind: 'export', subject: 'history', vaultIds: vaults.map(({ id }) => id) }),
    },
    {
      id: 'link',
      label: vaults.length === 1 ? 'Copy link' : 'Copy links',
      icon: Link,
      act: () => void copyLinks(vaults),
    },
  ];
}

async function copyLinks(vaults: readonly VaultRow['view']['vault'][]): Promise<void> {
  await navigator.clipboard.writeText(vaults.map(vaultLink).join('\n'));
  showToast('good', vaults.length === 1 ? 'Link copied' : `${vaults.length} links copied`);
}
