import type { OnChainVault } from '#domain/engine-vault.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { DriftClient, User } from '@drift-labs/sdk';
import { measuredUser } from './evaluate/measured-user.ts';
import { createOfflineClient, type OfflineClient } from './evaluate/sdk-client.ts';
import { snapshotOf } from './evaluate/snapshot-of.ts';
import type { VaultAccounts } from './evaluate/vault-accounts.ts';
import { mismatch, undecodable } from './failures.ts';
import { DecodeCache } from './read/decode-cache.ts';
import type { Venue } from './read/gather-accounts.ts';
import { loadVendor, type Vendor } from './vendor.ts';
import { VenueAddresses } from './venue-addresses.ts';

/** One deployment of the venue with the SDK behind it: addresses, decoding and valuation. */
export class DriftVenue implements Venue {
  readonly deployment: Network['deployment'];
  readonly addresses: VenueAddresses;
  readonly cache: DecodeCache;
  readonly vendor: Vendor;
  readonly #offline: OfflineClient;

  private constructor(vendor: Vendor, { deployment }: Network) {
    this.vendor = vendor;
    this.deployment = deployment;
    this.addresses = new VenueAddresses(vendor, deployment);
    this.#offline = createOfflineClient(vendor, deployment.program);
    this.cache = new DecodeCache(vendor, this.#offline.client);
  }

  /** Loads the SDK. `ENGINE_FAULT` when it cannot be loaded, `INPUT_INVALID` for a program that is no key. */
  static async open(network: Network): Promise<Result<DriftVenue, KeelError>> {
    let vendor: Vendor;
    try {
      vendor = await loadVendor();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      return err(
        keelError(
          'ENGINE_FAULT',
          'stop',
          `The venue's SDK cannot be loaded: ${reason}`,
          'Install Keel again.',
        ),
      );
    }
    try {
      return ok(new DriftVenue(vendor, network));
    } catch {
      return err(invalidKey('program', network.deployment.program));
    }
  }

  /** Address of the vault's user account. */
  userKey({ program, authority, subAccountId }: OnChainVault): Result<string, KeelError> {
    const expected = this.deployment.program;
    if (program !== expected) {
      return err(mismatch('vault', 'program', program, `${expected} of its network`));
    }
    try {
      return ok(this.addresses.user(authority, subAccountId));
    } catch {
      return err(invalidKey('authority', authority));
    }
  }

  /** The SDK's client without a network; it sees what was valued or shown last. */
  get client(): DriftClient {
    return this.#offline.client;
  }

  /** The SDK's mathematics over the accounts: to be used before anything else is valued. */
  userOf(accounts: VaultAccounts): User {
    this.#offline.view.show(accounts);
    return measuredUser(this.vendor, this.client, accounts);
  }

  readonly valuate = (
    accounts: VaultAccounts,
    observedAtMs: UnixMs,
  ): Result<VaultSnapshot, KeelError> => {
    try {
      return ok(snapshotOf(this.vendor, this.#offline, accounts, observedAtMs));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      return err(undecodable('sub-account', accounts.userKey, `cannot be valued: ${reason}`));
    }
  };
}

export function invalidKey(field: string, value: string): KeelError {
  return keelError(
    'INPUT_INVALID',
    'fix-input',
    `${field} “${value}” is not a public key.`,
    `Enter ${field} as a base58 public key of 32 bytes.`,
  );
}
