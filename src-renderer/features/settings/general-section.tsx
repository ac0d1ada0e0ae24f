import { ClipboardCopy, GraduationCap } from 'lucide-react';
import { useState } from 'react';
import type { LogLevel } from '#domain/shell-settings.ts';
import { beginTour } from '#renderer/features/tour/tour-store.ts';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { changeShell } from './change-settings.ts';
import { DEFAULTS } from './number-fields.ts';
import { ChoiceSetting, SettingGroup, SettingRow, SwitchSetting } from './setting-row.tsx';

const LEVELS = [
  { value: 'error', label: 'Errors' },
  { value: 'warn', label: 'Warnings' },
  { value: 'info', label: 'Usual' },
  { value: 'debug', label: 'Everything' },
] as const satisfies readonly { readonly value: LogLevel; readonly label: string }[];

/** How Keel lives on this computer. Everything takes effect at once. */
export function GeneralSection() {
  const { closeToTray, startAtLogin, logLevel } = useDeskStore((state) => state.settings.shell);
  return (
    <>
      <SettingGroup title="This computer">
        <SwitchSetting
          id="shell.closeToTray"
          label="Keep watching when the window is closed"
          what="Keel stays in the tray; quit it there. Where the desktop shows no tray, closing quits."
          checked={closeToTray}
          usual={DEFAULTS.shell.closeToTray}
          testId={TEST_IDS.closeToTray}
          onChange={(on) => void changeShell({ closeToTray: on })}
        />
        <SwitchSetting
          id="shell.startAtLogin"
          label="Start when you log in"
          what="In the tray, without a window. Keys stay locked until you unlock them."
          checked={startAtLogin}
          usual={DEFAULTS.shell.startAtLogin}
          testId={TEST_IDS.startAtLogin}
          onChange={(on) => void changeShell({ startAtLogin: on })}
        />
      </SettingGroup>
      <SettingGroup title="When something is wrong">
        <ChoiceSetting
          id="shell.logLevel"
          label="Log"
          what="How much is written to the log files; never a secret."
          value={logLevel}
          usual={DEFAULTS.shell.logLevel}
          options={LEVELS}
          onChange={(level) => void changeShell({ logLevel: level })}
          testId={TEST_IDS.logLevel}
        />
        <Diagnostics />
      </SettingGroup>
      <SettingGroup title="First steps">
        <TourAgain />
      </SettingGroup>
    </>
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
    <SettingRow
      id="diagnostics"
      name="Diagnostics"
      label={<p className="setting-label">Diagnostics</p>}
      what="Versions, states and the last errors, for a report: no secret and no endpoint’s address."
    >
      <Button
        busy={busy}
        icon={<ClipboardCopy size={14} aria-hidden />}
        data-testid={TEST_IDS.copyDiagnostics}
        onClick={() => void copy()}
      >
        Copy
      </Button>
    </SettingRow>
  );
}

function TourAgain() {
  const tour = useDeskStore((state) => state.settings.desk.tour);
  return (
    <SettingRow
      id="tour"
      name="The tour"
      label={<p className="setting-label">The tour</p>}
      what={
        tour === 'new'
          ? 'It is offered on the overview: a vault, a deposit, and what Keel does when the network breaks.'
          : 'Again from its beginning, with play money: a vault, a deposit, and what Keel does when the network breaks.'
      }
    >
      <Button icon={<GraduationCap size={14} aria-hidden />} onClick={beginTour}>
        Show the tour
      </Button>
    </SettingRow>
  );
}
