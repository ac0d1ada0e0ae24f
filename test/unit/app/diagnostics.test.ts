import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base58 } from '@scure/base';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { AlertView } from '#domain/alert.ts';
import type { GateSurroundings } from '#domain/gate-inputs.ts';
import { networkId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import type { EndpointHealth } from '#domain/network.ts';
import { err, ok } from '#domain/result.ts';
import { SIGNER_NOT_STARTED } from '#domain/signer-state.ts';
import { slot, unixMs } from '#domain/units.ts';
import { UNSYNCED, type VaultView } from '#domain/vault-state.ts';
import { deriveBalances } from '#domain/vault-balances.ts';
import { alertViewSchema } from '#ipc/watch-wire.ts';
import { readLastErrors } from '#main/app/diagnostics-errors.ts';
import { composeDiagnostics, type DiagnosticsFacts } from '#main/app/diagnostics-text.ts';
import { createDiagnostics } from '#main/app/diagnostics.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';
import { createLogger } from '#main/platform/logger.ts';
import { alertOf } from '#test/support/alerts.ts';
import { needlesOfBytes, needlesOfPhrase, searchFor, toldOf } from '#test/support/canaries.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { snapshotOf } from '#test/support/snapshots.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { requested } from '../store/operations.ts';

const NOW = unixMs(Date.UTC(2026, 4, 6, 7, 8, 9));
const TOKEN = '7f3c9a51e0d24b6c8e1f';
const [mainnet] = DEFAULT_SETTINGS.networks;
const ENDPOINT = {
  label: 'Mine',
  httpUrl: `https://node.example/${TOKEN}`,
  webSocketUrl: `wss://trader:${TOKEN}-ws@node.example/?api-key=${TOKEN}-query`,
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'keel-diagnostics-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const health: EndpointHealth = {
  label: 'Mine',
  index: 0,
  inUse: true,
  condition: 'slow',
  reason: 'median answer 612 ms',
  slot: 812n,
  slotLag: 3,
  latencyP50Ms: 612,
  latencyP95Ms: 900,
  latencyP99Ms: null,
  calls: 100,
  errors: 7,
  rateLimited: 2,
  budgetPerSecond: 10,
  pausedUntilMs: null,
  askedAtMs: NOW,
};

const live = networkId('mainnet');
const halted = keelError('HALTED_BY_TRADER', 'operator', 'Halted by the trader.', 'Look.');

function vaultView(): VaultView {
  const snapshot = snapshotOf({ usdc: 5_000_000n, healthBps: 4_980 }, { slot: 812n, nowMs: NOW });
  return {
    vault: onChainVault(1, { name: 'Funding Öl', network: live }),
    state: {
      ...UNSYNCED,
      observation: { snapshot, balances: deriveBalances(snapshot) },
      verification: { kind: 'verified', slot: slot(812n), atMs: NOW },
      halt: { error: halted, attempts: 0, sinceMs: NOW },
    },
    phase: { kind: 'idle' },
    synced: true,
    revision: 1,
  };
}

function surroundings(): GateSurroundings {
  return {
    nowMs: NOW,
    staleAfterMs: 8_000,
    watch: DEFAULT_SETTINGS.watch,
    haltAll: { sinceMs: NOW, source: 'keyboard' },
    statuses: [
      {
        network: live,
        endpointLabel: 'Mine',
        endpointIndex: 0,
        endpointCount: 1,
        socket: 'silent',
        connection: 'connected',
        slot: 812n,
        latencyMs: 601,
        nextAttemptAtMs: null,
        endpoints: [health],
      },
    ],
    exchanges: [
      {
        network: live,
        observation: {
          ...{ slot: slot(812n), observedAtMs: NOW, markets: [] },
          status: { bits: 9, paused: ['deposit', 'fill'] },
        },
        pausedSinceMs: { deposit: unixMs(NOW - 60_000) },
        revision: 1,
      },
    ],
    signer: SIGNER_NOT_STARTED,
    operations: [{ operation: requested(7), wait: null, finalizedBlockHeight: null, revision: 1 }],
    networkKindOf: () => 'live',
  };
}

function facts(changes: Partial<DiagnosticsFacts> = {}): DiagnosticsFacts {
  const info = {
    appVersion: '0.4.0',
    electron: '41.0.1',
    chrome: '142',
    node: '24',
    official: false,
  };
  return {
    launchedAtMs: NOW - 61 * 60_000,
    system: 'linux 6.12 x64',
    runtime: { info, liveLockedBecause: 'This is not an official build.' },
    engine: 'running',
    settings: { ...DEFAULT_SETTINGS, networks: [{ ...mainnet!, endpoints: [ENDPOINT] }] },
    views: [vaultView()],
    around: surroundings(),
    alerts: [alertOf(1)],
    lastErrors: ['2026-05-06T07:08:08.000Z WARN engine sync.failed attempts=4'],
    ...changes,
  };
}

describe('the diagnostics', () => {
  it('tell versions, endpoints, states, reasons and the last errors', () => {
    const text = composeDiagnostics(facts());
    for (const words of [
      'Keel 0.4.0, 2026-05-06T07:08:09.000Z, running for 61 min',
      'Electron 41.0.1 (not an official build), Chrome 142, Node 24, linux 6.12 x64',
      'Live networks: locked. This is not an official build.',
      'Halt all: in force since 2026-05-06T07:08:09.000Z, from the keyboard',
      'mainnet: connected, socket silent, slot 812, last read 601 ms',
      '* Mine: slow (median answer 612 ms), 3 slots behind, p50/p95/p99 612/900/? ms, 100 calls',
      'bits 9; paused: deposit since 2026-05-06T07:07:09.000Z, fill',
      '“Funding Öl” (0000…0001) on mainnet, authority 7xKX…gAsU, sub-account 1',
      'fresh, verified, idle, slot 812, health 49.8',
      'halted since 2026-05-06T07:08:09.000Z: HALTED_BY_TRADER',
      'may: increase no [halted-all halted',
      'withdraw no [halted-all',
      `${requested(7).id} withdraw requested since`,
      `warning margin/${alertOf(1).vaultId} since`,
      'watch {"warningHealthBps":5000',
      'sync.failed attempts=4',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain(onChainVault(1).authority);
    expect(text).not.toContain('node.example');
  });

  it('say what is not known, and never that there is nothing', () => {
    const around = {
      ...surroundings(),
      statuses: [],
      haltAll: null,
      exchanges: [],
      operations: [],
    };
    const [view] = facts().views;
    const unseen = { ...view!, state: { ...UNSYNCED }, synced: false };
    const text = composeDiagnostics(
      facts({ alerts: null, around, views: [unseen], lastErrors: [] }),
    );
    expect(text).toContain('not known: the engine did not answer');
    expect(text).toContain('mainnet: not used; Mine');
    expect(text).toContain('health unknown');
    expect(text).toContain('Halt all: not in force');
  });

  it('hold no secret that was planted anywhere', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const secret = Buffer.concat([
      privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32),
      publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
    ]);
    const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    const forms = [base58.encode(secret), secret.toString('hex'), secret.toString('base64')];
    const planted = [
      ...forms,
      JSON.stringify([...secret]),
      words,
      `Authorization: Bearer ${TOKEN}`,
    ];
    const logs = folder();
    const logger = createLogger({
      clock: { nowMs: () => NOW },
      source: 'main',
      folder: logs,
      level: 'info',
    });
    const raw = planted.map(
      (each) => `2026-05-06T07:08:09.000Z ERROR engine old.line text=${each}`,
    );
    writeFileSync(join(logs, 'engine.log'), `${raw.join('\n')}\n`);
    for (const text of planted) logger.warn('canary', { text, [`${text.slice(0, 9)}`]: 1 });
    logger.error('canary', { passphrase: `${TOKEN}${TOKEN}`, url: ENDPOINT.webSocketUrl });
    const error = keelError(
      'RPC_REFUSED',
      'retry',
      `${planted.join(' ; ')} ${ENDPOINT.httpUrl}`,
      'x',
    );
    const around = surroundings();
    const reason = `POST ${ENDPOINT.httpUrl}/v1 said: api-key=${TOKEN} is over its limit; ${TOKEN}-ws`;
    const [status] = around.statuses;
    const text = composeDiagnostics(
      facts({
        lastErrors: await readLastErrors(logs, 50),
        alerts: [alertOf(1, { text: `${planted.join('. ')}. ${reason}` })],
        views: [
          {
            ...vaultView(),
            state: {
              ...vaultView().state,
              failure: { error, attempts: 1, cause: 'start', atMs: NOW },
            },
          },
        ],
        around: { ...around, statuses: [{ ...status!, endpoints: [{ ...health, reason }] }] },
      }),
    );
    const needles = [
      ...needlesOfBytes('key', secret.subarray(0, 32)),
      ...needlesOfPhrase('phrase', words.split(' ')),
    ];
    expect(toldOf(searchFor(needles)(Buffer.from(text)))).toEqual([]);
    expect(text).not.toContain(TOKEN);
    expect(text).toContain('[redacted]');
    expect(text).toContain('canary');
    // The search would have seen them.
    expect(toldOf(searchFor(needles)(Buffer.from(planted.join('\n'))))).not.toEqual([]);
  });
});

describe('the composer', () => {
  const parts = (answer: unknown, logs: string) => {
    const { launchedAtMs, runtime, settings, views, around } = facts();
    return {
      ...{ launchedAtMs, runtime, logger: silentLogger, paths: { logs } },
      ...{ settings: () => settings, views: () => views, around: () => around },
      engine: () => 'running' as const,
      loadAlerts: () => Promise.resolve(answer as never),
    };
  };

  it('asks the engine for the raised alerts and reads the logs', async () => {
    const logs = folder();
    writeFileSync(join(logs, 'main.log'), '2026-05-06T07:08:09.000Z WARN main odd.thing id=3\n');
    const alerts: readonly AlertView[] = [
      { alert: alertOf(1), revision: 1 },
      { alert: alertOf(2, { clearedAtMs: unixMs(alertOf(2).raisedAtMs) }), revision: 1 },
    ];
    const onWire = { alerts: z.encode(z.array(alertViewSchema), [...alerts]), unacknowledged: 2 };
    const text = await createDiagnostics(parts(ok(onWire), logs))();
    expect(text).toContain(alertOf(1).key);
    expect(text).not.toContain(alertOf(2).key);
    expect(text).toContain('odd.thing id=3');
  });

  it.each([
    ['a refusal', err(halted)],
    ['nonsense', ok({ alerts: 'none' })],
  ])('lives with %s of the engine', async (_what, answer) => {
    const text = await createDiagnostics(parts(answer, join(folder(), 'nowhere')))();
    expect(text).toContain('the engine did not answer');
    expect(text).toContain('Last 0 warnings and errors\n  none');
  });
});

describe('the last errors', () => {
  const line = (second: number, level = 'WARN', source = 'engine') =>
    `${new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()} ${level} ${source} e n=${second}`;
  const write = (logs: string, name: string, lines: readonly string[]) =>
    writeFileSync(join(logs, name), `${lines.join('\n')}\n`);

  it('are the newest warnings and errors of all logs, in the order of time', async () => {
    const logs = folder();
    write(logs, 'engine.log.2', [line(1), line(2, 'ERROR')]);
    write(logs, 'engine.log.1', [line(3), line(4, 'INFO'), line(9, 'ERROR')]);
    write(logs, 'engine.log', [line(12), line(13, 'DEBUG')]);
    write(logs, 'main.log', [line(5, 'WARN', 'main'), line(11, 'ERROR', 'main')]);
    write(logs, 'notes.txt', [line(20)]);
    expect(await readLastErrors(logs, 5)).toEqual([
      line(3),
      line(5, 'WARN', 'main'),
      line(9, 'ERROR'),
      line(11, 'ERROR', 'main'),
      line(12),
    ]);
    expect(await readLastErrors(logs, 99)).toHaveLength(7);
  });

  it('leave out what only looks like one, and cut what is very long', async () => {
    const logs = folder();
    write(logs, 'main.log', [
      line(1, 'INFO') + ' WARN main x',
      'ERROR',
      line(2) + 'x'.repeat(9_000),
    ]);
    const [only, ...others] = await readLastErrors(logs, 9);
    expect(others).toEqual([]);
    expect(only).toHaveLength(2_001);
  });

  it.skipIf(process.getuid?.() === 0)('name a file that cannot be read', async () => {
    const logs = folder();
    write(logs, 'main.log', [line(1)]);
    chmodSync(join(logs, 'main.log'), 0);
    expect((await readLastErrors(logs, 9))[0]).toContain('main.log cannot be read');
  });

  it('name a log that is a folder', async () => {
    const logs = folder();
    mkdirSync(join(logs, 'engine.log'));
    expect((await readLastErrors(logs, 9))[0]).toContain('engine.log cannot be read');
  });
});
