/** Opening a year's chart against reading its rows, alone in a process. One argument: a `ChartOrder`. */
import { join } from 'node:path';
import { unixMs } from '#domain/units.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { openStore } from '#main/store/index.ts';
import { seedDesk } from '#test/support/seed-desk.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { medianMs, rounded } from './figures.ts';
import type { ChartOrder, ChartReport } from './orders.ts';
import { orderOf, report } from './target-process.ts';

const NOW = Date.UTC(2027, 0, 1);
const YEAR_MS = 365 * 86_400_000;
const STEPS = 500;

const order = orderOf<ChartOrder>();
const file = join(order.dataDir, 'keel.db');
const { vaults } = seedDesk({ file, nowMs: NOW, vaults: order.vaults, detail: 'full' });
const opened = openStore({ file, clock: systemClock(), logger: silentLogger });
if (!opened.ok) throw new Error(opened.error.message);
const { vaultStore, deskRecords } = opened.value;
const { charts } = deskRecords;
const [vault] = vaults;
if (vault === undefined) throw new Error('No vault to draw');

const span = { fromMs: unixMs(NOW - YEAR_MS), toMs: unixMs(NOW), steps: STEPS };
const groups = vaults.map(({ id, network, createdAtMs, archivedAtMs }) => ({
  ...{ vaultId: id, money: 'practice' as const, network, createdAtMs, archivedAtMs },
}));
const rows = vaultStore.loadHistory(vault.id, span.fromMs, span.toMs).length;
const rowsMs = await medianMs(order.rounds, () => {
  vaultStore.loadHistory(vault.id, span.fromMs, span.toMs);
});
const chartMs = await medianMs(order.rounds, () => {
  charts.loadVaultChart(vault.id, span);
});
const totalsMs = await medianMs(order.rounds, async () => {
  await charts.loadTotalsChart(groups, span);
});
opened.value.close();

const result: ChartReport = {
  ...{ vaults: order.vaults, rows, steps: STEPS },
  ...{ rowsMs: rounded(rowsMs), chartMs: rounded(chartMs), totalsMs: rounded(totalsMs) },
};
report(result);
