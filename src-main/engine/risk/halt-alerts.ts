import type { HaltAll, HaltSource } from '#domain/halt-all.ts';
import type { UnixMs } from '#domain/units.ts';
import type { AlertBook } from './alert-book.ts';

const SOURCES: Readonly<Record<HaltSource, string>> = {
  window: 'in the window',
  keyboard: 'with the keyboard',
  tray: 'from the tray',
  notification: 'from a notification',
};

/** Keeps in the inbox when everything was halted and when that was lifted (M4). */
export class HaltAlerts {
  readonly #alerts: AlertBook;
  #sinceMs: UnixMs | null = null;

  constructor(alerts: AlertBook) {
    this.#alerts = alerts;
  }

  /** What an earlier run has told already. */
  takeOver(before: HaltAll | null): void {
    this.#sinceMs = before?.sinceMs ?? null;
  }

  note(haltAll: HaltAll | null): void {
    const sinceMs = haltAll?.sinceMs ?? null;
    if (sinceMs === this.#sinceMs) return;
    this.#sinceMs = sinceMs;
    const about = {
      key: 'halt',
      kind: 'halt' as const,
      severity: 'info' as const,
      vaultId: null,
      network: null,
      operationId: null,
    };
    this.#alerts.news(
      haltAll === null
        ? {
            ...about,
            title: 'The halt of everything is lifted',
            text: 'Each vault stays halted until you enable it.',
            advice: 'Enable the vaults that are to trade again.',
          }
        : {
            ...about,
            title: 'Everything is halted',
            text: `It was halted ${SOURCES[haltAll.source]}: no vault trades and no capital moves. What was sent already is watched to its end.`,
            advice: 'Lift the halt when you are ready, then enable each vault.',
          },
    );
  }
}
