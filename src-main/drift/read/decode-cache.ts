import type { DriftClient, OracleClient, OraclePriceData, OracleSource } from '@drift-labs/sdk';
import type { Connection } from '@solana/web3.js';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { DriftAccountName, DriftAccounts } from '../codec/drift-coder.ts';
import { undecodable, wrongOwner } from '../failures.ts';
import type { Vendor } from '../vendor.ts';
import type { RawAccount } from './account-frame.ts';

interface Decoded {
  readonly base64: string;
  readonly kind: string;
  readonly result: Result<unknown, string>;
}

/** Oracles that the venue's own program owns and writes: their layout is known and is checked. */
const LAZER_SOURCES: ReadonlySet<string> = new Set([
  'pythLazer',
  'pythLazer1K',
  'pythLazer1M',
  'pythLazerStableCoin',
]);

/**
 * Decodes accounts, each only when its bytes have changed. Owner, size and discriminator are checked first:
 * bytes of anything else never become figures.
 */
export class DecodeCache {
  readonly #vendor: Vendor;
  readonly #program: string;
  readonly #connection: Connection;
  readonly #sdkProgram: DriftClient['program'];
  readonly #oracleClients = new Map<string, OracleClient>();
  readonly #decoded = new Map<string, Decoded>();

  /** @param client gives the SDK's oracle parsers what they are made with; they fetch nothing here. */
  constructor(vendor: Vendor, client: DriftClient) {
    this.#vendor = vendor;
    this.#connection = client.connection;
    this.#sdkProgram = client.program;
    this.#program = client.program.programId.toBase58();
  }

  /** @param what names the account in an error, for instance `perp market 3`. */
  decode<Name extends DriftAccountName>(
    name: Name,
    what: string,
    key: string,
    account: RawAccount,
  ): Result<DriftAccounts[Name], KeelError> {
    if (account.owner !== this.#program) {
      return err(wrongOwner(what, key, account.owner, this.#program));
    }
    const result = this.#once(name, key, account, (data) => this.#decodeAccount(name, data));
    return result.ok
      ? ok(result.value as DriftAccounts[Name])
      : err(undecodable(what, key, result.error));
  }

  /** Price of an oracle account, read by the SDK's parser for the source. */
  decodeOracle(
    source: OracleSource,
    what: string,
    key: string,
    account: RawAccount,
  ): Result<OraclePriceData, KeelError> {
    const sourceName = Object.keys(source)[0] ?? 'unknown';
    const isLazer = LAZER_SOURCES.has(sourceName);
    if (isLazer && account.owner !== this.#program) {
      return err(wrongOwner(what, key, account.owner, this.#program));
    }
    const result = this.#once(`${key}/${sourceName}`, key, account, (data) => {
      if (isLazer) this.#requireLayout('PythLazerOracle', data);
      return this.#oracleClient(source, sourceName).getOraclePriceDataFromBuffer(data);
    });
    return result.ok
      ? ok(result.value as OraclePriceData)
      : err(undecodable(what, key, result.error));
  }

  /** Forgets accounts that are no longer read. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const id of this.#decoded.keys()) {
      const [key = id] = id.split('/');
      if (!keys.has(key)) this.#decoded.delete(id);
    }
  }

  #decodeAccount(name: DriftAccountName, data: Buffer): unknown {
    this.#requireLayout(name, data);
    return this.#vendor.coder.decodeAccountRaw(name, data);
  }

  /** Another size is another layout, even where its beginning happens to parse. */
  #requireLayout(name: DriftAccountName, data: Buffer): void {
    const { accountNameOf, accountSize } = this.#vendor.coder;
    if (accountNameOf(data) !== name) {
      throw new LayoutProblem(`has not the discriminator of a ${name}`);
    }
    if (data.length !== accountSize(name)) {
      throw new LayoutProblem(`has ${data.length} bytes where a ${name} has ${accountSize(name)}`);
    }
  }

  #oracleClient(source: OracleSource, sourceName: string): OracleClient {
    const known = this.#oracleClients.get(sourceName);
    if (known !== undefined) return known;
    const client = this.#vendor.sdk.getOracleClient(source, this.#connection, this.#sdkProgram);
    this.#oracleClients.set(sourceName, client);
    return client;
  }

  #once(
    kind: string,
    key: string,
    { base64 }: RawAccount,
    decode: (data: Buffer) => unknown,
  ): Result<unknown, string> {
    const id = kind.startsWith(key) ? kind : key;
    const known = this.#decoded.get(id);
    if (known !== undefined && known.kind === kind && known.base64 === base64) return known.result;
    const result = attempt(() => decode(Buffer.from(base64, 'base64')));
    this.#decoded.set(id, { base64, kind, result });
    return result;
  }
}

class LayoutProblem extends Error {}

function attempt(decode: () => unknown): Result<unknown, string> {
  try {
    return ok(decode());
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    return err(cause instanceof LayoutProblem ? text : `cannot be decoded: ${text}`);
  }
}
