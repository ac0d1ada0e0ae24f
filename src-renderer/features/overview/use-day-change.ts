/** The last day of the vaults in view: asked for one line at a time, kept for some minutes. */
import { useEffect, useState } from 'react';
import type { VaultId } from '#domain/ids.ts';
import { unixMs, type QuoteAmount } from '#domain/units.ts';
import { createAnswerCache } from '#renderer/features/charts/use-loaded.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { request } from '#renderer/stores/commands.ts';

export interface Day {
  readonly askedAtMs: number;
  /** Oldest first. */
  readonly points: readonly DayPoint[];
}

export interface DayPoint {
  readonly atMs: number;
  readonly equity: QuoteAmount;
  readonly afterGap: boolean;
}

const DAY_MS = 86_400_000;
const KEEP_MS = 300_000;
const STEPS = 48;
const AT_ONCE = 3;

const days = createAnswerCache<Day>(2_000);
let underWay = 0;
const waiting: (() => void)[] = [];

/** @returns null until it is known, and where it could not be loaded. */
export function useDay(id: VaultId): Day | null {
  const [day, setDay] = useState<Day | null>(() => days.get(id) ?? null);
  useEffect(() => {
    let current = true;
    const kept = days.get(id);
    setDay(kept ?? null);
    const { nowMs } = useClockStore.getState();
    if (kept !== undefined && nowMs - kept.askedAtMs < KEEP_MS) return undefined;
    // A line that is scrolled past asks for nothing.
    const timer = setTimeout(
      () =>
        void inTurn(() => (current ? load(id) : Promise.resolve())).then(() => {
          if (current) setDay(days.get(id) ?? null);
        }),
      150,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id]);
  return day;
}

async function inTurn(act: () => Promise<void>): Promise<void> {
  if (underWay >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  underWay += 1;
  try {
    await act();
  } finally {
    underWay -= 1;
    waiting.shift()?.();
  }
}

async function load(vaultId: VaultId): Promise<void> {
  const { nowMs } = useClockStore.getState();
  const span = { fromMs: unixMs(nowMs - DAY_MS), toMs: nowMs };
  const answer = await request('chart.loadVault', { vaultId, ...span, steps: STEPS });
  if (!answer.ok) return;
  const points = answer.value.chart.points.map(({ untilMs, equity, afterGap }) => ({
    ...{ atMs: untilMs, equity, afterGap },
  }));
  days.put(vaultId, { askedAtMs: nowMs, points });
}
