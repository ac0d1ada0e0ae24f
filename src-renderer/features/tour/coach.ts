/** What the card says: its shape, and where things of the desk are found. */
import type { SyncSettings } from '#domain/sync-settings.ts';
import type { NetworkView } from '#ipc/contract.ts';
import type { OpenDialog } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { TourActId } from './tour-acts.ts';
import type { TourFacts, TourStep } from './tour-steps.ts';

export interface CoachCheck {
  readonly text: string;
  readonly done: boolean;
}

export interface CoachAct {
  readonly id: TourActId;
  readonly label: string;
}

export interface Coach {
  /** Plain, and short. */
  readonly text: string;
  /** What to do now; null: nothing but to watch, or to go on. */
  readonly todo: string | null;
  /** What the desk's own state ticks off. */
  readonly checks: readonly CoachCheck[];
  /** What is not to be had, and why. */
  readonly notes: readonly string[];
  /** The first is what the step asks for. */
  readonly acts: readonly CoachAct[];
  /** Selectors of what to look at: the first that is there. */
  readonly look: readonly string[];
}

export interface CoachInput {
  readonly step: TourStep;
  readonly isDone: boolean;
  readonly facts: TourFacts;
  readonly onPaper: boolean;
  readonly dialog: OpenDialog['kind'] | null;
  readonly sync: SyncSettings;
  readonly networks: readonly NetworkView[];
}

export const PLAIN: Coach = { text: '', todo: null, checks: [], notes: [], acts: [], look: [] };

export const byId = (testId: string): string => `[data-testid="${testId}"]`;
export const inPage = (testId: string): string => `${byId(TEST_IDS.vaultPage)} ${byId(testId)}`;

export const nameOf = ({ vault }: TourFacts): string => vault?.vault.name ?? 'the vault';

export function waysTo(facts: TourFacts): readonly string[] {
  const id = facts.vault?.vault.id ?? '';
  return [
    `${byId(TEST_IDS.overviewVault)}[data-vault="${id}"]`,
    byId(`vault-row-${id}`),
    byId(TEST_IDS.navVaults),
  ];
}
