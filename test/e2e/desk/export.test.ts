/** D2: every subject in both formats, as a file that anybody can read back, against the database that it came from. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EXPORT_FORMATS,
  EXPORT_SUBJECTS,
  type ExportFormat,
  type ExportSubject,
} from '#domain/data-export.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveCapital } from '#test/support/capital-driver.ts';
import { readCsvRows } from '#test/support/csv-rows.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { runCommand } from '#test/support/palette-driver.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';
import { vaultDatabase } from '#test/support/vault-database.ts';

const ON_CHAIN = 'Funding';
const PAPER = 'Funding on paper';

type Row = Readonly<Record<string, string | null>>;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let folder: string;

beforeAll(async () => {
  profile = await createShellProfile();
  folder = join(profile.folder, 'exports');
  mkdirSync(folder);
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  const capital = driveCapital(desk);
  await desk.ready();
  await desk.health(ON_CHAIN, 'fresh', 60_000);
  await capital.deposit({ vault: PAPER, amount: '12.5' });
  await capital.reaches('verified', 60_000);
  await capital.closeDialog();
  await keel.page.keyboard.press('Control+Shift+H');
  await byId(TEST_IDS.haltAllBanner).waitFor();
  await runCommand(keel.page, 'lift the halt', 'safety.lift');
  await byId(TEST_IDS.confirmLiftHaltAll).click();
  await byId(TEST_IDS.haltAllBanner).waitFor({ state: 'detached' });
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);

/** From now on the question for a file is answered with this one; null: with none. */
const answer = (file: string | null) =>
  keel.app.evaluate(({ dialog }, filePath) => {
    const answered = { canceled: filePath === null, filePath: filePath ?? '' };
    dialog.showSaveDialog = (() => Promise.resolve(answered)) as never;
  }, file);

async function exportFile(subject: ExportSubject, format: ExportFormat): Promise<readonly Row[]> {
  const file = join(folder, `${subject}.${format}`);
  await answer(file);
  const request = { subject, format, vaultIds: [], fromMs: null, toMs: null };
  expect(await desk.invoke('export.start', request)).toMatchObject({ ok: true });
  // A file has its name only once it is whole.
  await eventually(`${file} is there`, () => existsSync(file));
  const text = readFileSync(file, 'utf8');
  return format === 'csv' ? readCsvRows(text) : (JSON.parse(text) as { rows: Row[] }).rows;
}

/** What the columns below hold of the same rows in the database, as texts. */
const QUERIES: Readonly<Record<ExportSubject, string>> = {
  history: `SELECT v.id AS vault_id, v.name AS vault_name, h.from_ms, h.slot,
      h.total_collateral AS usd_total_collateral, h.usdc AS usd_usdc, h.drift_pos AS usd_drift_pos,
      h.free_collateral AS usd_free_collateral, h.unrealized_pnl AS usd_unrealized_pnl,
      h.cumulative_funding AS usd_cumulative_funding
    FROM value_history h JOIN vaults v ON v.no = h.vault ORDER BY h.vault, h.from_ms, h.tie`,
  operations: `SELECT o.id AS operation_id, o.vault_id, v.name AS vault_name, o.kind, o.state,
      o.signature, o.created_at_ms AS requested_ms, o.ended_at_ms AS ended_ms
    FROM operations o LEFT JOIN vaults v ON v.id = o.vault_id ORDER BY o.no`,
  funding: `SELECT v.id AS vault_id, v.name AS vault_name, h.from_ms AS observed_ms, h.slot,
      h.cumulative_funding AS usd_cumulative_funding, h.unsettled_funding AS usd_unsettled_funding
    FROM value_history h JOIN vaults v ON v.no = h.vault
    WHERE h.cumulative_funding IS NOT NULL AND h.unsettled_funding IS NOT NULL
    ORDER BY h.vault, h.from_ms, h.tie`,
  activity: `SELECT id AS entry, vault_id, at_ms, kind, tone, actor, title, text, operation_id, alert_id
    FROM activity ORDER BY id`,
  alerts: `SELECT id AS alert_id, vault_id, kind, severity, title, text, advice, raised_at_ms AS raised_ms
    FROM alerts ORDER BY no`,
};

function stored(subject: ExportSubject): readonly Row[] {
  const db = new Database(vaultDatabase(profile.folder).file, { readonly: true });
  try {
    const rows = db.prepare<[], Record<string, bigint | string | null>>(QUERIES[subject]);
    return rows.safeIntegers().all().map(textsOf);
  } finally {
    db.close();
  }
}

const USD = 'usd_';

/** Money as the file writes it: whole and six decimals. */
const textsOf = (row: Readonly<Record<string, bigint | string | null>>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      name.startsWith(USD)
        ? [name.slice(USD.length), value === null ? null : decimalOf(BigInt(value))]
        : [name, value === null ? null : String(value)],
    ),
  );

function decimalOf(units: bigint): string {
  const digits = String(units < 0n ? -units : units).padStart(7, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** The engine goes on writing: of what it has now, what it had when the last row of the file was written. */
function asOf(subject: ExportSubject, file: readonly Row[]): readonly Row[] {
  const rows = stored(subject);
  switch (subject) {
    case 'history':
      return rows.filter((row) => file.some((other) => isWithin(row, other, 'from_ms')));
    case 'funding':
      return changes(rows).filter((row) =>
        file.some((other) => isWithin(row, other, 'observed_ms')),
      );
    case 'operations':
    case 'activity':
    case 'alerts':
      return rows.slice(0, file.length);
  }
}

const isWithin = (row: Row, other: Row, time: string): boolean =>
  row['vault_id'] === other['vault_id'] && Number(row[time]) <= Number(other[time]);

/** The first of each vault, and those in which something differs from the row before. */
const changes = (rows: readonly Row[]): readonly Row[] =>
  rows.filter((row, at) => {
    const before = rows[at - 1];
    return (
      before?.['vault_id'] !== row['vault_id'] ||
      before?.['cumulative_funding'] !== row['cumulative_funding'] ||
      before?.['unsettled_funding'] !== row['unsettled_funding']
    );
  });

const only = (row: Row, like: Row | undefined): Row =>
  Object.fromEntries(Object.keys(like ?? {}).map((name) => [name, row[name] ?? null]));

/** In CSV an unknown value and an empty text are told apart; in the database some texts are empty. */
const CASES = EXPORT_SUBJECTS.flatMap((subject) =>
  EXPORT_FORMATS.map((format) => [subject, format] as const),
);

describe('an export', () => {
  it.each(CASES)('of %s as %s holds what the database holds', async (subject, format) => {
    const file = await exportFile(subject, format);
    const kept = asOf(subject, file);
    expect(file.length, 'the file has rows').toBeGreaterThan(0);
    expect(file.map((row) => only(row, kept[0]))).toEqual(kept);
  });

  it('of the deposit says what was moved, to the last decimal', async () => {
    const rows = readCsvRows(readFileSync(join(folder, 'operations.csv'), 'utf8'));
    expect(rows).toMatchObject([
      {
        kind: 'deposit',
        vault_name: PAPER,
        money: 'paper',
        token: 'USDC',
        amount: '12.500000',
        state: 'verified',
      },
    ]);
  });

  it('that is cancelled at the question for a file writes none', async () => {
    const before = readdirSync(folder);
    await answer(null);
    await runCommand(keel.page, 'export operations', 'files.operations');
    await byId(TEST_IDS.dialogSubmit).click();
    // The dialog stays, for another file, and can be sent again.
    await keel.page
      .locator(`[data-testid="${TEST_IDS.dialogSubmit}"]:not([aria-busy="true"])`)
      .waitFor();
    await keel.page.keyboard.press('Escape');
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('that is cancelled on its way leaves no file, and never a part of one', async () => {
    const file = join(folder, 'cancelled.csv');
    await answer(file);
    const request = { subject: 'activity', format: 'csv', vaultIds: [], fromMs: null, toMs: null };
    const ended = await keel.page.evaluate(async (body) => {
      interface Bridge {
        invoke(channel: string, request: unknown): Promise<{ value: { exportId: string } }>;
      }
      const { keel: bridge } = globalThis as unknown as { keel: Bridge };
      const { value } = await bridge.invoke('export.start', body);
      await bridge.invoke('export.cancel', value);
      return value.exportId;
    }, request);
    const line = keel.page.locator(
      `[data-testid="${TEST_IDS.exportProgress}"][data-export="${ended}"]`,
    );
    await line.and(keel.page.locator('[data-state="done"], [data-state="cancelled"]')).waitFor();
    // A cancel that comes too late finds the file whole.
    const isDone = (await line.getAttribute('data-state')) === 'done';
    expect(existsSync(file)).toBe(isDone);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
