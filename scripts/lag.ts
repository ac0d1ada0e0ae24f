/**
 * Change on chain → pixel, in the real app on the practice network: another client deposits, and the window shows it.
 * Then how long figures are called fresh after the data has stopped. `--samples N` for each mix, `--stops N` for each
 * way to stop; with --json one JSON line at the end. Exit status 1 when a p99 or a mark takes longer than 10 s.
 *
 * From: the admin call that deposits through the program is answered when its slot is made (processed). To: a
 * MutationObserver sees the figure in the document, and the task after the next animation frame takes the time. Both
 * are read from the clock of this computer.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PracticeFaults } from '#domain/practice.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { appProcesses } from '#test/support/app-processes.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { hasDisplay } from './desktop/virtual-display.ts';
import { installPixelWatch } from './lag/pixel-watch.ts';
import { figuresOf, pause, sampleLags, type WatchedVault } from './lag/samples.ts';
import { DATA_STOPS, markedAfter, markedAfterKill } from './lag/stops.ts';
import { makeSubAccounts } from './lag/sub-accounts.ts';

const LIMIT_MS = 10_000;
const VAULTS = 6;
const FIRST_DEPOSIT = 1_000_000_000n;
const SETTLE_MS = 12_000;
/** Three in ten calls: a third of them is never answered, a third is 429, a third 503. */
const FAILING: PracticeFaults = { timeoutRate: 0.1, rateLimitRate: 1 / 9, serverErrorRate: 1 / 8 };

const MIXES: readonly { readonly name: string; readonly faults: PracticeFaults }[] = [
  { name: 'socket alive', faults: {} },
  { name: 'socket silent', faults: { silentSockets: true } },
  { name: '30 % of calls failing', faults: FAILING },
  { name: '30 % failing, socket silent', faults: { ...FAILING, silentSockets: true } },
];

const { values: flags } = parseArgs({
  options: {
    samples: { type: 'string', default: '200' },
    stops: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const startedAt = Date.now();
function say(line: string): void {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
}

interface Row {
  readonly what: string;
  readonly samples: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const nameOf = (subAccountId: number): string => `Lag ${subAccountId}`;

async function watchVaults(desk: DeskDriver, rpcUrl: string, profile: string) {
  const { starter } = await createAdminClient(rpcUrl).status();
  const { authority } = starter;
  const folder = join(profile, 'practice');
  const numbers = await makeSubAccounts(rpcUrl, folder, VAULTS, FIRST_DEPOSIT);
  const vaults: WatchedVault[] = [];
  for (const subAccountId of numbers) {
    const name = nameOf(subAccountId);
    await desk.addOnChainVault({ name, engine: `lag${subAccountId}`, authority, subAccountId });
    await desk.health(name, 'fresh');
    const testId = (await desk.row(name).getAttribute('data-testid')) ?? '';
    vaults.push({ vaultId: testId.replace('vault-row-', ''), subAccountId });
  }
  return vaults;
}

async function measureMixes(
  desk: DeskDriver,
  rpcUrl: string,
  vaults: readonly WatchedVault[],
): Promise<readonly Row[]> {
  const admin = createAdminClient(rpcUrl);
  const rows: Row[] = [];
  for (const { name, faults } of MIXES) {
    if (flags.only !== undefined && !name.startsWith(flags.only)) continue;
    await admin.setFaults({});
    for (const { subAccountId } of vaults) await desk.health(nameOf(subAccountId), 'fresh', 60_000);
    await admin.setFaults(faults);
    // Until a silent socket is known to be one, and past the first failing reads.
    await pause(SETTLE_MS);
    const lags = await sampleLags(desk.page, admin, vaults, Number(flags.samples));
    rows.push({ what: name, ...figuresOf(lags) });
    say(`${name}: ${JSON.stringify(rows.at(-1))}`);
  }
  await admin.setFaults({});
  return rows;
}

async function measureStops(
  keel: LaunchedKeel,
  desk: DeskDriver,
  rpcUrl: string,
  vault: WatchedVault,
): Promise<readonly Row[]> {
  const admin = createAdminClient(rpcUrl);
  const named = { name: nameOf(vault.subAccountId), vaultId: vault.vaultId };
  const rows: Row[] = [];
  const times = Array.from({ length: Number(flags.stops) });
  for (const stop of DATA_STOPS) {
    const marks: number[] = [];
    for (const _ of times) marks.push(await markedAfter(desk, admin, named, stop));
    rows.push({ what: `${stop.name} → marked`, ...figuresOf(marks) });
    say(JSON.stringify(rows.at(-1)));
  }
  const processes = await appProcesses(keel.app);
  if (processes === null || process.platform === 'win32') return rows;
  const marks: number[] = [];
  for (const _ of times) marks.push(await markedAfterKill(desk, named, processes.practice));
  rows.push({ what: 'node’s process stopped → marked', ...figuresOf(marks) });
  say(JSON.stringify(rows.at(-1)));
  return rows;
}

function table(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : cell.padStart(9))).join('');
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  return [
    line(['', 'samples', 'p50', 'p99', 'max']),
    ...rows.map(({ what, samples, p50Ms, p99Ms, maxMs }) =>
      line([what, String(samples), seconds(p50Ms), seconds(p99Ms), seconds(maxMs)]),
    ),
  ].join('\n');
}

async function run(keel: LaunchedKeel, profile: string): Promise<void> {
  const desk = driveDesk(keel.page);
  await desk.ready();
  await desk.page
    .locator(`[data-testid="${TEST_IDS.syncState}"][data-health="fresh"]`)
    .first()
    .waitFor();
  const rpcUrl = await desk.practiceRpcUrl();
  const vaults = await watchVaults(desk, rpcUrl, profile);
  say(`${vaults.length} vaults are watched`);
  await installPixelWatch(desk.page);
  const [first] = vaults;
  if (first === undefined) throw new Error('No vault to watch');
  const rows = await measureMixes(desk, rpcUrl, vaults);
  const stops = Number(flags.stops) > 0 ? await measureStops(keel, desk, rpcUrl, first) : [];
  process.stdout.write(`${table([...rows, ...stops])}\n`);
  if (flags.json) process.stdout.write(`${JSON.stringify({ limitMs: LIMIT_MS, rows, stops })}\n`);
  const late = [...rows.filter(({ p99Ms }) => p99Ms > LIMIT_MS), ...stops.filter(isLate)];
  for (const { what } of late) say(`over ${LIMIT_MS} ms: ${what}`);
  if (late.length > 0) process.exitCode = 1;
}

const isLate = ({ maxMs }: Row): boolean => maxMs > LIMIT_MS;

const profile = await mkdtemp(join(tmpdir(), 'keel-lag-'));
const session = hasDisplay() ? undefined : await startDesktopSession();
const keel = await launchKeel({
  userDataDir: profile,
  ...(session === undefined ? {} : { session }),
});
try {
  await run(keel, profile);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(
    `${keel.output().slice(-4_000)}\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
} finally {
  await keel.close();
  await session?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  // The other client's sockets would keep a failed run alive.
  process.exit();
}
