import type { VaultId } from '#domain/ids.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { Notice } from './notifications.ts';

export interface OutageNotice extends Notice {
  readonly kind: 'outage' | 'recovery';
}

interface Told {
  readonly vaultId: VaultId;
  readonly name: string;
  readonly text: string;
}

/** Vaults that fail together share one notice: a dead node must not ring once per vault. */
const GATHER_MS = 400;

/**
 * Turns sync errors and recoveries into notices: exactly one per outage of a vault, however often the engine
 * repeats itself, and one when it is over. Outages that begin together are one notice.
 */
export function createOutageNotices(
  clock: Clock,
  show: (notice: OutageNotice) => void,
): (event: DeskEvent) => void {
  const open = new Set<VaultId>();
  const waiting: Record<OutageNotice['kind'], Told[]> = { outage: [], recovery: [] };

  function gather(kind: OutageNotice['kind'], told: Told): void {
    waiting[kind].push(told);
    if (waiting[kind].length > 1) return;
    clock.schedule(GATHER_MS, () => {
      const together = waiting[kind];
      waiting[kind] = [];
      show(noticeOf(kind, together));
    });
  }

  return (event) => {
    if (event.type === 'VAULT_SYNC_ERROR' && !open.has(event.vaultId)) {
      open.add(event.vaultId);
      const text = `${event.error.message} Trading is disabled. ${event.error.advice}`;
      gather('outage', { vaultId: event.vaultId, name: event.vaultName, text });
    }
    if (event.type === 'VAULT_SYNC_RECOVERED' && open.delete(event.vaultId)) {
      const text = 'The figures are verified again. Trading stays off until you enable it.';
      gather('recovery', { vaultId: event.vaultId, name: event.vaultName, text });
    }
  };
}

function noticeOf(kind: OutageNotice['kind'], together: readonly Told[]): OutageNotice {
  const [only] = together;
  const what = kind === 'outage' ? 'out of step' : 'back in step';
  if (only !== undefined && together.length === 1) {
    return { kind, title: `${only.name} is ${what}`, body: only.text, vaultId: only.vaultId };
  }
  const names = together
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ');
  const more = together.length > 3 ? ` and ${together.length - 3} more` : '';
  return {
    kind,
    title: `${together.length} vaults are ${what}`,
    body: `${names}${more}. ${only?.text ?? ''}`,
    vaultId: null,
  };
}
