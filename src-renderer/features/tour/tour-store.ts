/** The tour as it runs in this window: where it stands, and what it has broken. Whether it is wanted is in the settings. */
import { create } from 'zustand';
import { updateDesk } from '#renderer/stores/commands.ts';
import { useAlertStore } from '#renderer/stores/alert-store.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openScreen, useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { useOperationStore } from '#renderer/stores/operation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import { gatherFacts } from './tour-facts.ts';
import type { FaultsByNode } from '#renderer/features/practice-panel/fault-fields.ts';
import {
  areOfTour,
  breakBoth,
  isBroken,
  loadFaults,
  mendBoth,
  mendEverything,
} from './tour-faults.ts';
import {
  advance,
  goOn,
  mayStayBroken,
  resume,
  skip,
  TOUR_BEGIN,
  type TourFacts,
  type TourProgress,
} from './tour-steps.ts';

export interface TourRun {
  /** What is older does not count; 0: everything does. */
  readonly sinceMs: number;
  readonly progress: TourProgress;
  /** Whether the deposit goes into the paper vault: by the trader's choice. */
  readonly onPaper: boolean;
}

interface TourStore {
  /** Null while the tour does not run. */
  readonly run: TourRun | null;
  /** The practice network's faults, whoever set them; null: not known. */
  readonly faults: FaultsByNode | null;
  /** Whether the tour itself has broken it, and has not mended it yet. */
  readonly owesMending: boolean;
}

export const INITIAL_TOUR: TourStore = { run: null, faults: null, owesMending: false };

export const useTourStore = create<TourStore>()(() => INITIAL_TOUR);

const brokenNow = (): boolean | null => {
  const { faults } = useTourStore.getState();
  return faults === null ? null : isBroken(faults);
};

/** What the desk says to the tour now. */
export function factsNow(sinceMs: number): TourFacts {
  return gatherFacts(
    {
      views: useVaultStore.getState().views,
      desk: useDeskStore.getState(),
      operations: useOperationStore.getState().operations,
      alerts: useAlertStore.getState().alerts,
      route: useNavigationStore.getState().route,
      nowMs: useClockStore.getState().nowMs,
      broken: brokenNow(),
    },
    sinceMs,
  );
}

/** From its beginning; what was done before does not count. */
export function beginTour(): void {
  start({ sinceMs: Date.now(), progress: TOUR_BEGIN, onPaper: false });
}

/** Where the desk's state says that it was left. */
export function continueTour(): void {
  start({ sinceMs: 0, progress: resume(factsNow(0)), onPaper: false });
}

function start(run: TourRun): void {
  useTourStore.setState({ run, faults: null });
  void updateDesk({ tour: 'later' });
  openScreen('overview');
}

/** Whether there is anything to continue. */
export const isBegun = (facts: TourFacts): boolean => resume(facts) !== TOUR_BEGIN;

/** Not now. It stays at hand on the Overview. */
export const putOffTour = (): void => void updateDesk({ tour: 'later' });

/** Not wanted. It can be shown again from the settings. */
export const declineTour = (): void => void updateDesk({ tour: 'done' }, 'The tour is put away');

/** One look at the desk. */
export function lookAround(): void {
  const { run } = useTourStore.getState();
  if (run !== null) moveTo(advance(run.progress, factsNow(run.sinceMs)));
}

export function nextStep(): void {
  const { run } = useTourStore.getState();
  if (run !== null) moveTo(goOn(run.progress));
}

export function skipStep(): void {
  const { run } = useTourStore.getState();
  if (run !== null) moveTo(skip(run.progress));
}

function moveTo(progress: TourProgress): void {
  const { run, owesMending } = useTourStore.getState();
  if (run === null || progress === run.progress) return;
  if (progress.at === 'end') return finishTour();
  useTourStore.setState({ run: { ...run, progress } });
  if (owesMending && !mayStayBroken(progress)) void putRight();
}

export function depositOnPaper(onPaper: boolean): void {
  const { run } = useTourStore.getState();
  if (run !== null) useTourStore.setState({ run: { ...run, onPaper } });
}

function finishTour(): void {
  useTourStore.setState({ run: null });
  void putRight();
  void updateDesk({ tour: 'done' });
  showToast('good', 'The tour is done', 'It can be shown again from the settings.');
}

/** Leaves the tour where it stands, and puts right what it has broken. */
export function leaveTour(): void {
  const { run } = useTourStore.getState();
  if (run === null) return;
  const { vault } = factsNow(run.sinceMs);
  useTourStore.setState({ run: null });
  void putRight();
  const halted = vault !== null && vault.state.halt !== null;
  showToast(
    'info',
    'The tour is left',
    halted
      ? `Trading on ${vault.vault.name} is still stopped: enable it on its page once it is verified.`
      : 'It goes on from the Overview whenever you like.',
  );
}

/** Nobody answers on the practice network any more, until it is mended. */
export async function breakNetwork(): Promise<void> {
  // Before the request: also what is only half done has to be put right.
  useTourStore.setState({ owesMending: true });
  if (await breakBoth()) await lookAtFaults();
  else await putRight();
}

/** By the trader's press: every fault goes, whoever set it. */
export async function mendNetwork(): Promise<void> {
  if (!(await mendEverything())) return;
  useTourStore.setState({ owesMending: false });
  await lookAtFaults();
}

const TRY_AGAIN_MS = 2_000;
let mending: Promise<void> | null = null;

/** Takes back what the tour has broken, and tries until that is done. */
function putRight(): Promise<void> {
  mending ??= mendUntilDone().finally(() => {
    mending = null;
  });
  return mending;
}

async function mendUntilDone(): Promise<void> {
  while (useTourStore.getState().owesMending) {
    if (await mendBoth()) {
      useTourStore.setState({ owesMending: false });
      return lookAtFaults();
    }
    await new Promise((done) => setTimeout(done, TRY_AGAIN_MS));
  }
}

/** The network's own word on its faults. */
export async function lookAtFaults(): Promise<void> {
  useTourStore.setState({ faults: await loadFaults() });
}

/**
 * The window is new: what a tour in the window before it had broken is mended, and said. Only a tour that was begun and
 * not ended can have left it.
 */
export async function mendWhatWasLeft(): Promise<void> {
  if (useDeskStore.getState().settings.desk.tour !== 'later') return;
  if (useTourStore.getState().owesMending || useTourStore.getState().run !== null) return;
  const faults = await loadFaults();
  if (faults === null || !areOfTour(faults)) return;
  useTourStore.setState({ owesMending: true });
  await putRight();
  sayMended('The window was loaded anew in the middle of the tour.');
}

/** The window is not seen any more: nothing of the tour's stays broken behind the trader's back. */
export async function mendUnseen(): Promise<void> {
  if (!useTourStore.getState().owesMending) return;
  await putRight();
  sayMended('The window went out of sight in the middle of the tour.');
}

const sayMended = (why: string): number =>
  showToast(
    'info',
    'The practice network is mended',
    `${why} Trading stays stopped until you enable it.`,
  );
