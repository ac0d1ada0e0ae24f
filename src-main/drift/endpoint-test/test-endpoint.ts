/**
 * Tries one endpoint over real sockets, step by step, whether or not Keel uses it. Reads public data only and changes
 * nothing. Invariants: bounded in time; no text holds the endpoint's address or a part of it.
 */
import { withoutTokens } from '#domain/endpoint-secrets.ts';
import {
  ENDPOINT_TEST_STEPS,
  type EndpointTest,
  type EndpointTestLine,
  type EndpointTestStep,
} from '#domain/endpoint-view.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import { ok } from '#domain/result.ts';
import type { Clock } from '#main/engine/ports.ts';
import { JsonRpcClient } from '../rpc/json-rpc-client.ts';
import { tryAccounts, tryCluster, tryConnect, trySlot, type Tried } from './test-calls.ts';
import { trySocket } from './test-socket.ts';

/** One call, and the socket's opening: five steps end within twenty seconds. */
const STEP_WITHIN_MS = 4_000;
const LONGEST_TEXT = 300;

export interface EndpointTestOptions {
  /** Whose genesis and whose venue the endpoint must serve. */
  readonly network: Pick<Network, 'label' | 'genesisHash' | 'deployment'>;
  readonly endpoint: RpcEndpoint;
  readonly clock: Clock;
  /** Highest slot that the endpoint in use has told; null: none is in use there. */
  readonly slotInUse: () => bigint | null;
  /** Slots behind it from which an endpoint is no longer used. */
  readonly maxSlotLag: number;
}

/** What a step builds on: where that has failed there is nothing to try. */
const NEEDS: Readonly<Record<EndpointTestStep, readonly EndpointTestStep[]>> = {
  connect: [],
  cluster: ['connect'],
  slot: ['connect', 'cluster'],
  accounts: ['connect', 'cluster'],
  socket: [],
};

/** Without these Keel cannot sync there; a socket only hastens a read. */
const NEEDED: readonly EndpointTestStep[] = ['connect', 'cluster', 'slot', 'accounts'];

/** Never rejects: what fails is a line of the answer. */
export async function testEndpoint(options: EndpointTestOptions): Promise<EndpointTest> {
  const { clock, endpoint } = options;
  const client = new JsonRpcClient(endpoint, {
    clock,
    timeoutMs: () => STEP_WITHIN_MS,
    // A test is not the sync: it spends nothing of the endpoint's budget, and sends less than a second's worth.
    guard: { admit: () => Promise.resolve(ok(null)), ended: () => undefined },
  });
  const steps: Readonly<Record<EndpointTestStep, () => Promise<Tried>>> = {
    connect: () => tryConnect(client, clock),
    cluster: () => tryCluster(client, options.network),
    slot: () => trySlot(client, options),
    accounts: () => tryAccounts(client, options),
    socket: () => trySocket(endpoint.webSocketUrl, clock, STEP_WITHIN_MS),
  };
  const lines: EndpointTestLine[] = [];
  for (const step of ENDPOINT_TEST_STEPS) {
    const missing = NEEDS[step].find((needed) => !isOk(lines, needed));
    lines.push(
      missing === undefined
        ? await timed(step, steps[step], options)
        : { step, outcome: 'skipped', text: SKIPPED[step], tookMs: null },
    );
  }
  return { lines, usable: NEEDED.every((step) => isOk(lines, step)) };
}

const SKIPPED: Readonly<Record<EndpointTestStep, string>> = {
  connect: 'Not tried.',
  cluster: 'Not tried: it does not answer.',
  slot: 'Not tried: it does not answer for this network.',
  accounts: 'Not tried: it does not answer for this network.',
  socket: 'Not tried.',
};

const isOk = (lines: readonly EndpointTestLine[], step: EndpointTestStep): boolean =>
  lines.some((line) => line.step === step && line.outcome === 'ok');

async function timed(
  step: EndpointTestStep,
  run: () => Promise<Tried>,
  { clock, endpoint }: EndpointTestOptions,
): Promise<EndpointTestLine> {
  const startedMs = clock.monotonicMs();
  const { good, text } = await run();
  return {
    step,
    outcome: good ? 'ok' : 'failed',
    text: withoutAddress(text, endpoint).slice(0, LONGEST_TEXT),
    tookMs: Math.round(clock.monotonicMs() - startedMs),
  };
}

/** A node may quote its own address: where Keel connects to is nobody's business in a report. */
function withoutAddress(text: string, endpoint: RpcEndpoint): string {
  const hosts = [endpoint.httpUrl, endpoint.webSocketUrl].map((url) => url.split(/[/?#]/)[2] ?? '');
  return hosts
    .filter((host) => host !== '')
    .reduce((told, host) => told.replaceAll(host, '…'), withoutTokens(text, endpoint));
}
