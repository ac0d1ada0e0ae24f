import type { GateSurroundings } from '#domain/gate-inputs.ts';
import type { VaultId } from '#domain/ids.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { newsOf, statusText, vaultLine } from './vault-lines.ts';

/** Prints a line per vault whenever something other than time and slot has changed since its last line. */
export function createStatusLines(
  print: (line: string) => void,
): (views: readonly VaultView[], around: GateSurroundings) => void {
  const printed = new Map<VaultId, string>();
  return (views, around) => {
    for (const view of views) {
      if (view.vault.archivedAtMs !== null) continue;
      const line = vaultLine(view, around);
      const news = newsOf(line);
      if (printed.get(view.vault.id) === news) continue;
      printed.set(view.vault.id, news);
      print(statusText(line, around.nowMs));
    }
  };
}
