import { create } from 'zustand';

const KEPT = 6;

/** Ids of commands used from the palette in this session, the newest first. */
export const useRecentStore = create<{ readonly ids: readonly string[] }>()(() => ({ ids: [] }));

export const rememberUse = (id: string): void =>
  useRecentStore.setState(({ ids }) => ({
    ids: [id, ...ids.filter((other) => other !== id)].slice(0, KEPT),
  }));
