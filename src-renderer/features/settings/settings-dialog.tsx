import './settings.css';
import { useState } from 'react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog, type SettingsSection } from '#renderer/stores/navigation-store.ts';
import { DataSection } from '#renderer/features/data/data-section.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { CapitalForm } from './capital-form.tsx';
import { changeSettings } from './change-settings.ts';
import { ComputerSection } from './computer-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { SyncForm } from './sync-form.tsx';
import { WatchForm } from './watch-form.tsx';

const SECTIONS = [
  { value: 'general', label: 'General' },
  { value: 'capital', label: 'Capital' },
  { value: 'watching', label: 'Watching' },
  { value: 'notifications', label: 'Notifications' },
  { value: 'data', label: 'Data' },
  { value: 'computer', label: 'Computer' },
] as const;

export interface SettingsDialogProps {
  /** The one in front when it opens. */
  readonly section: SettingsSection;
}

/** Switches take effect at once; numbers when they are saved. */
export function SettingsDialog({ section: first }: SettingsDialogProps) {
  const [section, setSection] = useState<SettingsSection>(first);
  return (
    <Dialog title="Settings" onClose={closeDialog} wide>
      <div className="settings-sections">
        <Segmented
          label="Section"
          value={section}
          options={SECTIONS}
          onChange={setSection}
          testId={TEST_IDS.settingsSections}
        />
      </div>
      {section === 'general' && <GeneralSection />}
      {section === 'capital' && <CapitalForm />}
      {section === 'watching' && <WatchForm />}
      {section === 'notifications' && <NotificationsSection />}
      {section === 'computer' && <ComputerSection />}
      {section === 'data' && <DataSection />}
    </Dialog>
  );
}

function GeneralSection() {
  const settings = useDeskStore((state) => state.settings);
  return (
    <>
      <div className="dialog-body">
        <div className="setting-row">
          <span>Theme</span>
          <Segmented
            label="Theme"
            value={settings.theme}
            options={THEMES}
            onChange={(theme) => void changeSettings({ theme })}
            testId={TEST_IDS.themeChoice}
          />
        </div>
      </div>
      <SyncForm />
    </>
  );
}

const THEMES = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
