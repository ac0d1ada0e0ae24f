import { useEffect } from 'react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { mayStayBroken } from './tour-steps.ts';
import {
  lookAround,
  lookAtFaults,
  mendUnseen,
  mendWhatWasLeft,
  useTourStore,
} from './tour-store.ts';
import { onSeenChange } from './use-seen.ts';

const LOOK_MS = 2_000;

/** Judges the tour by the desk whenever that changes, and sees to it that nothing stays broken without it. */
export function useTourKeeper(): void {
  const ready = useDeskStore((state) => state.load.kind === 'ready');
  const running = useTourStore((state) => state.run !== null);
  const watching = useTourStore(({ run }) => run !== null && mayStayOrAfter(run.progress.at));
  useEffect(() => {
    if (ready) void mendWhatWasLeft();
  }, [ready]);
  useEffect(() => {
    if (!running) return undefined;
    lookAround();
    return onSeenChange(lookAround);
  }, [running]);
  useEffect(() => {
    if (!watching) return undefined;
    void lookAtFaults();
    const timer = setInterval(() => void lookAtFaults(), LOOK_MS);
    return () => clearInterval(timer);
  }, [watching]);
  useEffect(() => {
    const unseen = () => {
      if (document.visibilityState === 'hidden') void mendUnseen();
    };
    document.addEventListener('visibilitychange', unseen);
    return () => document.removeEventListener('visibilitychange', unseen);
  }, []);
}

/** From the breaking until trading is enabled, the network's faults are of weight. */
const mayStayOrAfter = (at: Parameters<typeof mayStayBroken>[0]['at']): boolean =>
  mayStayBroken({ at, done: [], skipped: [] }) || at === 'enable';
