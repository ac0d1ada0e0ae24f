import { create } from 'zustand';
import { unixMs, type UnixMs } from '#domain/units.ts';

export const useClockStore = create<{ readonly nowMs: UnixMs }>()(() => ({
  nowMs: unixMs(Date.now()),
}));

/**
 * The time itself: draws whoever asks again each second. For small components that really show every second and
 * for nothing else; `useAtNow` is for the rest.
 */
export function useNow(): UnixMs {
  return useClockStore((state) => state.nowMs);
}

/**
 * What `pick` makes of the time, drawn again only when that changes. `pick` has to give a plain value (text, number,
 * boolean, null) or the same object for the same answer.
 */
export function useAtNow<Picked>(pick: (nowMs: UnixMs) => Picked): Picked {
  return useClockStore((state) => pick(state.nowMs));
}

/** The desk's one ticker, on the whole second. Returns its stop. */
export function startClock(): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const tick = () => {
    const nowMs = Date.now();
    useClockStore.setState({ nowMs: unixMs(nowMs) });
    timer = setTimeout(tick, 1_000 - (nowMs % 1_000));
  };
  tick();
  return () => clearTimeout(timer);
}
