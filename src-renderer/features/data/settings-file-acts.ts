import { command } from '#renderer/stores/commands.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';

/** Writes the settings into a file that the trader chooses. */
export async function exportSettings(): Promise<void> {
  const answer = await command('The settings were not exported', 'settings.exportFile', {});
  if (answer?.fileName === null || answer === null) return;
  showToast('good', 'Settings exported', answer.fileName);
}

/** Lets the trader choose a file, and shows what it would change. */
export async function importSettings(): Promise<void> {
  const answer = await command('The file was not read', 'settings.previewImport', {});
  if (answer === null || answer.preview === null) return;
  openDialog({ kind: 'import-settings', preview: answer.preview });
}
