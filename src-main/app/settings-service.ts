import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Settings, VisibleSettings } from '#domain/settings.ts';
import type { SettingsFile } from '#main/platform/settings-file.ts';
import type { SettingsGate } from './settings-gate.ts';

/** What of the settings the window may see: endpoints stay outside. */
export function visibleSettings(settings: Settings): VisibleSettings {
  const { theme, notifications, sync, capital, watch, shell, desk } = settings;
  return { theme, notifications, sync, capital, watch, shell, desk };
}

/** Asks the gate, writes the settings, and passes on what has changed. */
export async function updateSettings(
  file: SettingsFile,
  gate: SettingsGate,
  next: VisibleSettings,
  onChange: (settings: VisibleSettings) => void,
): Promise<Result<VisibleSettings, KeelError>> {
  const sound = file.check(next);
  if (!sound.ok) return sound;
  const before: CapitalSettings = file.current().capital;
  const passed = await gate.pass(before, next.capital);
  if (!passed.ok) return passed;
  const written = file.update(next);
  if (!written.ok) return written;
  const visible = visibleSettings(written.value);
  onChange(visible);
  return ok(visible);
}
