import './alarm-banners.css';
import { Info, OctagonAlert, RefreshCw, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { useAlerts } from '#renderer/stores/alert-store.ts';
import type { Alarm } from '#renderer/stores/alarms.ts';
import { command } from '#renderer/stores/commands.ts';
import { dismissNotice, useDeskStore } from '#renderer/stores/desk-store.ts';
import { openInbox, openVault, useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { useAlarms } from '#renderer/stores/selectors.ts';
import { Age, Countdown } from '#renderer/ui/age.tsx';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { formatCount } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { AlertBanner } from './alert-banner.tsx';
import { alertsForBanners, bannersInOrder } from './alert-banners.ts';
import { alarmWords, oldestFiguresAtMs } from './alarm-words.ts';

const MOST_BANNERS = 3;

/** On top of every screen: what cannot wait. Not dismissable; it goes when its cause does. */
export function AlarmBanners() {
  const alarms = useAlarms();
  const alerts = alertsForBanners(useAlerts(), alarms);
  const banners = bannersInOrder(alarms, alerts);
  const beyond = banners.slice(MOST_BANNERS);
  const hidden = beyond.filter(({ kind }) => kind === 'alarm').length;
  const hiddenAlerts = beyond.length - hidden;
  return (
    <div className="alarms" role="region" aria-label="Alarms">
      {banners
        .slice(0, MOST_BANNERS)
        .map((banner) =>
          banner.kind === 'alarm' ? (
            <AlarmBanner key={banner.alarm.key} alarm={banner.alarm} />
          ) : (
            <AlertBanner key={banner.alert.id} alert={banner.alert} />
          ),
        )}
      {hidden > 0 && (
        <p className="alarm alarm-more">
          {hidden} more {hidden === 1 ? 'alarm' : 'alarms'}: filter the table by “Needs attention”.
        </p>
      )}
      {hiddenAlerts > 0 && (
        <p className="alarm alarm-more">
          {hiddenAlerts} more critical {hiddenAlerts === 1 ? 'alert' : 'alerts'}{' '}
          <button type="button" className="link" onClick={openInbox}>
            in the inbox
          </button>
        </p>
      )}
      <Notices />
    </div>
  );
}

function AlarmBanner({ alarm }: { readonly alarm: Alarm }) {
  const networks = useDeskStore((state) => state.networks);
  const label = networks.find(({ id }) => id === alarm.status?.network)?.label;
  const { tone, title, cause, advice } = alarmWords(alarm, label);
  const Icon = tone === 'bad' ? OctagonAlert : TriangleAlert;
  return (
    <div
      className={`alarm alarm-${tone}`}
      data-testid={TEST_IDS.syncErrorBanner}
      data-alarm={alarm.kind}
    >
      <Icon size={18} aria-hidden />
      <div className="alarm-text">
        {/* Only the words are announced: the countdown beside them would be read out every second. */}
        <p role="alert">
          <strong>{title}</strong>
          <span className="alarm-cause" title={`${cause} ${advice}`}>
            {cause} {advice}
          </span>
        </p>
        <AlarmFacts alarm={alarm} />
      </div>
      <AlarmActions alarm={alarm} />
    </div>
  );
}

function AlarmFacts({ alarm }: { readonly alarm: Alarm }) {
  const figuresAt = oldestFiguresAtMs(alarm);
  return (
    <ul className="alarm-facts">
      {alarm.error !== null && alarm.kind !== 'halted' && (
        <li className="mono" title="Code of the error, for the log">
          {alarm.error.code}
        </li>
      )}
      {alarm.attempts !== null && (
        <li data-testid={TEST_IDS.bannerAttempts}>{formatCount(alarm.attempts, 'attempt')}</li>
      )}
      {alarm.nextAttemptAtMs !== null && (
        <li data-testid={TEST_IDS.bannerNextAttempt}>
          next attempt in <Countdown atMs={alarm.nextAttemptAtMs} />
        </li>
      )}
      {alarm.kind !== 'halted' && figuresAt !== null && (
        <li>
          figures shown are <Age atMs={figuresAt} suffix=" old" />
        </li>
      )}
      {alarm.kind === 'failing' && figuresAt === null && <li>no figures yet</li>}
    </ul>
  );
}

function AlarmActions({ alarm }: { readonly alarm: Alarm }) {
  const [busy, setBusy] = useState(false);
  const route = useNavigationStore((state) => state.route);
  const [first, ...others] = alarm.views;
  if (first === undefined || alarm.kind === 'engine') return null;
  const { id } = first.vault;
  const sync = async () => {
    setBusy(true);
    await command(`${first.vault.name} could not be synced`, 'vault.syncNow', {
      vaultId: others.length === 0 ? id : null,
    });
    setBusy(false);
  };
  const isOpen = route.kind === 'vault' && route.id === id;
  return (
    <div className="alarm-actions">
      {alarm.kind !== 'halted' && (
        <Button busy={busy} icon={<RefreshCw size={14} aria-hidden />} onClick={() => void sync()}>
          {others.length === 0 ? 'Sync now' : 'Sync all'}
        </Button>
      )}
      {!isOpen && others.length === 0 && <Button onClick={() => openVault(id)}>Open vault</Button>}
    </div>
  );
}

/** Notices of the start, for instance a settings file that was set aside. */
function Notices() {
  const notices = useDeskStore((state) => state.notices);
  return notices.map((notice) => (
    <div key={notice} className="alarm alarm-info" role="status">
      <Info size={18} aria-hidden />
      <p className="alarm-text">{notice}</p>
      <IconButton label="Dismiss" onClick={() => dismissNotice(notice)}>
        <X size={15} aria-hidden />
      </IconButton>
    </div>
  ));
}
