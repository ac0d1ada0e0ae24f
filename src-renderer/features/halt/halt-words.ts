/** What is said of a halt of everything. */
import type { HaltAll, HaltSource } from '#domain/halt-all.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { ResponseOf } from '#ipc/contract.ts';

const BY: Readonly<Record<HaltSource, string>> = {
  window: 'by you, in this window',
  keyboard: 'by you, with Ctrl+Shift+H',
  tray: 'by you, from the tray',
  notification: 'by you, from a notification',
};

export const haltedBy = ({ source }: HaltAll): string => BY[source];

/** @param answer what the engine did at once: vaults newly halted, operations ended of which nothing was sent. */
export function haltedText(answer: ResponseOf<'trading.haltAll'>): {
  readonly title: string;
  readonly text: string;
} {
  if (!answer.reachedEngine) {
    return {
      title: 'The halt is on disk, but the engine did not answer',
      text: 'Nothing is signed from now on. The engine obeys the halt as soon as it is back.',
    };
  }
  const vaults = count(answer.halted, 'vault', 'vaults');
  const ended =
    answer.ended === 0
      ? ''
      : ` ${count(answer.ended, 'operation was', 'operations were')} ended before anything was sent.`;
  return {
    title: 'Everything is halted',
    text: `${vaults} halted.${ended} What has been sent is watched to its end.`,
  };
}

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

/** What a vault is in for once the halt is lifted. */
export function afterLifting({ vault, state, synced }: VaultView): string {
  if (vault.archivedAtMs !== null) return 'archived';
  if (state.failure !== null) return 'stays halted, and cannot be synced now';
  if (state.verification.kind === 'discrepant') return 'stays halted, and its reads disagree';
  if (!synced) return 'stays halted, and is not verified yet';
  return state.halt === null ? 'may trade at once' : 'stays halted until you enable it';
}
