import { create } from 'zustand';
import { unixMs, type UnixMs } from '#domain/units.ts';

export const useClockStore = create<{ readonly nowMs: UnixMs }>()(() => ({
  nowMs: unixMs(Date.now()),
}));

/** The time that every age and countdown on the desk is drawn from; moves once a second. */
export function useNow(): UnixMs {
  return useClockStore((state) => state.nowMs);
}

/** The desk's one ticker. Returns its stop. */
export function startClock(): () => void {
  const tick = () => useClockStore.setState({ nowMs: unixMs(Date.now()) });
  tick();
  const timer = setInterval(tick, 1_000);
  return () => clearInterval(timer);
}
