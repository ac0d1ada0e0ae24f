/**
 * Speed as ratios within one run: Keel against the bare calls that it makes, against the SDK's own way, against an
 * empty window. Whatever is compared runs in turn, alone in its process, against a practice network in another.
 * With --json one JSON line at the end; --only read,engine,commit,chart,start,app takes parts; --quick takes few rounds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchApp, benchStart } from '#test/bench/app-bench.ts';
import { besideIdle } from '#test/bench/idle-beside.ts';
import type {
  ChartReport,
  CommitReport,
  EngineReport,
  Hold,
  PracticePlace,
  ReadReport,
} from '#test/bench/orders.ts';
import { runTarget, startTarget } from '#test/bench/run-target.ts';
import { line, ratioOf, type Line } from '#test/bench/table.ts';

const AUTHORITIES = 5;
const SUB_ACCOUNTS = 80;
const ALL = AUTHORITIES * SUB_ACCOUNTS;
const HEARTBEAT_MS = 5_000;
const PARTS = ['read', 'engine', 'commit', 'chart', 'start', 'app'] as const;

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: PARTS.join(',') },
  },
});
const wanted = new Set(flags.only.split(','));
const rounds = flags.quick ? 5 : 20;
const beats = flags.quick ? 3 : 8;

const folder = await mkdtemp(join(tmpdir(), 'keel-bench-'));
const figures: Record<string, unknown> = {};
const reads = new Map<number, ReadReport>();

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function show(title: string, lines: readonly Line[]): void {
  say(`\n${title}`);
  for (const each of lines) say(line(each));
}

async function benchReads(practice: PracticePlace): Promise<void> {
  for (const vaults of [1, 10, ALL]) {
    // The SDK asks once per user: at hundreds of users it would measure its own queue.
    const order = { practice, vaults, rounds, withSdk: vaults <= 10 };
    const read = await runTarget<ReadReport>('read-target', order);
    reads.set(vaults, read);
    const { bareMs, keelMs, calls, sdk } = read;
    show(`Read of ${vaults} vaults`, [
      {
        what: `bare getMultipleAccounts, ${calls} calls, parsed as JSON`,
        value: bareMs,
        unit: 'ms',
      },
      { what: 'Keel: read, decoded, checked, valued', value: keelMs, unit: 'ms', than: bareMs },
      ...(sdk === null
        ? []
        : [
            {
              what: `SDK: fetchAccounts per client and user, ${sdk.requests} requests, with getters`,
              value: sdk.refreshMs,
              unit: 'ms',
              than: keelMs,
              thanWhat: 'Keel',
            },
          ]),
    ]);
  }
  figures['read'] = [...reads.values()].map((read) => ({
    ...read,
    keelToBare: ratioOf(read.keelMs, read.bareMs),
    sdkToKeel: read.sdk === null ? null : ratioOf(read.sdk.refreshMs, read.keelMs),
  }));
}

async function benchEngine(practice: PracticePlace): Promise<void> {
  const reports: unknown[] = [];
  for (const vaults of [10, ALL]) {
    const bareMs = await bareMsOf(practice, vaults);
    const { idle, value } = await besideIdle(() =>
      runTarget<EngineReport>('engine-target', {
        dataDir: join(folder, `engine-${vaults}`),
        practice,
        vaults,
        heartbeatMs: HEARTBEAT_MS,
        beats,
      }),
    );
    show(`Engine process, ${vaults} vaults over ${AUTHORITIES} authorities, prices move`, [
      { what: 'bare calls of one heartbeat', value: bareMs, unit: 'ms' },
      {
        what: 'heartbeat: read, verified, committed, loaded back, published',
        value: value.roundMs,
        unit: 'ms',
        than: bareMs,
      },
      ...holdLines('event loop', value.hold, idle),
      { what: 'longest turn of the loop, processor time', value: value.turnCpuMaxMs, unit: 'ms' },
      { what: 'processor while idle but for heartbeats', value: value.cpuShare * 100, unit: '%' },
      { what: 'memory (RSS)', value: value.rssMb, unit: 'MB' },
    ]);
    reports.push({
      ...value,
      bareMs,
      idleHold: idle,
      roundToBare: ratioOf(value.roundMs, bareMs),
      holdToIdle: ratioOf(value.hold.maxMs, idle.maxMs),
    });
  }
  figures['engine'] = reports;
}

async function bareMsOf(practice: PracticePlace, vaults: number): Promise<number> {
  const known = reads.get(vaults);
  const order = { practice, vaults, rounds, withSdk: false };
  return (known ?? (await runTarget<ReadReport>('read-target', order))).bareMs;
}

function holdLines(what: string, hold: Hold, idle: Hold): readonly Line[] {
  return [
    {
      what: `${what} held, longest`,
      value: hold.maxMs,
      unit: 'ms',
      than: idle.maxMs,
      thanWhat: 'idle process',
    },
    {
      what: `${what} held, longest of a usual second`,
      value: hold.typicalMs,
      unit: 'ms',
      than: idle.typicalMs,
      thanWhat: 'idle process',
    },
    ...(hold.p99Ms === null || idle.p99Ms === null
      ? []
      : [
          {
            what: `${what} held, 99 %`,
            value: hold.p99Ms,
            unit: 'ms',
            than: idle.p99Ms,
            thanWhat: 'idle process',
          },
        ]),
  ];
}

async function benchCommit(): Promise<void> {
  const order = { dataDir: folder, vaults: ALL, rounds };
  const commit = await runTarget<CommitReport>('commit-target', order);
  const { bareMs, oneMs, slicesMs, loadBackMs } = commit;
  show(`Database, ${ALL} vaults`, [
    { what: 'bare upserts of the same size, one transaction', value: bareMs, unit: 'ms' },
    { what: 'states, runs and history, one transaction', value: oneMs, unit: 'ms', than: bareMs },
    { what: 'the same in the slices of the engine', value: slicesMs, unit: 'ms', than: bareMs },
    { what: 'loaded back and checked', value: loadBackMs, unit: 'ms', than: bareMs },
  ]);
  figures['commit'] = {
    ...commit,
    oneToBare: ratioOf(oneMs, bareMs),
    slicesToBare: ratioOf(slicesMs, bareMs),
  };
}

async function benchStarts(): Promise<void> {
  const start = await benchStart(flags.quick ? 1 : 3);
  const { emptyPaintMs, keelPaintMs, vaultShownMs, emptyPssMb, keelPssMb } = start;
  show('Start of the built app in Electron, from the start of its process', [
    { what: 'empty window painted', value: emptyPaintMs, unit: 'ms' },
    { what: 'Keel painted', value: keelPaintMs, unit: 'ms', than: emptyPaintMs },
    { what: 'Keel shows its vaults', value: vaultShownMs, unit: 'ms', than: emptyPaintMs },
    ...(emptyPssMb === null || keelPssMb === null
      ? []
      : [
          { what: 'empty window, memory of all processes (PSS)', value: emptyPssMb, unit: 'MB' },
          {
            what: 'Keel with engine and practice network',
            value: keelPssMb,
            unit: 'MB',
            than: emptyPssMb,
          },
        ]),
  ]);
  figures['start'] = {
    ...start,
    paintToEmpty: ratioOf(keelPaintMs, emptyPaintMs),
    shownToEmpty: ratioOf(vaultShownMs, emptyPaintMs),
  };
}

async function benchChart(): Promise<void> {
  const dataDir = join(folder, 'chart');
  const chart = await runTarget<ChartReport>('chart-target', { dataDir, vaults: 10, rounds });
  const { rowsMs, chartMs, totalsMs } = chart;
  show(`A year of ${chart.vaults} vaults in ${chart.steps} steps`, [
    { what: `all ${chart.rows} rows of one vault, read and parsed`, value: rowsMs, unit: 'ms' },
    { what: 'chart of that vault', value: chartMs, unit: 'ms', than: rowsMs },
    { what: 'chart of the totals of all', value: totalsMs, unit: 'ms', than: rowsMs },
  ]);
  figures['chart'] = { ...chart, chartToRows: ratioOf(chartMs, rowsMs) };
}

async function benchWholeApp(): Promise<void> {
  const app = await benchApp(AUTHORITIES, SUB_ACCOUNTS, flags.quick ? 12 : 40);
  show(`The app with ${app.vaults} vaults in step`, [
    ...holdLines('main process: loop', app.mainHold, app.idleHold),
    ...holdLines('engine process: loop', app.engineHold, app.idleHold),
    ...(app.pssMb === null
      ? []
      : [{ what: 'memory of all processes (PSS)', value: app.pssMb, unit: 'MB' }]),
    { what: 'painted, with these vaults stored', value: app.paintMs, unit: 'ms' },
    { what: 'all vaults shown', value: app.vaultShownMs, unit: 'ms', than: app.paintMs },
  ]);
  figures['app'] = app;
}

say(
  `${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}; medians of ${rounds} rounds`,
);
try {
  if (wanted.has('read') || wanted.has('engine')) {
    const practice = await startTarget<PracticePlace>('practice-target', {
      dataDir: join(folder, 'practice'),
      authorities: AUTHORITIES,
      subAccounts: SUB_ACCOUNTS,
    });
    if (wanted.has('read')) await benchReads(practice.report);
    if (wanted.has('engine')) await benchEngine(practice.report);
    await practice.stop();
  }
  if (wanted.has('commit')) await benchCommit();
  if (wanted.has('chart')) await benchChart();
  if (wanted.has('start')) await benchStarts();
  if (wanted.has('app')) await benchWholeApp();
  if (flags.json) say(JSON.stringify({ load: loadavg()[0], rounds, ...figures }));
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
