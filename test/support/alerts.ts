/** Made-up alerts, each told apart by its number. */
import { alertId, type Alert, type AlertId } from '#domain/alert.ts';
import { networkId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import { vaultIdOf } from './vaults.ts';

export const RAISED_MS = 1_800_000_000_000;

export function alertIdOf(number: number): AlertId {
  return alertId(`00000000-0000-4000-a000-${number.toString(16).padStart(12, '0')}`);
}

/** Raised, and each under a key of its own. */
export function alertOf(number: number, changes: Partial<Alert> = {}): Alert {
  return {
    id: alertIdOf(number),
    key: `margin/${vaultIdOf(number)}`,
    kind: 'margin',
    severity: 'warning',
    title: `Margin of vault ${number} is low`,
    text: 'Health is 49.8, below 50. Liquidation price of SOL-PERP 211.43, 4.1 % away.',
    advice: 'Deposit collateral, or make the position smaller.',
    vaultId: vaultIdOf(number),
    network: networkId('practice'),
    operationId: null,
    raisedAtMs: unixMs(RAISED_MS + number),
    changedAtMs: unixMs(RAISED_MS + number),
    clearedAtMs: null,
    acknowledgedAtMs: null,
    ...changes,
  };
}
