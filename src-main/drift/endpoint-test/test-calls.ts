/** The steps of an endpoint's test that ask over HTTP. */
import { z } from 'zod';
import { groupDigits } from '#domain/decimal.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Clock } from '#main/engine/ports.ts';
import { accountSchema } from '../read/account-frame.ts';
import { CLOCK_SYSVAR, chainTimeIn } from '../read/chain-time.ts';
import type { JsonRpcClient } from '../rpc/json-rpc-client.ts';
import { VenueAddresses } from '../venue-addresses.ts';
import { loadVendor } from '../vendor.ts';
import type { EndpointTestOptions } from './test-endpoint.ts';

export interface Tried {
  readonly good: boolean;
  readonly text: string;
}

/** One that answers once may be luck. */
const CALLS = 3;
/** The chain's clock runs up to half a minute off the world's while all is well. */
const OLDEST_CHAIN_TIME_S = 90;
/** What a heartbeat asks for in one call, for a vault on a few markets. */
const SPOT_MARKETS = 6;
const PERP_MARKETS = 16;
/** Calls that leave together, as at a heartbeat of several vaults. */
const AT_ONCE = 3;

const slotSchema = z.number().int().nonnegative();
const genesisSchema = z.string().min(32).max(44);
const accountsSchema = z.object({
  context: z.object({ slot: slotSchema }),
  value: z.array(accountSchema),
});

const good = (text: string): Tried => ({ good: true, text });
const bad = (text: string): Tried => ({ good: false, text });
const failed = ({ message, advice, remedy }: KeelError): Tried =>
  bad(remedy === 'retry' ? message : `${message} ${advice}`);

export async function tryConnect(client: JsonRpcClient, clock: Clock): Promise<Tried> {
  const tookMs: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const startedMs = clock.monotonicMs();
    const slot = await client.call('getSlot', [{ commitment: 'confirmed' }], slotSchema);
    if (!slot.ok) return failed(slot.error);
    tookMs.push(Math.round(clock.monotonicMs() - startedMs));
  }
  const [fastest = 0, middle = 0, slowest = 0] = tookMs.toSorted((left, right) => left - right);
  return good(`${CALLS} calls answered in ${fastest}, ${middle} and ${slowest} ms.`);
}

export async function tryCluster(
  client: JsonRpcClient,
  { label, genesisHash }: EndpointTestOptions['network'],
): Promise<Tried> {
  const genesis = await client.call('getGenesisHash', [], genesisSchema);
  if (!genesis.ok) return failed(genesis.error);
  if (genesisHash === null) return good('It names its genesis; this network has told none yet.');
  if (genesis.value !== genesisHash) {
    return bad(
      `It belongs to another network than ${label}: its genesis is ${short(genesis.value)}, not ${short(genesisHash)}.`,
    );
  }
  return good(`It belongs to ${label}: genesis ${short(genesis.value)}.`);
}

export async function trySlot(
  client: JsonRpcClient,
  { clock, slotInUse, maxSlotLag }: EndpointTestOptions,
): Promise<Tried> {
  const reply = await accountsOf(client, [CLOCK_SYSVAR]);
  if (!reply.ok) return failed(reply.error);
  const { context, value } = reply.value;
  const [account] = value;
  const time = account === undefined || account === null ? null : chainTimeIn(rawOf(account));
  const ageS = time === null ? null : Math.round(clock.nowMs() / 1_000) - Number(time);
  const slot = `Slot ${groupDigits(BigInt(context.slot))}`;
  if (ageS !== null && ageS > OLDEST_CHAIN_TIME_S) {
    return bad(
      `${slot} is ${groupDigits(BigInt(ageS))} s old: the node is behind, or this computer’s clock is ahead.`,
    );
  }
  const inUse = slotInUse();
  if (inUse === null) return good(`${slot}. Nothing is in use here to compare it with.`);
  const lag = inUse - BigInt(context.slot);
  if (lag > BigInt(maxSlotLag)) {
    return bad(
      `${slot}, ${groupDigits(lag)} behind the endpoint in use; ${groupDigits(BigInt(maxSlotLag))} are allowed.`,
    );
  }
  return good(`${slot}, ${lag > 0n ? `${lag} behind` : 'level with'} the endpoint in use.`);
}

/** The venue's accounts as a heartbeat reads them: whether the node has them, and whether it lets them be read so often. */
export async function tryAccounts(
  client: JsonRpcClient,
  { network: { deployment } }: EndpointTestOptions,
): Promise<Tried> {
  const addresses = new VenueAddresses(await loadVendor(), deployment);
  const keys = [
    addresses.state,
    ...upTo(SPOT_MARKETS, (index) => addresses.spotMarket(index)),
    ...upTo(PERP_MARKETS, (index) => addresses.perpMarket(index)),
  ];
  const replies = await Promise.all(upTo(AT_ONCE, () => accountsOf(client, keys)));
  const limited = replies.filter((reply) => !reply.ok && reply.error.code === 'RPC_RATE_LIMITED');
  if (limited.length > 0) {
    return bad(
      `${limited.length} of ${AT_ONCE} calls at once were refused as too many: it limits requests more than a sync needs.`,
    );
  }
  const refused = replies.find((reply) => !reply.ok);
  if (refused?.ok === false) return failed(refused.error);
  const [first] = replies;
  const found = first?.ok === true ? first.value.value : [];
  if (found.length !== keys.length) {
    return bad(`It answered ${found.length} accounts where ${keys.length} were asked for.`);
  }
  const [state] = found;
  if (state === null || state === undefined || state.owner !== deployment.program) {
    return bad('Drift’s own account is not there: this node cannot be synced with.');
  }
  const there = found.filter((account) => account !== null).length;
  return good(`${there} of Drift’s accounts in one call, ${AT_ONCE} calls at once: none refused.`);
}

const accountsOf = (client: JsonRpcClient, keys: readonly string[]) =>
  client.call(
    'getMultipleAccounts',
    [keys, { encoding: 'base64', commitment: 'confirmed' }],
    accountsSchema,
  );

const rawOf = ({ owner, data }: NonNullable<z.output<typeof accountSchema>>) => ({
  owner,
  base64: data[0],
  lamports: 0n,
});

const upTo = <Value>(count: number, valueOf: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => valueOf(index));

const short = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-4)}`;
