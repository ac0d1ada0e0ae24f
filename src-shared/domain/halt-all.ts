import type { UnixMs } from './units.ts';

/** Where the trader pressed Halt all. */
export const HALT_SOURCES = ['window', 'keyboard', 'tray', 'notification'] as const;
export type HaltSource = (typeof HALT_SOURCES)[number];

/**
 * Everything that trades or moves capital is stopped (M4). Stays over restarts until the trader lifts it; lifting it
 * enables no vault: each is enabled by an act of its own (S9).
 */
export interface HaltAll {
  readonly sinceMs: UnixMs;
  readonly source: HaltSource;
}
