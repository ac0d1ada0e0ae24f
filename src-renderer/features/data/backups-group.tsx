import './data.css';
import { ArchiveRestore, CircleCheck, DatabaseBackup, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { ResponseOf } from '#ipc/contract.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TimeOf } from '#renderer/ui/age.tsx';
import { formatBytes, formatDateTime } from '#renderer/ui/format.ts';
import { FormError } from '#renderer/ui/form-parts.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

type Backups = ResponseOf<'backup.list'>;

/** Backups of the database; the keys are not in it and have an export of their own. */
export function BackupsGroup() {
  const { listed, error, busy, makeOne } = useBackups();
  const kept = useDeskStore((state) => state.settings.capital.backupsKept);
  return (
    <section className="data-group">
      <div className="data-head">
        <div>
          <h3>Backups of the database</h3>
          <p className="muted">
            Vaults, history and operations; the last {kept} are kept. Keys are not in it: export
            them on the Keys screen.
          </p>
        </div>
        <Button
          busy={busy}
          icon={<DatabaseBackup size={14} aria-hidden />}
          data-testid={TEST_IDS.backupNow}
          onClick={() => void makeOne()}
        >
          Back up now
        </Button>
      </div>
      <FormError message={error === null ? null : `${error.message} ${error.advice}`} />
      {listed === null ? (
        error === null && <p className="faint">Loading…</p>
      ) : (
        <BackupList listed={listed} />
      )}
    </section>
  );
}

function useBackups() {
  const [listed, setListed] = useState<Backups | null>(null);
  const [error, setError] = useState<KeelError | null>(null);
  const [busy, setBusy] = useState(false);
  const load = useCallback(async () => {
    const answer = await request('backup.list', {});
    if (answer.ok) setListed(answer.value);
    setError(answer.ok ? null : answer.error);
  }, []);
  useEffect(() => void load(), [load]);
  const makeOne = async () => {
    setBusy(true);
    const answer = await request('backup.make', {});
    if (answer.ok) await load();
    else setError(answer.error);
    setBusy(false);
  };
  return { listed, error, busy, makeOne };
}

function BackupList({ listed: { folder, backups } }: { readonly listed: Backups }) {
  if (backups.length === 0)
    return <p className="callout">No backup yet. Make the first one now.</p>;
  return (
    <>
      <ul className="backup-list">
        {backups.map(({ name, madeAtMs, bytes, damage }) => (
          <li key={name} data-testid={TEST_IDS.backupRow} data-backup={name}>
            {damage === null ? (
              <CircleCheck size={15} className="sync-good" aria-label="Checked" role="img" />
            ) : (
              <TriangleAlert size={15} className="sync-bad" aria-label="Damaged" role="img" />
            )}
            <div className="backup-text">
              <TimeOf className="backup-time" atMs={madeAtMs} />{' '}
              <span className="faint">{formatBytes(bytes)}</span>
              {damage !== null && <p className="sync-bad backup-damage">{damage}</p>}
            </div>
            {damage === null && (
              <Button
                tone="quiet"
                icon={<ArchiveRestore size={14} aria-hidden />}
                aria-label={`Restore the backup of ${formatDateTime(madeAtMs)}`}
                data-testid={TEST_IDS.backupRestore}
                onClick={() => openDialog({ kind: 'restore-backup', name })}
              >
                Restore…
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className="faint selectable backup-folder">{folder}</p>
    </>
  );
}
