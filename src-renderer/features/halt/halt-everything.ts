import type { HaltSource } from '#domain/halt-all.ts';
import { unixMs } from '#domain/units.ts';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { dismissToast, showToast } from '#renderer/stores/toast-store.ts';
import { haltedText } from './halt-words.ts';

/** At once and unasked: a stop that wants to be confirmed comes too late. */
export async function haltEverything(source: HaltSource): Promise<void> {
  const answer = await command('Everything could not be halted', 'trading.haltAll', { source });
  if (answer === null) return;
  // Without an engine nobody else would tell this window of it.
  useDeskStore.setState(({ haltAll }) => ({
    haltReachedEngine: answer.reachedEngine,
    haltAll: haltAll ?? { sinceMs: unixMs(Date.now()), source },
  }));
  const { title, text } = haltedText(answer);
  showUntilLifted(showToast(answer.reachedEngine ? 'info' : 'bad', title, text));
}

/** “Everything is halted” beside “The halt is lifted” would be one too many. */
function showUntilLifted(toastId: number): void {
  const stop = useDeskStore.subscribe(({ haltAll }) => {
    if (haltAll !== null) return;
    stop();
    dismissToast(toastId);
  });
}
