import './settings.css';
import { useState } from 'react';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog, type SettingsSection } from '#renderer/stores/navigation-store.ts';
import { DataSection } from '#renderer/features/data/data-section.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { CapitalForm } from './capital-form.tsx';
import { SyncForm } from './sync-form.tsx';

const SECTIONS = [
  { value: 'general', label: 'General' },
  { value: 'capital', label: 'Capital' },
  { value: 'data', label: 'Data' },
] as const;

export interface SettingsDialogProps {
  /** The one in front when it opens. */
  readonly section: SettingsSection;
}

/** Theme and notifications take effect at once; numbers when they are saved. */
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
      {section === 'data' && <DataSection />}
    </Dialog>
  );
}

function GeneralSection() {
  const settings = useDeskStore((state) => state.settings);
  const change = async (part: Partial<typeof settings>) => {
    const next = { ...settings, ...part };
    const saved = await command('The setting could not be saved', 'settings.update', next);
    if (saved !== null) useDeskStore.setState({ settings: saved });
  };
  return (
    <>
      <div className="dialog-body">
        <div className="setting-row">
          <span>Theme</span>
          <Segmented
            label="Theme"
            value={settings.theme}
            options={THEMES}
            onChange={(theme) => void change({ theme })}
            testId={TEST_IDS.themeChoice}
          />
        </div>
        <Switch
          label="Notifications"
          hint="One when a vault cannot be synced, one when it is verified again."
          checked={settings.notifications}
          onChange={(notifications) => void change({ notifications })}
        />
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
