import { KeyRound } from 'lucide-react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openKeys } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { KEYS_FORM } from './capital-fields.ts';
import { SettingGroup, SettingRow } from './setting-row.tsx';
import { SettingsForm } from './settings-form.tsx';

/** What guards the keys; the keys themselves have a screen of their own. */
export function KeysSection() {
  const { secondWrap, keys } = useDeskStore((state) => state.signer);
  return (
    <>
      <SettingsForm form={KEYS_FORM} />
      <SettingGroup title="On the Keys screen">
        <SettingRow
          id="keys.secondWrap"
          name="Second lock"
          label={<p className="setting-label">Second lock: {secondWrap ? 'on' : 'off'}</p>}
          what="The operating system’s secret store wraps the keys once more: a copied key file is of no use elsewhere. It takes your passphrase to change it."
        >
          <Button icon={<KeyRound size={14} aria-hidden />} onClick={openKeys}>
            Open Keys
          </Button>
        </SettingRow>
        <SettingRow
          id="keys.list"
          name="Keys and passphrase"
          label={<p className="setting-label">Keys and passphrase</p>}
          what={`${keys.length === 1 ? 'One key' : `${keys.length} keys`}; import, export, rename and remove them there, and change the passphrase.`}
        >
          <Button icon={<KeyRound size={14} aria-hidden />} onClick={openKeys}>
            Open Keys
          </Button>
        </SettingRow>
      </SettingGroup>
    </>
  );
}
