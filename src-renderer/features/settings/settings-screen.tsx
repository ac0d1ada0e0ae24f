import './settings.css';
import { Tabs } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { DataSection } from '#renderer/features/data/data-section.tsx';
import {
  openSettings,
  useNavigationStore,
  type SettingsSection,
} from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { ScreenHeader } from '#renderer/ui/screen-header.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { AppearanceSection } from './appearance-section.tsx';
import { CAPITAL_FORM, DATA_FORM } from './capital-fields.ts';
import { unsavedSections, useDrafts } from './drafts.ts';
import { GeneralSection } from './general-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { NetworksSection } from './networks-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { settingRowId } from './setting-ids.ts';
import { labelOf, SECTIONS, useJump } from './settings-index.ts';
import { SettingsForm } from './settings-form.tsx';
import { SettingsSearch } from './settings-search.tsx';
import { SYNC_FORM } from './sync-fields.ts';
import { WATCH_FORM } from './watch-fields.ts';

/** Switches and choices take effect at once; numbers and endpoints when they are saved. */
export function SettingsScreen() {
  const section = useNavigationStore(({ route }) =>
    route.kind === 'settings' ? route.section : 'general',
  );
  const unsaved = unsavedSections(useDrafts());
  const pageRef = useJumps(section);
  useReminder();
  const about = SECTIONS.find(({ value }) => value === section)?.about;
  return (
    <main className="screen settings-screen" data-testid={TEST_IDS.settings}>
      <ScreenHeader title="Settings" />
      <Tabs.Root
        className="settings"
        orientation="vertical"
        value={section}
        onValueChange={(next) => openSettings(next as SettingsSection)}
      >
        <div className="settings-side">
          <SettingsSearch />
          <Tabs.List
            className="settings-sections"
            aria-label="Section"
            data-testid={TEST_IDS.settingsSections}
          >
            {SECTIONS.map(({ value, label, icon: Icon }) => (
              <Tabs.Trigger key={value} value={value} className="settings-tab">
                <Icon size={15} aria-hidden />
                {label}
                {unsaved.includes(value) && (
                  <span className="settings-unsaved" role="img" aria-label="not saved" />
                )}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </div>
        <Tabs.Content key={section} value={section} className="settings-page" ref={pageRef}>
          <div className="settings-column">
            <h2>{labelOf(section)}</h2>
            <p className="settings-about">{about}</p>
            <Section section={section} />
          </div>
        </Tabs.Content>
      </Tabs.Root>
    </main>
  );
}

function Section({ section }: { readonly section: SettingsSection }) {
  switch (section) {
    case 'general':
      return <GeneralSection />;
    case 'appearance':
      return <AppearanceSection />;
    case 'networks':
      return <NetworksSection />;
    case 'sync':
      return <SettingsForm form={SYNC_FORM} />;
    case 'watching':
      return <SettingsForm form={WATCH_FORM} />;
    case 'capital':
      return <SettingsForm form={CAPITAL_FORM} />;
    case 'keys':
      return <KeysSection />;
    case 'notifications':
      return <NotificationsSection />;
    case 'data':
      return (
        <>
          <SettingsForm form={DATA_FORM} />
          <DataSection />
        </>
      );
  }
}

/** Shows the setting that was searched for, once its section is drawn. */
function useJumps(section: SettingsSection) {
  const wanted = useJump((state) => state.wanted);
  const pageRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wanted === null) return;
    useJump.setState({ wanted: null });
    const row = document.getElementById(settingRowId(wanted));
    const target = row ?? pageRef.current;
    row?.scrollIntoView({ block: 'center' });
    target?.querySelector<HTMLElement>(CONTROLS)?.focus();
    if (row === null) return;
    row.dataset['found'] = 'true';
    setTimeout(() => delete row.dataset['found'], SHOWN_FOR_MS);
  }, [wanted, section]);
  return pageRef;
}

const CONTROLS = 'input, select, [role="switch"], [role="radio"][data-state="checked"], button';
const SHOWN_FOR_MS = 1_600;

/** Leaving with something unsaved is allowed, and said: it is all there on coming back. */
function useReminder(): void {
  useEffect(
    () => () => {
      const unsaved = unsavedSections(useDrafts.getState());
      const [first] = unsaved;
      if (first === undefined || useNavigationStore.getState().route.kind === 'settings') return;
      showToast(
        'info',
        `Not saved: ${unsaved.map(labelOf).join(', ')}`,
        'What you typed is kept until you save or discard it.',
        { label: 'Go back', act: () => openSettings(first) },
      );
    },
    [],
  );
}
