import './data.css';
import { Download, FileDown, FileUp, RotateCcw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { BackupsGroup } from './backups-group.tsx';
import { exportSettings, importSettings } from './settings-file-acts.ts';

/** Backups, exports, settings as a file, and the practice network from the beginning. */
export function DataSection() {
  return (
    <div className="data-section">
      <BackupsGroup />
      <Group
        title="Export"
        text="History, operations, funding, activity or alerts as a CSV or JSON file."
      >
        <Button
          icon={<Download size={14} aria-hidden />}
          data-testid={TEST_IDS.dataExport}
          onClick={() => openDialog({ kind: 'export', subject: 'history', vaultIds: [] })}
        >
          Export…
        </Button>
      </Group>
      <Group
        title="Settings as a file"
        text="To keep them, or to carry them to another computer. Networks, endpoints and keys are not in it. Before an import you see what it changes."
      >
        <SettingsFileActs />
      </Group>
      <Group
        title="Practice network"
        text="Begins anew with a new simulated chain, a new key and fresh play money."
      >
        <Button
          icon={<RotateCcw size={14} aria-hidden />}
          data-testid={TEST_IDS.practiceReset}
          onClick={() => openDialog({ kind: 'reset-practice' })}
        >
          Begin anew…
        </Button>
      </Group>
    </div>
  );
}

/** One of the system’s file dialogs at a time. */
function SettingsFileActs() {
  const [busy, setBusy] = useState<'export' | 'import' | null>(null);
  const during = async (what: 'export' | 'import', act: () => Promise<void>) => {
    setBusy(what);
    await act();
    setBusy(null);
  };
  return (
    <>
      <Button
        busy={busy === 'export'}
        aria-disabled={busy !== null}
        icon={<FileDown size={14} aria-hidden />}
        data-testid={TEST_IDS.settingsExport}
        onClick={() => busy === null && void during('export', exportSettings)}
      >
        Export settings…
      </Button>
      <Button
        busy={busy === 'import'}
        aria-disabled={busy !== null}
        icon={<FileUp size={14} aria-hidden />}
        data-testid={TEST_IDS.settingsImport}
        onClick={() => busy === null && void during('import', importSettings)}
      >
        Import settings…
      </Button>
    </>
  );
}

interface GroupProps {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Group({ title, text, children }: GroupProps) {
  return (
    <section className="data-group">
      <div className="data-head">
        <div>
          <h3>{title}</h3>
          <p className="muted">{text}</p>
        </div>
        <div className="data-acts">{children}</div>
      </div>
    </section>
  );
}
