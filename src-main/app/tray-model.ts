import type { VaultId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { trayText, vaultLine } from './vault-lines.ts';

/**
 * `ok`: all fresh. `warning`: not verified lately. `halted`: figures are good, trading is stopped. `error`: figures
 * that Keel cannot vouch for, or no engine. The icons have these names.
 */
export type TrayState = 'ok' | 'warning' | 'halted' | 'error';

export interface TrayModel {
  readonly state: TrayState;
  readonly tooltip: string;
  readonly vaults: readonly { readonly id: VaultId; readonly text: string }[];
}

const MOST_VAULTS_SHOWN = 12;

export interface TrayInput {
  readonly views: readonly VaultView[];
  readonly engineRunning: boolean;
  readonly nowMs: UnixMs;
  readonly staleAfterMs: number;
}

/** What the tray shows at a moment. Pure. */
export function trayModel(input: TrayInput): TrayModel {
  const inUse = input.views.filter(({ vault }) => vault.archivedAtMs === null);
  const lines = inUse.map((view) => ({
    view,
    line: vaultLine(view, input.nowMs, input.staleAfterMs),
  }));
  const failing = lines.filter(({ line }) => ['failing', 'discrepant'].includes(line.health));
  const stopped = lines.filter((each) => failing.includes(each) || each.view.state.halt !== null);
  const stale = lines.filter(({ line }) => line.health === 'stale');
  const counts = { failing: failing.length, stopped: stopped.length, stale: stale.length };
  return {
    state: stateOf(input.engineRunning, counts),
    tooltip: tooltipOf(input.engineRunning, lines.length, counts),
    vaults: lines
      .slice(0, MOST_VAULTS_SHOWN)
      .map(({ view, line }) => ({ id: view.vault.id, text: trayText(line) })),
  };
}

interface Counts {
  readonly failing: number;
  readonly stopped: number;
  readonly stale: number;
}

function stateOf(running: boolean, { failing, stopped, stale }: Counts): TrayState {
  if (!running || failing > 0) return 'error';
  if (stopped > 0) return 'halted';
  return stale > 0 ? 'warning' : 'ok';
}

function tooltipOf(running: boolean, all: number, { stopped, stale }: Counts): string {
  if (!running) return 'Keel: the engine is not running';
  if (stopped > 0) return `Keel: trading stopped on ${stopped} of ${all} vaults`;
  if (stale > 0) return `Keel: ${stale} of ${all} vaults stale`;
  return `Keel: ${all} ${all === 1 ? 'vault' : 'vaults'} in step`;
}
