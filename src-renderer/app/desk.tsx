import './desk.css';
import { LoaderCircle, OctagonAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { AboutScreen } from '#renderer/features/about/about-screen.tsx';
import { ActivityScreen } from '#renderer/features/activity/activity-screen.tsx';
import { DesignScreen } from '#renderer/features/design/design-screen.tsx';
import { OverviewScreen } from '#renderer/features/overview/overview-screen.tsx';
import { SettingsScreen } from '#renderer/features/settings/settings-screen.tsx';
import { AlarmBanners } from '#renderer/features/alarms/alarm-banners.tsx';
import { ExportLines } from '#renderer/features/export/export-lines.tsx';
import { HaltBanner } from '#renderer/features/halt/halt-banner.tsx';
import { AlertAnnouncer } from '#renderer/features/inbox/alert-announcer.tsx';
import { InboxScreen } from '#renderer/features/inbox/inbox-screen.tsx';
import { KeysScreen } from '#renderer/features/keys/keys-screen.tsx';
import { useCommandKeys } from '#renderer/features/commands/use-command-keys.ts';
import { Rail } from '#renderer/features/rail/rail.tsx';
import { OperationsScreen } from '#renderer/features/operations/operations-screen.tsx';
import { PracticePanel } from '#renderer/features/practice-panel/practice-panel.tsx';
import { StatusBar } from '#renderer/features/status-bar/status-bar.tsx';
import { TourNotice } from '#renderer/features/tour/tour-notice.tsx';
import { Tour } from '#renderer/features/tour/tour-card.tsx';
import { TopBar } from '#renderer/features/top-bar/top-bar.tsx';
import { VaultPage } from '#renderer/features/vault-page/vault-page.tsx';
import { VaultsScreen } from '#renderer/features/vault-table/vaults-screen.tsx';
import { reloadDesk } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { placeOf, useNavigationStore, type Route } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { FigureTips } from '#renderer/ui/figure-tips.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { Dialogs } from './dialogs.tsx';
import { Region } from './faults/region.tsx';
import { Toasts } from './toasts.tsx';
import { useKeptPlace } from './use-kept-place.ts';
import { useTheme } from './use-theme.ts';
import { WindowTitle } from './window-title.tsx';

/** The window's content, and its title. */
export function Desk() {
  return (
    <>
      <WindowTitle />
      <DeskContent />
    </>
  );
}

/** The rail, bars, alarms, the screen in front, dialogs and toasts. */
function DeskContent() {
  const load = useDeskStore((state) => state.load);
  useTheme();
  useCommandKeys();
  if (load.kind === 'loading') return <Loading />;
  if (load.kind === 'failed') return <Failed />;
  return (
    <div className="desk" data-testid={TEST_IDS.desk}>
      <Rail />
      <div className="desk-column">
        <TopBar />
        <div className="desk-notices">
          <HaltBanner />
          <TourNotice />
          <AlarmBanners />
        </div>
        <AlertAnnouncer />
        <div className="desk-middle">
          <ScreenInFront />
          <Practice />
        </div>
        <Region where="tour" what="The tour">
          <Tour />
        </Region>
        <ExportLines />
        <Toasts />
        <StatusBar />
      </div>
      <Region where="dialog" what="This dialog">
        <Dialogs />
      </Region>
      <FigureTips />
    </div>
  );
}

function ScreenInFront() {
  const route = useNavigationStore((state) => state.route);
  const place = placeOf(route);
  const frame = useKeptPlace(place);
  return (
    <div ref={frame} className="desk-screen" tabIndex={-1}>
      <Region where={`screen ${route.kind}`} what="This screen" resetOn={place}>
        <Screen route={route} />
      </Region>
    </div>
  );
}

function Practice() {
  const open = useNavigationStore((state) => state.practiceOpen);
  if (!open) return null;
  return (
    <Region where="practice panel" what="The practice panel">
      <PracticePanel />
    </Region>
  );
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'vaults':
      return <VaultsScreen />;
    case 'vault':
      return <VaultPage key={route.id} id={route.id} />;
    case 'operations':
      return <OperationsScreen />;
    case 'keys':
      return <KeysScreen />;
    case 'inbox':
      return <InboxScreen />;
    case 'overview':
      return <OverviewScreen />;
    case 'activity':
      return <ActivityScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'about':
      return <AboutScreen />;
    case 'design':
      return <DesignScreen />;
  }
}

/** Nothing for the first moment: a start that is quick should not flash. */
function Loading() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 400);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="desk-loading" data-testid={TEST_IDS.deskLoading} aria-busy="true">
      <h1 className="visually-hidden">Keel is starting</h1>
      {slow && <Skeleton />}
    </main>
  );
}

/** The desk's own outline, so that nothing jumps when the figures arrive. */
function Skeleton() {
  return (
    <div className="skeleton">
      <div className="skeleton-bar" />
      <div className="skeleton-cards">
        <div className="skeleton-block" />
        <div className="skeleton-block" />
      </div>
      <div className="skeleton-rows">
        {['first', 'second', 'third', 'fourth'].map((row) => (
          <div key={row} className="skeleton-row" />
        ))}
      </div>
      <p role="status">
        <LoaderCircle size={16} className="spin" aria-hidden />
        Keel’s engine is starting. No figure is shown before it has been read.
      </p>
    </div>
  );
}

function Failed() {
  const load = useDeskStore((state) => state.load);
  const [busy, setBusy] = useState(false);
  if (load.kind !== 'failed') return null;
  const again = async () => {
    setBusy(true);
    await reloadDesk();
    setBusy(false);
  };
  return (
    <main className="desk-message" data-testid={TEST_IDS.deskFailed} role="alert">
      <OctagonAlert size={28} aria-hidden className="sync-bad" />
      <h1>The desk could not be loaded</h1>
      <p>
        {load.error.message} {load.error.advice}
      </p>
      <p className="mono faint">{load.error.code}</p>
      <Button tone="primary" busy={busy} onClick={() => void again()}>
        Try again
      </Button>
    </main>
  );
}
