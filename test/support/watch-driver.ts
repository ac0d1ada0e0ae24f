/** Margin, exchange, halts and alerts as a trader meets them: the practice panel's verbs, the figures, the inbox. */
import type { Locator } from 'playwright-core';
import type { AlertKind, AlertSeverity } from '#domain/alert.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { DeskDriver } from './desk-driver.ts';
import { eventually } from './shell-profile.ts';

type PracticeVerb = 'setFaults' | 'setExchangeStatus' | 'setMarket' | 'setHealth' | 'tradeAsOther';

export interface InboxRow {
  readonly id: string;
  readonly kind: AlertKind;
  readonly severity: AlertSeverity;
  readonly raised: boolean;
  readonly acknowledged: boolean;
  readonly text: string;
}

export interface WatchDriver {
  /** @throws Error with the answer where the practice network refuses it */
  practice(verb: PracticeVerb, request: object): Promise<void>;
  /** As last verified, hundredths of a percent; null: no figures yet. */
  healthBps(vault: string): Promise<number | null>;
  /** Moves the price, and waits until Keel has verified the health that follows. */
  moveHealth(vault: string, wanted: MovedHealth): Promise<void>;
  /** Goes to the inbox by its key. */
  openInbox(): Promise<void>;
  /** What the inbox on screen shows, top first. */
  inbox(kind?: AlertKind): Promise<readonly InboxRow[]>;
  inboxRow(id: string): Locator;
}

export interface MovedHealth {
  readonly subAccountId: number;
  readonly marketIndex: number;
  readonly healthBps: number;
}

interface LoadedViews {
  readonly value: {
    readonly views: readonly {
      readonly vault: { readonly name: string };
      readonly state: {
        readonly observation: {
          readonly snapshot: { readonly figures: { readonly healthBps: number } };
        } | null;
      };
    }[];
  };
}

export function driveWatch(desk: DeskDriver): WatchDriver {
  const { page } = desk;
  const practice = async (verb: PracticeVerb, request: object): Promise<void> => {
    const answer = (await desk.invoke(`practice.${verb}`, request)) as { readonly ok: boolean };
    if (!answer.ok) throw new Error(`practice.${verb}: ${JSON.stringify(answer)}`);
  };
  const healthBps = async (name: string): Promise<number | null> => {
    const { value } = (await desk.invoke('desk.load', {})) as LoadedViews;
    const view = value.views.find(({ vault }) => vault.name === name);
    return view?.state.observation?.snapshot.figures.healthBps ?? null;
  };
  return {
    practice,
    healthBps,
    moveHealth: async (vault, wanted) => {
      await practice('setHealth', wanted);
      const near = async () => Math.abs(((await healthBps(vault)) ?? -9) - wanted.healthBps) <= 1;
      await eventually(`${vault} has a health of ${wanted.healthBps}`, near);
    },
    openInbox: async () => {
      await page.keyboard.press('Control+5');
      await page.getByTestId(TEST_IDS.inbox).waitFor();
    },
    inbox: async (kind) => {
      const rows = await page.getByTestId(TEST_IDS.alertRow).evaluateAll((elements) =>
        elements.map((element) => ({
          id: element.getAttribute('data-alert') ?? '',
          kind: element.getAttribute('data-kind') as AlertKind,
          severity: element.getAttribute('data-severity') as AlertSeverity,
          raised: element.getAttribute('data-raised') === 'true',
          acknowledged: element.getAttribute('data-acknowledged') === 'true',
          text: element.textContent,
        })),
      );
      return rows.filter((row) => kind === undefined || row.kind === kind);
    },
    inboxRow: (id) => page.locator(`[data-testid="${TEST_IDS.alertRow}"][data-alert="${id}"]`),
  };
}
