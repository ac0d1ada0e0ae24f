import type { ChartStore } from '#main/engine/desk-ports.ts';
import type { ReadableDb } from '../database.ts';
import { loadTotalsChart, type TotalsClock } from './totals-chart.ts';
import { loadVaultChart } from './vault-chart.ts';

/** The engine's `ChartStore` over a database. Every method throws KeelFault for what cannot be read. */
export function chartStoreOn(db: ReadableDb, clock: TotalsClock): ChartStore {
  return {
    loadVaultChart: (vaultId, span) => loadVaultChart(db, vaultId, span),
    loadTotalsChart: (groups, span) => loadTotalsChart(db, clock, groups, span),
  };
}
