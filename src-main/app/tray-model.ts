import type { VaultId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { trayText, vaultLine } from './vault-lines.ts';

/** `calm`: all fresh. `stale`: not verified lately. `alert`: figures that Keel cannot vouch for, or no engine. */
export type TrayState = 'calm' | 'stale' | 'alert';

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
  const failing = lines.filter(
    ({ view, line }) =>
      line.health === 'failing' || line.health === 'discrepant' || view.state.halt !== null,
  );
  const stale = lines.filter(({ line }) => line.health === 'stale');
  const state =
    !input.engineRunning || failing.length > 0 ? 'alert' : stale.length > 0 ? 'stale' : 'calm';
  return {
    state,
    tooltip: tooltipOf(input.engineRunning, lines.length, failing.length, stale.length),
    vaults: lines
      .slice(0, MOST_VAULTS_SHOWN)
      .map(({ view, line }) => ({ id: view.vault.id, text: trayText(line) })),
  };
}

function tooltipOf(running: boolean, all: number, failing: number, stale: number): string {
  if (!running) return 'Keel: the engine is not running';
  if (failing > 0) return `Keel: trading stopped on ${failing} of ${all} vaults`;
  if (stale > 0) return `Keel: ${stale} of ${all} vaults stale`;
  return `Keel: ${all} ${all === 1 ? 'vault' : 'vaults'} in step`;
}
