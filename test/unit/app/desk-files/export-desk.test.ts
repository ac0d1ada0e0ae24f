import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { ExportProgress, ExportRequest } from '#domain/data-export.ts';
import { columnNames } from '#domain/export-columns.ts';
import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import { partFilesIn } from '#main/app/desk-files/part-files.ts';
import { createExportDesk } from '#main/app/desk-files/export-desk.ts';
import type { Answer } from '#main/ipc/handlers.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const request: ExportRequest = {
  subject: 'alerts',
  format: 'csv',
  vaultIds: [],
  fromMs: unixMs(Date.UTC(2026, 0, 1)),
  toMs: null,
};
const columns = columnNames('alerts');
const row = columns.map((name) => `${name}, a "cell"`);
const page = (rows: number, next: string | null): Answer =>
  ok({ columns, rows: Array.from({ length: rows }, () => row), next, total: 6 });

function bench(answers: readonly (() => Answer | Promise<Answer>)[]) {
  const folder = mkdtempSync(join(tmpdir(), 'keel-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'out.csv');
  const clock = new FakeClock(Date.UTC(2026, 10, 22));
  const told: ExportProgress[] = [];
  const asked: unknown[] = [];
  const left = [...answers];
  const parts = {
    clock,
    appVersion: '0.1.0',
    partFiles: partFilesIn(`${folder}.parts.json`),
    newId: () => '00000000-0000-4000-8000-000000000001',
    askForFile: vi.fn<(name: string) => Promise<string | null>>(() => Promise.resolve(file)),
    showInFolder: vi.fn(),
    noteActivity: vi.fn(),
    publish: (progress: ExportProgress) => void told.push(progress),
    ask: (_: string, question: unknown) => {
      asked.push(question);
      return Promise.resolve(left.shift()?.() ?? err(engineLost));
    },
  };
  const desk = createExportDesk(parts as never);
  const ended = () =>
    vi.waitFor(() => {
      const last = told.at(-1);
      if (last === undefined || last.state.kind === 'running') throw new Error('still running');
      return last;
    });
  return { folder, file, clock, told, asked, parts, desk, ended };
}

const engineLost = keelError('ENGINE_UNAVAILABLE', 'retry', 'The engine stopped.', 'Wait.');

it('writes all pages and gives the file its name at the end', async () => {
  const { desk, file, folder, asked, parts, ended } = bench([
    () => page(4, 'next'),
    () => page(2, null),
  ]);
  const started = await desk.start(request);
  expect(started).toMatchObject({ ok: true, value: expect.any(String) as string });
  const last = await ended();
  expect(last).toMatchObject({
    rows: 6,
    totalRows: 6,
    fileName: 'out.csv',
    state: { kind: 'done' },
  });
  expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(7);
  expect(readdirSync(folder)).toEqual(['out.csv']);
  expect(asked).toEqual([
    { request, cursor: null },
    { request, cursor: 'next' },
  ]);
  expect(parts.askForFile).toHaveBeenCalledWith('keel-alerts-2026-01-01-to-2026-11-22.csv');
  expect(parts.noteActivity).toHaveBeenCalledTimes(1);
  await desk.showInFolder(last.id);
  expect(parts.showInFolder).toHaveBeenCalledWith(file);
});

it('does nothing when no file is chosen', async () => {
  const { desk, parts, told } = bench([]);
  parts.askForFile.mockResolvedValue(null);
  expect(await desk.start(request)).toEqual(ok(null));
  expect(told).toEqual([]);
});

it('leaves no part of a file after a cancel, and an older file as it was', async () => {
  let answer: (page: Answer) => void = () => undefined;
  const { desk, file, folder, ended } = bench([
    () => page(4, 'next'),
    () => new Promise((resolve) => (answer = resolve)),
  ]);
  writeFileSync(file, 'older');
  const started = await desk.start(request);
  await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(2));
  if (!started.ok || started.value === null) throw new Error('not started');
  await desk.cancel(started.value);
  answer(page(2, null));
  expect((await ended()).state).toEqual({ kind: 'cancelled' });
  expect(readdirSync(folder)).toEqual(['out.csv']);
  expect(readFileSync(file, 'utf8')).toBe('older');
  expect(await desk.showInFolder(started.value)).toMatchObject({
    error: { code: 'FILE_UNREADABLE' },
  });
});

it('says so when the engine is lost in the middle', async () => {
  const { desk, folder, ended } = bench([() => page(4, 'next'), () => err(engineLost)]);
  await desk.start(request);
  expect((await ended()).state).toMatchObject({
    kind: 'failed',
    error: { code: 'EXPORT_FAILED', remedy: 'retry' },
  });
  expect(readdirSync(folder)).toEqual([]);
});

it('says so when the folder goes away in the middle', async () => {
  const { desk, folder, ended } = bench([
    () => page(4, 'next'),
    () => {
      rmSync(folder, { recursive: true });
      return page(2, null);
    },
  ]);
  await desk.start(request);
  expect((await ended()).state).toMatchObject({
    error: { code: 'EXPORT_FAILED', message: expect.stringContaining('folder') as string },
  });
  expect(existsSync(folder)).toBe(false);
});

it('says so when the folder was never there', async () => {
  const { desk, parts, folder, ended } = bench([]);
  parts.askForFile.mockResolvedValue(join(folder, 'gone', 'out.csv'));
  await desk.start(request);
  expect((await ended()).state).toMatchObject({ error: { remedy: 'fix-input' } });
});

it('refuses rows that it cannot read', async () => {
  const { desk, ended } = bench([() => ok({ columns, rows: [[1]], next: null, total: 1 })]);
  await desk.start(request);
  expect((await ended()).state).toMatchObject({ error: { code: 'EXPORT_FAILED' } });
});

it('tells at most five times a second how far it has come', async () => {
  const pages = Array.from({ length: 20 }, (_, at) => () => page(1, at === 19 ? null : `${at}`));
  const { desk, told, ended } = bench(pages);
  await desk.start(request);
  await ended();
  // Asked for, the first page, and the end: the clock has not moved.
  expect(told.map(({ state }) => state.kind)).toEqual(['running', 'running', 'done']);
});

it('leaves no part of a file when Keel is quit in the middle', async () => {
  let answer: (page: Answer) => void = () => undefined;
  const { desk, folder } = bench([() => new Promise((resolve) => (answer = resolve))]);
  await desk.start(request);
  await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(1));
  const closing = desk.close();
  answer(page(1, null));
  await closing;
  expect(readdirSync(folder)).toEqual([]);
});
