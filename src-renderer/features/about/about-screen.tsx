import './about.css';
import { ClipboardCopy, Keyboard } from 'lucide-react';
import { copyDiagnostics } from '#renderer/features/commands/copy-diagnostics.ts';
import { KeelMark } from '#renderer/features/rail/keel-mark.tsx';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { CopyText } from '#renderer/ui/copy-text.tsx';
import { KeyValue, KeyValues } from '#renderer/ui/key-value.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { ScreenHeader } from '#renderer/ui/screen-header.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { LicencesPanel } from './licences-panel.tsx';

/** What runs here, on what, and whose work is in it. */
export function AboutScreen() {
  return (
    <main className="screen screen-scroll" data-testid={TEST_IDS.about}>
      <ScreenHeader title="About" />
      <div className="about-grid">
        <RuntimePanel />
        <HelpPanel />
      </div>
      <ChartsPanel />
      <LicencesPanel />
    </main>
  );
}

function RuntimePanel() {
  const runtime = useDeskStore((state) => state.runtime);
  if (runtime === null) return null;
  const { appVersion, electron, chrome, node, official } = runtime;
  const versions = `Keel ${appVersion}, Electron ${electron}, Chromium ${chrome}, Node ${node}`;
  return (
    <Panel title="This Keel" aside={<CopyText text={versions} shown="Copy versions" />}>
      <div className="panel-body">
        <p className="about-mark">
          <KeelMark size={34} />
          <span>
            <strong>Keel {appVersion}</strong>
            <span className="muted">Engine vaults in step with the chain</span>
          </span>
        </p>
        <KeyValues>
          <KeyValue label="Electron">
            {electron}
            {official ? ', official build' : ', not an official build'}
          </KeyValue>
          <KeyValue label="Chromium">{chrome}</KeyValue>
          <KeyValue label="Node">{node}</KeyValue>
        </KeyValues>
        {!official && (
          <p className="callout callout-warn">
            This Electron is not an official build: it serves practice and paper vaults, and every
            live network stays locked.
          </p>
        )}
      </div>
    </Panel>
  );
}

function HelpPanel() {
  return (
    <Panel title="Help">
      <div className="panel-body about-help">
        <div>
          <h3>Keys</h3>
          <p className="muted">Everything works without a pointer.</p>
          <Button
            icon={<Keyboard size={14} aria-hidden />}
            onClick={() => openDialog({ kind: 'keyboard-map' })}
          >
            Keyboard map
          </Button>
        </div>
        <div>
          <h3>Diagnostics</h3>
          <p className="muted">
            Versions, states and the last errors, for a report: no secret, no endpoint’s address.
          </p>
          <Button
            icon={<ClipboardCopy size={14} aria-hidden />}
            onClick={() => void copyDiagnostics()}
          >
            Copy diagnostics
          </Button>
        </div>
        <div>
          <h3>Links to vaults</h3>
          <p className="muted">
            A link such as <span className="mono">keel://vault/…</span> opens a vault’s page from a
            note, a mail or another program. It can show, and never do: no link moves money, signs
            or changes a setting. Copy one from a vault’s menu or with Ctrl+K.
          </p>
        </div>
      </div>
    </Panel>
  );
}

/** The notice that the charts’ licence asks for. */
function ChartsPanel() {
  return (
    <Panel title="Charts">
      <div className="panel-body">
        <p>TradingView Lightweight Charts™</p>
        <p className="muted">
          Copyright © 2025 TradingView, Inc. <CopyText text="https://www.tradingview.com/" />
        </p>
      </div>
    </Panel>
  );
}
