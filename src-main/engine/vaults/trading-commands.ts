import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import { stopsEnabling, type GateReason } from '#domain/gate-reason.ts';
import type { TradingHalt, VaultView } from '#domain/vault-state.ts';
import type { Outcome } from '../engine.ts';
import { vaultNotFound } from '../engine-errors.ts';
import { tryWrite, type CommandPorts } from './vault-commands.ts';

/** The trader's own act after a stop: only on figures that this run has verified and that are fresh (S9). */
export function enableTrading(ports: CommandPorts, vaultId: VaultId): Outcome {
  const view = ports.book.get(vaultId);
  if (view === undefined) return err(vaultNotFound(vaultId));
  const reasons = blockingReasons(ports, view);
  if (reasons.length > 0) return err(stillBlocked(view, reasons));
  if (view.state.halt === null) return ok({});
  return writeHalt(ports, view, null);
}

export function haltTrading(ports: CommandPorts, vaultId: VaultId): Outcome {
  const view = ports.book.get(vaultId);
  if (view === undefined) return err(vaultNotFound(vaultId));
  if (view.state.halt !== null) return ok({});
  const error = keelError(
    'HALTED_BY_TRADER',
    'operator',
    'The trader halted trading by hand.',
    'Enable trading again when you are ready.',
  );
  const halt = { error, attempts: 0, sinceMs: ports.deps.clock.nowMs() };
  // The halt holds in this run even where it cannot be stored.
  ports.book.change(vaultId, { state: { ...view.state, halt } });
  return tryWrite('The halt', () => ports.deps.store.saveHalt(vaultId, halt));
}

/** The halt itself does not block its own removal, nor does what the exchange forbids for now. */
function blockingReasons(
  { gate }: CommandPorts,
  view: VaultView,
): readonly Pick<GateReason, 'code' | 'text'>[] {
  const reasons = gate.answer(view, 'increase').reasons.filter(stopsEnabling);
  const retrying = retryingText(view);
  return retrying === null ? reasons : [...reasons, { code: 'failing' as const, text: retrying }];
}

/** A read has failed and the retries are not used up: the figures may still be young, but nobody vouches for them. */
function retryingText({ phase }: VaultView): string | null {
  if (phase.kind === 'waiting') return phase.error.message;
  return phase.kind === 'reading' && phase.attempt > 1
    ? 'A read has just failed and is being tried again.'
    : null;
}

function stillBlocked(
  { vault }: VaultView,
  reasons: readonly Pick<GateReason, 'code' | 'text'>[],
): KeelError {
  return keelError(
    'TRADING_STILL_BLOCKED',
    'operator',
    `“${vault.name}” may not trade yet: ${reasons.map(({ text }) => text).join(' ')}`,
    'Mend the cause, press Sync now, and enable trading when the vault is verified.',
    { reasons: reasons.map(({ code }) => code).join(', ') },
  );
}

function writeHalt(ports: CommandPorts, view: VaultView, halt: TradingHalt | null): Outcome {
  const written = tryWrite('The halt', () => ports.deps.store.saveHalt(view.vault.id, halt));
  if (!written.ok) return written;
  ports.book.change(view.vault.id, { state: { ...view.state, halt } });
  ports.deps.logger.info('trading.enabled', { vault: view.vault.id });
  return written;
}
