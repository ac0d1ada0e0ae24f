import type { VaultId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { newsOf, statusText, vaultLine } from './vault-lines.ts';

/** Prints a line per vault whenever something other than time and slot has changed since its last line. */
export function createStatusLines(
  print: (line: string) => void,
): (views: readonly VaultView[], nowMs: UnixMs, staleAfterMs: number) => void {
  const printed = new Map<VaultId, string>();
  return (views, nowMs, staleAfterMs) => {
    for (const view of views) {
      if (view.vault.archivedAtMs !== null) continue;
      const line = vaultLine(view, nowMs, staleAfterMs);
      const news = newsOf(line);
      if (printed.get(view.vault.id) === news) continue;
      printed.set(view.vault.id, news);
      print(statusText(line, nowMs));
    }
  };
}
