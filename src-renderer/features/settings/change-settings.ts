import type { VisibleSettings } from '#domain/settings.ts';
import type { ShellSettings } from '#domain/shell-settings.ts';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';

/** For what takes effect at once: no form, no Save. */
export async function changeSettings(part: Partial<VisibleSettings>): Promise<void> {
  const next = { ...useDeskStore.getState().settings, ...part };
  const saved = await command('The setting could not be saved', 'settings.update', next);
  if (saved !== null) useDeskStore.setState({ settings: saved });
}

export async function changeShell(part: Partial<ShellSettings>): Promise<void> {
  const { shell } = useDeskStore.getState().settings;
  await changeSettings({ shell: { ...shell, ...part } });
}
