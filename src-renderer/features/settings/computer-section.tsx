import { ClipboardCopy } from 'lucide-react';
import { useState } from 'react';
import type { LogLevel } from '#domain/shell-settings.ts';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { changeShell } from './change-settings.ts';

const LEVELS = [
  { value: 'error', label: 'Errors' },
  { value: 'warn', label: 'Warnings' },
  { value: 'info', label: 'Usual' },
  { value: 'debug', label: 'Everything' },
] as const satisfies readonly { readonly value: LogLevel; readonly label: string }[];

/** How Keel lives on this computer. Everything takes effect at once. */
export function ComputerSection() {
  const { closeToTray, startAtLogin, logLevel } = useDeskStore((state) => state.settings.shell);
  return (
    <div className="dialog-body settings-last">
      <Switch
        label="Keep watching when the window is closed"
        hint="Keel stays in the tray; quit it there. Where the desktop shows no tray, closing quits."
        checked={closeToTray}
        testId={TEST_IDS.closeToTray}
        onChange={(on) => void changeShell({ closeToTray: on })}
      />
      <Switch
        label="Start when you log in"
        hint="In the tray, without a window. Keys stay locked until you unlock them."
        checked={startAtLogin}
        testId={TEST_IDS.startAtLogin}
        onChange={(on) => void changeShell({ startAtLogin: on })}
      />
      <div className="setting-row">
        <div>
          <p>Log</p>
          <p className="switch-hint">What is written to the log files; never a secret.</p>
        </div>
        <Segmented
          label="Log"
          value={logLevel}
          options={LEVELS}
          onChange={(level) => void changeShell({ logLevel: level })}
          testId={TEST_IDS.logLevel}
        />
      </div>
      <Diagnostics />
    </div>
  );
}

function Diagnostics() {
  const [busy, setBusy] = useState(false);
  const copy = async () => {
    setBusy(true);
    const answer = await command(
      'The diagnostics could not be copied',
      'shell.copyDiagnostics',
      {},
    );
    setBusy(false);
    if (answer === null) return;
    const lines = answer.text.split('\n').length;
    showToast(
      'good',
      'Diagnostics copied',
      `${lines} lines, without keys or addresses of endpoints.`,
    );
  };
  return (
    <div className="setting-row">
      <div>
        <p>Diagnostics</p>
        <p className="switch-hint">
          Versions, states and the last errors, for a report: no secret and no endpoint’s address.
        </p>
      </div>
      <Button
        busy={busy}
        icon={<ClipboardCopy size={14} aria-hidden />}
        data-testid={TEST_IDS.copyDiagnostics}
        onClick={() => void copy()}
      >
        Copy
      </Button>
    </div>
  );
}
