import { BellRing, CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import type { QuietHours } from '#domain/shell-settings.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { changeSettings, changeShell } from './change-settings.ts';
import { DEFAULTS } from './number-fields.ts';
import { minuteOfTime, quietSpan, timeOfMinute } from './quiet-hours.ts';
import { settingRowId } from './setting-ids.ts';
import { SettingGroup, SettingRow, SwitchSetting } from './setting-row.tsx';

/** What rings on this desktop, and when. Everything takes effect at once. */
export function NotificationsSection() {
  const { notifications, shell } = useDeskStore((state) => state.settings);
  const { quietHours } = shell;
  const change = (part: Partial<QuietHours>) =>
    void changeShell({ quietHours: { ...quietHours, ...part } });
  return (
    <>
      <SettingGroup title="On this desktop">
        <SwitchSetting
          id="notifications"
          label="Notifications"
          what="When a vault cannot be synced, margin runs low, or an operation ends; once for each cause."
          checked={notifications}
          usual={DEFAULTS.notifications}
          testId={TEST_IDS.notificationsOn}
          onChange={(on) => void changeSettings({ notifications: on })}
        />
        <TestNotification />
      </SettingGroup>
      <SettingGroup title="Silence">
        <SwitchSetting
          id="quietHours"
          label="Quiet hours"
          what="Only what is critical rings; the rest waits in the inbox."
          checked={quietHours.enabled}
          usual={DEFAULTS.shell.quietHours.enabled}
          testId={TEST_IDS.quietHoursOn}
          onChange={(enabled) => change({ enabled })}
        />
        {quietHours.enabled && (
          <div className="setting" id={settingRowId('quietHours.times')}>
            <div className="setting-words">
              <div className="setting-times">
                <TimeField
                  label="From"
                  minute={quietHours.fromMinute}
                  usual={DEFAULTS.shell.quietHours.fromMinute}
                  testId={TEST_IDS.quietFrom}
                  onChange={(fromMinute) => change({ fromMinute })}
                />
                <TimeField
                  label="To"
                  minute={quietHours.toMinute}
                  usual={DEFAULTS.shell.quietHours.toMinute}
                  testId={TEST_IDS.quietTo}
                  onChange={(toMinute) => change({ toMinute })}
                />
              </div>
              <p className="setting-what">
                {quietSpan(quietHours.fromMinute, quietHours.toMinute)} Local time.
              </p>
            </div>
          </div>
        )}
      </SettingGroup>
    </>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly minute: number;
  readonly usual: number;
  readonly testId: string;
  readonly onChange: (minute: number) => void;
}

function TimeField({ label, minute, usual, testId, onChange }: TimeFieldProps) {
  const [typed, setTyped] = useState(timeOfMinute(minute));
  const read = minuteOfTime(typed);
  const commit = () => {
    if (read === null || read === minute) return;
    setTyped(timeOfMinute(read));
    onChange(read);
  };
  return (
    <TextField
      label={label}
      hint={`Default ${timeOfMinute(usual)}`}
      value={typed}
      inputMode="numeric"
      error={read === null ? 'A time like 23:00.' : null}
      data-testid={testId}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}

interface TestResult {
  readonly good: boolean;
  readonly text: string;
}

function TestNotification() {
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<TestResult | null>(null);
  const test = async () => {
    setBusy(true);
    const answer = await request('shell.testNotification', {});
    setBusy(false);
    if (!answer.ok) setResult({ good: false, text: answer.error.message });
    else setResult(answer.value.supported ? SHOWN : NOT_SHOWN);
  };
  const Icon = result?.good === true ? CircleCheck : CircleX;
  return (
    <SettingRow
      id="testNotification"
      name="Try it"
      label={<p className="setting-label">Try it</p>}
      what={
        <span role="status" data-testid={TEST_IDS.testNotificationResult}>
          {result === null ? (
            'Shows one now, whatever the quiet hours say.'
          ) : (
            <span className={result.good ? 'setting-result sync-good' : 'setting-result sync-bad'}>
              <Icon size={13} aria-hidden />
              {result.text}
            </span>
          )}
        </span>
      }
    >
      <Button
        busy={busy}
        icon={<BellRing size={14} aria-hidden />}
        data-testid={TEST_IDS.testNotification}
        onClick={() => void test()}
      >
        Test
      </Button>
    </SettingRow>
  );
}

const SHOWN: TestResult = {
  good: true,
  text: 'Handed to the desktop. If you see nothing, look at its own “do not disturb”.',
};
const NOT_SHOWN: TestResult = {
  good: false,
  text: 'This desktop shows no notifications: the inbox and the tray tell you instead.',
};
