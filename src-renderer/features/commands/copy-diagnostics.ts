import { command } from '#renderer/stores/commands.ts';
import { showToast } from '#renderer/stores/toast-store.ts';

/** Puts the diagnostics on the clipboard and says how much they are. */
export async function copyDiagnostics(): Promise<void> {
  const answer = await command('The diagnostics could not be copied', 'shell.copyDiagnostics', {});
  if (answer === null) return;
  const lines = answer.text.split('\n').length;
  const text = `${lines} lines, without keys or addresses of endpoints.`;
  showToast('good', 'Diagnostics copied', text);
}
