import { ZOOM_STEPS, type Density } from '#domain/desk-settings.ts';
import type { Theme } from '#domain/settings.ts';
import { updateDesk } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { changeSettings } from './change-settings.ts';
import { DEFAULTS } from './number-fields.ts';
import { ChoiceSetting, SettingGroup, SettingRow, SwitchSetting } from './setting-row.tsx';

const THEMES = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { readonly value: Theme; readonly label: string }[];

const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const satisfies readonly { readonly value: Density; readonly label: string }[];

/** How the desk looks. Everything is seen at once. */
export function AppearanceSection() {
  const { theme, desk } = useDeskStore((state) => state.settings);
  return (
    <>
      <SettingGroup title="Colours and space">
        <ChoiceSetting
          id="theme"
          label="Theme"
          what="Light, dark, or as the desktop has it."
          value={theme}
          usual={DEFAULTS.theme}
          options={THEMES}
          onChange={(next) => void changeSettings({ theme: next })}
          testId={TEST_IDS.themeChoice}
        />
        <ChoiceSetting
          id="desk.density"
          label="Density"
          what="How close the lines of tables and lists stand."
          value={desk.density}
          usual={DEFAULTS.desk.density}
          options={DENSITIES}
          onChange={(density) => void updateDesk({ density }, `Lines are ${density}`)}
        />
        <Zoom zoomPercent={desk.zoomPercent} />
      </SettingGroup>
      <SettingGroup title="Window">
        <SwitchSetting
          id="desk.railOpen"
          label="Words beside the icons of the rail"
          what="In a narrow window the rail shows icons alone all the same."
          checked={desk.railOpen}
          usual={DEFAULTS.desk.railOpen}
          onChange={(railOpen) => void updateDesk({ railOpen })}
        />
        <Tables />
      </SettingGroup>
    </>
  );
}

function Zoom({ zoomPercent }: { readonly zoomPercent: number }) {
  const usual = DEFAULTS.desk.zoomPercent;
  const steps = [...new Set<number>([...ZOOM_STEPS, zoomPercent])].toSorted((a, b) => a - b);
  return (
    <SettingRow
      id="desk.zoomPercent"
      name="Zoom"
      label={<p className="setting-label">Zoom</p>}
      what="Of the whole window, text and controls; Ctrl and + or − do the same."
      usual={{
        text: `${usual} %`,
        isChanged: zoomPercent !== usual,
        restore: () => void updateDesk({ zoomPercent: usual }),
      }}
    >
      <Select
        label="Zoom"
        value={String(zoomPercent)}
        options={steps.map((step) => ({ value: String(step), label: `${step} %` }))}
        onChange={(step) => void updateDesk({ zoomPercent: Number(step) })}
      />
    </SettingRow>
  );
}

function Tables() {
  const own = useDeskStore((state) => Object.keys(state.settings.desk.tables).length);
  return (
    <SettingRow
      id="desk.tables"
      name="Tables"
      label={<p className="setting-label">Columns and order of tables</p>}
      what={
        own === 0
          ? 'All tables are as Keel shows them first; change one by its own menu.'
          : `${own === 1 ? 'One table shows' : `${own} tables show`} columns or an order of your own.`
      }
    >
      <Button
        disabled={own === 0}
        onClick={() => void updateDesk({ tables: {} }, 'Tables are as they came')}
      >
        Back to default
      </Button>
    </SettingRow>
  );
}
