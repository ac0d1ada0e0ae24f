import type { VisibleSettings } from '#domain/settings.ts';
import type { ShellSettings } from '#domain/shell-settings.ts';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { offerUndo } from '#renderer/stores/undo-store.ts';

/** For what takes effect at once: no form, no Save; it can be taken back. */
export async function changeSettings(
  part: Partial<VisibleSettings>,
  label = 'Setting changed',
): Promise<void> {
  const before = useDeskStore.getState().settings;
  if (!(await save(part))) return;
  const fields = Object.entries(before).filter(([field]) => field in part);
  const old: Partial<VisibleSettings> = Object.fromEntries(fields);
  offerUndo(label, () => save(old));
}

async function save(part: Partial<VisibleSettings>): Promise<boolean> {
  const next = { ...useDeskStore.getState().settings, ...part };
  const saved = await command('The setting could not be saved', 'settings.update', next);
  if (saved !== null) useDeskStore.setState({ settings: saved });
  return saved !== null;
}

export async function changeShell(part: Partial<ShellSettings>, label?: string): Promise<void> {
  const { shell } = useDeskStore.getState().settings;
  await changeSettings({ shell: { ...shell, ...part } }, label);
}
