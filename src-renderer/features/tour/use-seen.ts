import { useSyncExternalStore } from 'react';
import { useAlertStore } from '#renderer/stores/alert-store.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { useOperationStore } from '#renderer/stores/operation-store.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import { useTourStore } from './tour-store.ts';

const SEEN = [
  useVaultStore,
  useOperationStore,
  useAlertStore,
  useDeskStore,
  useNavigationStore,
  useTourStore,
  // Figures grow stale by time alone.
  useClockStore,
] as const;

/** Calls whenever anything changes that the tour judges by. Returns the unsubscribe. */
export function onSeenChange(look: () => void): () => void {
  const stops = SEEN.map((store) => store.subscribe(look));
  return () => stops.forEach((stop) => stop());
}

/** What `pick` makes of all that the tour sees, drawn again only when that text changes. */
export function useSeen(pick: () => string): string {
  return useSyncExternalStore(onSeenChange, pick);
}
