import type { GateSurroundings } from '#domain/gate-inputs.ts';
import type { NetworkId, VaultId } from '#domain/ids.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { networkLine } from './network-line.ts';
import { trayText, vaultLine, type VaultLine } from './vault-lines.ts';

/**
 * `ok`: all fresh. `syncing`: a vault is on its way to its first figures, or tries again. `stale`: not verified lately.
 * `halted`: figures are good, trading is stopped. `failing`: figures that Keel cannot vouch for, or no engine.
 */
export const TRAY_STATES = ['ok', 'syncing', 'stale', 'failing', 'halted'] as const;
export type TrayState = (typeof TRAY_STATES)[number];

export interface TrayModel {
  /** The icons have these names. */
  readonly state: TrayState;
  readonly tooltip: string;
  readonly vaults: readonly { readonly id: VaultId; readonly text: string }[];
  readonly networks: readonly string[];
  /** The trader halted everything; lifting it is for the window. */
  readonly halted: boolean;
  /** Alerts that wait to be acknowledged. */
  readonly alerts: number;
}

const MOST_VAULTS_SHOWN = 12;

export interface TrayInput {
  readonly views: readonly VaultView[];
  readonly around: GateSurroundings;
  readonly engine: 'starting' | 'running' | 'down';
  readonly statuses: readonly NetworkStatus[];
  readonly alerts: number;
  labelOf(network: NetworkId): string;
}

interface Judged {
  readonly view: VaultView;
  readonly line: VaultLine;
}

/** What the tray shows at a moment. Pure. */
export function trayModel(input: TrayInput): TrayModel {
  const { around, engine, alerts } = input;
  const inUse = input.views.filter(({ vault }) => vault.archivedAtMs === null);
  const lines = inUse.map((view) => ({
    view,
    line: vaultLine(view, around, engine === 'running'),
  }));
  const counts = countsOf(lines);
  const halted = around.haltAll !== null;
  return {
    state: stateOf(engine, halted, counts),
    tooltip: tooltipOf(engine, halted, counts) + alertsPart(alerts),
    vaults: lines
      .slice(0, MOST_VAULTS_SHOWN)
      .map(({ view, line }) => ({ id: view.vault.id, text: trayText(line) })),
    networks: networksOf(input, inUse),
    halted,
    alerts,
  };
}

interface Counts {
  readonly all: number;
  readonly failing: number;
  /** Failing or halted. */
  readonly stopped: number;
  readonly stale: number;
  readonly syncing: number;
}

function countsOf(lines: readonly Judged[]): Counts {
  const isFailing = ({ line }: Judged) => ['failing', 'discrepant'].includes(line.health);
  const isStopped = (each: Judged) => isFailing(each) || each.view.state.halt !== null;
  return {
    all: lines.length,
    failing: lines.filter(isFailing).length,
    stopped: lines.filter(isStopped).length,
    stale: lines.filter(({ line }) => line.health === 'stale').length,
    syncing: lines.filter(isSyncing).length,
  };
}

/** The heartbeat's own reads are no news: only the first figures and tries after a failed read are. */
function isSyncing({ view, line }: Judged): boolean {
  if (view.phase.kind === 'waiting') return true;
  return line.health === 'stale' && !view.synced && view.phase.kind === 'reading';
}

function stateOf(engine: TrayInput['engine'], halted: boolean, counts: Counts): TrayState {
  if (engine === 'down' || counts.failing > 0) return 'failing';
  if (halted || counts.stopped > 0) return 'halted';
  if (engine === 'starting' || counts.syncing > 0) return 'syncing';
  return counts.stale > 0 ? 'stale' : 'ok';
}

function tooltipOf(
  engine: TrayInput['engine'],
  halted: boolean,
  { all, failing, stopped, stale, syncing }: Counts,
): string {
  if (engine === 'down') {
    return `Keel: the engine is not running${halted ? ', everything is halted' : ''}`;
  }
  if (halted) {
    return `Keel: everything is halted${failing > 0 ? `, ${failing} of ${all} vaults failing` : ''}`;
  }
  if (stopped > 0) return `Keel: trading off on ${stopped} of ${all} vaults`;
  if (engine === 'starting') return 'Keel: starting';
  if (syncing > 0) return `Keel: syncing ${syncing} of ${all} vaults`;
  if (stale > 0) return `Keel: ${stale} of ${all} vaults stale`;
  return `Keel: ${all} ${all === 1 ? 'vault' : 'vaults'} in step`;
}

const alertsPart = (alerts: number): string => (alerts === 0 ? '' : ` – ${alertsText(alerts)}`);

/** `1 alert to acknowledge`. */
export function alertsText(alerts: number): string {
  return `${alerts} ${alerts === 1 ? 'alert' : 'alerts'} to acknowledge`;
}

/** Of the networks that a vault stands on, those that were used. */
function networksOf(input: TrayInput, inUse: readonly VaultView[]): readonly string[] {
  const used = new Set(
    inUse.flatMap(({ vault }) => (vault.vaultType === 'onChain' ? [vault.network] : [])),
  );
  return input.statuses
    .filter(({ network }) => used.has(network))
    .map((status) => networkLine(status, input.labelOf(status.network)));
}
