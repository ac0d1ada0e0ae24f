import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { logLine } from '#main/platform/log-line.ts';
import { createLogger, type LoggerOptions } from '#main/platform/logger.ts';

let folder = '';
const clock = { nowMs: () => unixMs(Date.UTC(2026, 0, 1)) };
const logger = (options: Partial<LoggerOptions> = {}) =>
  createLogger({ clock, source: 'engine', folder, level: 'info', ...options });
const lines = (name = 'engine.log') =>
  readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);

const ageOf = (name: string): number => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keel-log-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('the log', () => {
  it('writes one line an event, with ids and figures', () => {
    logger().warn('sync.failed', {
      vaultId: 'v-1',
      slot: 12345678901234567890n,
      attempts: 4,
      moved: false,
      error: null,
      message: 'the node said "no"\nand hung up',
    });
    expect(lines()).toEqual([
      '2026-01-01T00:00:00.000Z WARN engine sync.failed vaultId=v-1 slot=12345678901234567890 ' +
        'attempts=4 moved=false error=null message="the node said \\"no\\"\\nand hung up"',
    ]);
  });

  it('keeps silent below its level, which may change', () => {
    const log = logger();
    log.debug('hidden');
    log.setLevel('debug');
    log.debug('shown');
    log.setLevel('error');
    log.warn('hidden');
    expect(lines()).toEqual(['2026-01-01T00:00:00.000Z DEBUG engine shown']);
  });

  it('keeps two logs apart', () => {
    logger().info('one');
    logger({ source: 'main', level: 'error' }).info('two');
    logger({ source: 'main', level: 'error' }).error('three');
    expect(lines()).toHaveLength(1);
    expect(lines('main.log')).toHaveLength(1);
  });

  it('puts full files aside and keeps no more than it was told', () => {
    const log = logger({ maxFileBytes: 500, keptFiles: 2 });
    for (let index = 0; index < 100; index += 1) log.info('tick', { index });
    expect(readdirSync(folder).sort()).toEqual(['engine.log', 'engine.log.1', 'engine.log.2']);
    const all = ['engine.log.2', 'engine.log.1', 'engine.log'].flatMap((name) => lines(name));
    const indexes = all.map((line) => Number(/index=(\d+)/.exec(line)?.[1]));
    expect(indexes.at(-1)).toBe(99);
    expect(indexes).toEqual(indexes.map((_, place) => 100 - indexes.length + place));
  });

  it('loses no line when it puts a file aside, and starts over with the next process', () => {
    const write = (from: number, to: number) => {
      const log = logger({ maxFileBytes: 2_000, keptFiles: 99 });
      for (let index = from; index < to; index += 1)
        log.info('tick', { index, pad: 'x'.repeat(index % 90) });
    };
    write(0, 150);
    write(150, 300);
    const files = readdirSync(folder).sort((left, right) => ageOf(right) - ageOf(left));
    expect(files.length).toBeGreaterThan(10);
    expect(files.map(ageOf)).toEqual(files.map((_, place) => files.length - 1 - place));
    const indexes = files
      .flatMap((name) => lines(name))
      .map((line) => Number(/index=(\d+)/.exec(line)?.[1]));
    expect(indexes).toEqual(Array.from({ length: 300 }, (_, index) => index));
  });

  it('keeps the newest files: the oldest falls off the end', () => {
    const log = logger({ maxFileBytes: 300, keptFiles: 3 });
    for (let index = 0; index < 60; index += 1) log.info('tick', { index });
    const files = readdirSync(folder).sort();
    expect(files).toEqual(['engine.log', 'engine.log.1', 'engine.log.2', 'engine.log.3']);
    expect(lines().at(-1)).toContain('index=59');
  });

  it('takes an Authorization header and an endpoint’s token out of every value', () => {
    const labels = new Map([['https://node.example/abc', 'First']]);
    logger({ endpointLabels: () => labels }).warn('alert.raised', {
      text: 'Node First answered 429 at https://node.example/abc/?api-key=token-of-mine.',
      details: '{"headers":{"Authorization":"Bearer token-of-mine"}}',
      authorization: 'Basic token-of-mine',
      accessToken: 'token-of-mine',
      advice: 'Wait, or add an endpoint.',
    });
    expect(lines()[0]).not.toContain('token-of-mine');
    expect(lines()[0]).toContain('<First>');
    expect(lines()[0]).toContain('advice="Wait, or add an endpoint."');
  });

  it('goes to standard error where there can be no file', () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    logger({ folder: join(blocked, 'logs') }).info('still.here');
    expect(String(written.mock.calls[0]?.[0])).toContain('INFO engine still.here');
  });

  it('takes secrets out by field, by shape and by endpoint', () => {
    const labels = new Map([['https://node.example/abc', 'First']]);
    logger({ endpointLabels: () => labels }).error('vault.unlock', {
      passphrase: 'open sesame',
      url: 'https://node.example/abc',
      bytes: `[${Array.from({ length: 64 }, (_, index) => index).join(',')}]`,
    });
    expect(lines()[0]).toContain('passphrase=[redacted] url=<First> bytes=[redacted]');
  });

  it('runs in plain Node, as in a utility process or on the command line', () => {
    const script = `
      import { createLogger } from '#main/platform/logger.ts';
      import { systemClock } from '#main/platform/system-clock.ts';
      createLogger({ clock: systemClock(), source: 'cli', folder: ${JSON.stringify(folder)}, level: 'info' })
        .info('hello', { big: 2n ** 80n });`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' });
    expect(lines('cli.log')[0]).toContain('INFO cli hello big=1208925819614629174706176');
  });
});

describe('a log line', () => {
  it('is one line whatever is in it', () => {
    const ends = fc.constantFrom('\n', '\r', '\u0085', '\u2028', '\u2029', ' ', '"', '=', '\\');
    const text = fc.string({ unit: fc.oneof(ends, fc.string({ minLength: 1, maxLength: 1 })) });
    fc.assert(
      fc.property(text, text, (event, value) => {
        const line = logLine({ atMs: 0, level: 'info', source: 's', event, fields: { value } });
        expect(line).not.toMatch(/[\n\r\u2028\u2029\u0085]/);
      }),
    );
  });

  it('does not look into a value that came past the types', () => {
    const fields = { key: { secret: 'x' } } as never;
    expect(logLine({ atMs: 0, level: 'info', source: 's', event: 'e', fields })).toContain(
      'key=[redacted]',
    );
  });
});
