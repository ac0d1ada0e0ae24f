/** Keel's read against the bare calls that it makes and against the SDK's own way. One argument: a `ReadOrder`. */
import { z } from 'zod';
import { vaultId, type VaultId } from '#domain/ids.ts';
import type { Slot } from '#domain/units.ts';
import { createDriftReader } from '#main/drift/index.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { medianMs, rounded } from './figures.ts';
import type { ReadOrder, ReadReport } from './orders.ts';
import { networkOfPlace, onChainVaultOf, vaultsOfPlace } from './place.ts';
import { measureSdk } from './sdk-way.ts';
import { orderOf, report } from './target-process.ts';

const order = orderOf<ReadOrder>();
const { practice, rounds } = order;
const vaults = vaultsOfPlace(practice, order.vaults).map((account, index) => ({
  ...onChainVaultOf(practice, account),
  id: vaultId(String(index)),
}));
const noFloor: ReadonlyMap<VaultId, Slot> = new Map();
const readCalls = recordCalls();
const reader = createDriftReader({
  network: networkOfPlace(practice),
  clock: systemClock(),
  logger: silentLogger,
  rpcTimeoutMs: 10_000,
});

async function readAll(): Promise<void> {
  const read = await reader.read(vaults, noFloor);
  if (!read.ok) throw new Error(read.error.message);
  for (const observation of read.value.observations.values()) {
    if (!observation.ok) throw new Error(observation.error.message);
  }
}

/** The bodies of Keel's own calls, as they went out. */
function recordCalls(): { take(): readonly string[] } {
  const { fetch } = globalThis;
  let bodies: string[] = [];
  globalThis.fetch = (input, init) => {
    const body = z.string().safeParse(init?.body);
    if (body.success && body.data.includes('getMultipleAccounts')) bodies.push(body.data);
    return fetch(input, init);
  };
  return {
    take() {
      const taken = bodies;
      bodies = [];
      return taken;
    },
  };
}

/** The fewest that a read made: the steady state, in which no chunk straddled two slots. */
async function steadyCalls(): Promise<readonly string[]> {
  let fewest: readonly string[] | null = null;
  for (let read = 0; read < 5; read += 1) {
    readCalls.take();
    await readAll();
    const calls = readCalls.take();
    if (fewest === null || calls.length < fewest.length) fewest = calls;
  }
  return fewest ?? [];
}

async function askBarely(bodies: readonly string[]): Promise<void> {
  await Promise.all(
    bodies.map(async (body) => {
      const response = await fetch(practice.httpUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      await response.json();
    }),
  );
}

// The SDK is loaded by the first read: it belongs to the start of the process.
await reader.read([], noFloor);
const coldStartedMs = performance.now();
await readAll();
const keelColdMs = performance.now() - coldStartedMs;
const bodies = await steadyCalls();
const bareMs = await medianMs(rounds, () => askBarely(bodies));
const keelMs = await medianMs(rounds, readAll);
reader.close();
const result: ReadReport = {
  vaults: order.vaults,
  calls: bodies.length,
  bareMs: rounded(bareMs),
  keelMs: rounded(keelMs),
  keelColdMs: rounded(keelColdMs),
  sdk: order.withSdk ? await measureSdk(practice, order.vaults, rounds) : null,
};
report(result);
