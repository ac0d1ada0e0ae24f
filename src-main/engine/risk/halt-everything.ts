/** Halt all, and its end (M4). What was sent is watched to its end; nothing else leaves until the trader lifts it. */
import type { HaltSource } from '#domain/halt-all.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { CapitalDesk } from '../capital/capital-desk.ts';
import type { Outcome } from '../engine.ts';
import { haltTrading } from '../vaults/trading-commands.ts';
import { tryWrite, type CommandPorts } from '../vaults/vault-commands.ts';
import { endedByHalt } from './gate-errors.ts';

/**
 * First on record, then everything at once, in one turn: no act begins between. What cannot be written holds in memory
 * all the same, and the first such error is the answer; asking again writes what is missing.
 */
export function haltEverything(
  ports: CommandPorts,
  capital: CapitalDesk,
  source: HaltSource,
): Outcome<{ readonly halted: number; readonly ended: number }> {
  const { gate, book, deps } = ports;
  const before = gate.haltAll;
  const unrecorded = gate.halt(source);
  if (before === null) {
    deps.logger.warn('trading.halted-all', { source });
    book.publish({ type: 'HALT_ALL_CHANGED', haltAll: gate.haltAll });
  }
  const { ended, failure: unended } = capital.endUnsent(endedByHalt());
  const unhalted = haltEach(ports);
  const failure = unrecorded ?? unended ?? unhalted;
  const inUse = book.views().filter(({ vault }) => vault.archivedAtMs === null);
  if (failure === null) return ok({ halted: inUse.length, ended });
  deps.logger.error('trading.halt-not-stored', { code: failure.code });
  return err(failure);
}

/** The trader's own act. Each vault stays halted, also one that came meanwhile: each is enabled by itself (S9). */
export function liftHaltAll(ports: CommandPorts): Outcome {
  const { gate, book, deps } = ports;
  if (gate.haltAll === null) return ok({});
  const failure = haltEach(ports) ?? gate.lift();
  if (failure !== null) return err(failure);
  deps.logger.info('trading.halt-all-lifted');
  book.publish({ type: 'HALT_ALL_CHANGED', haltAll: null });
  return ok({});
}

/**
 * Writes each halt, also one that holds already: the write of an earlier one may have failed. Of archived vaults too: one
 * that is restored after the lift comes back halted.
 */
function haltEach(ports: CommandPorts): KeelError | null {
  let failure: KeelError | null = null;
  for (const { vault, state } of ports.book.views()) {
    const written =
      state.halt === null
        ? haltTrading(ports, vault.id)
        : tryWrite('The halt', () => ports.deps.store.saveHalt(vault.id, state.halt));
    if (!written.ok) failure ??= written.error;
  }
  return failure;
}
