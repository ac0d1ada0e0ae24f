/** One vault in one line, for the tray and for the terminal. */
import { formatAmount } from '#domain/decimal.ts';
import { QUOTE_DECIMALS, type UnixMs } from '#domain/units.ts';
import { syncHealth, type SyncHealth, type VaultView } from '#domain/vault-state.ts';

export interface VaultLine {
  readonly name: string;
  readonly health: SyncHealth;
  /** With thousands separators and two decimals; `unknown` before the first observation, never zero. */
  readonly usdc: string;
  readonly driftPos: string;
  readonly slot: string;
  readonly trading: boolean;
}

export function vaultLine(view: VaultView, nowMs: UnixMs, staleAfterMs: number): VaultLine {
  const { observation } = view.state;
  const amount = (units: bigint | undefined) =>
    units === undefined ? 'unknown' : formatAmount(units, QUOTE_DECIMALS, { shownDecimals: 2 });
  const health = syncHealth(view.state, view.synced, nowMs, staleAfterMs);
  return {
    name: view.vault.name,
    health,
    usdc: amount(observation?.balances.USDC),
    driftPos: amount(observation?.balances.DRIFT_POS),
    slot: observation?.snapshot.slot.toString() ?? '–',
    trading: view.state.halt === null && health === 'fresh',
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

/** For the tray: short, because menus are narrow. */
export function trayText(line: VaultLine): string {
  const figures =
    line.usdc === 'unknown' ? 'no figures yet' : `${line.usdc} + ${line.driftPos} deployed`;
  return `${line.name}: ${figures}, ${line.health}${line.trading ? '' : ', trading off'}`;
}

/** What has to differ for a line to be worth printing again: time and slot alone are not news. */
export function newsOf(line: VaultLine): string {
  return [line.name, line.health, line.usdc, line.driftPos, line.trading].join('|');
}
