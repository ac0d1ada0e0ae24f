/** One vault in one line, for the tray and for the terminal. */
import { formatAmount } from '#domain/decimal.ts';
import { gateInputsOf, type GateSurroundings } from '#domain/gate-inputs.ts';
import { tradingGate } from '#domain/trading-gate.ts';
import { QUOTE_DECIMALS } from '#domain/units.ts';
import { syncHealth, type SyncHealth, type VaultView } from '#domain/vault-state.ts';

export interface VaultLine {
  readonly name: string;
  readonly health: SyncHealth;
  /** With thousands separators and two decimals; `unknown` before the first observation, never zero. */
  readonly usdc: string;
  readonly driftPos: string;
  readonly slot: string;
  readonly trading: boolean;
  /** The gravest reason why the vault may not add risk; null: it may. */
  readonly because: string | null;
}

/** Judged by the gate of the engine itself, from what the engine has told; without an engine nothing may trade. */
export function vaultLine(view: VaultView, around: GateSurroundings, running = true): VaultLine {
  const { observation } = view.state;
  const amount = (units: bigint | undefined) =>
    units === undefined ? 'unknown' : formatAmount(units, QUOTE_DECIMALS, { shownDecimals: 2 });
  const gate = tradingGate(gateInputsOf(view, around), 'increase');
  return {
    name: view.vault.name,
    health: syncHealth(view.state, view.synced, around.nowMs, around.staleAfterMs),
    usdc: amount(observation?.balances.USDC),
    driftPos: amount(observation?.balances.DRIFT_POS),
    slot: observation?.snapshot.slot.toString() ?? '–',
    trading: running && gate.allowed,
    because: running ? (gate.reasons[0]?.text ?? null) : "Keel's engine is not running.",
  };
}

/** `12:34:56  Funding  fresh  USDC 1,250.00  DRIFT_POS 0.00  slot 812  trading on` */
export function statusText(line: VaultLine, nowMs: number): string {
  const time = new Date(nowMs).toISOString().slice(11, 19);
  return [
    time,
    line.name,
    line.health,
    `USDC ${line.usdc}`,
    `DRIFT_POS ${line.driftPos}`,
    `slot ${line.slot}`,
    `trading ${line.trading ? 'on' : 'off'}`,
  ].join('  ');
}

/** Wider menus are cut by some desktops, and then without a sign. */
const LONGEST_REASON = 72;

/** For the tray: short, because menus are narrow. */
export function trayText(line: VaultLine): string {
  const figures =
    line.usdc === 'unknown' ? 'no figures yet' : `${line.usdc} + ${line.driftPos} deployed`;
  const trading = line.because === null ? '' : ` – trading off: ${shortened(line.because)}`;
  return `${line.name}: ${figures}, ${line.health}${trading}`;
}

function shortened(text: string): string {
  return text.length <= LONGEST_REASON ? text : `${text.slice(0, LONGEST_REASON - 1).trimEnd()}…`;
}

/** What has to differ for a line to be worth printing again: time and slot alone are not news. */
export function newsOf(line: VaultLine): string {
  return [line.name, line.health, line.usdc, line.driftPos, line.trading].join('|');
}
