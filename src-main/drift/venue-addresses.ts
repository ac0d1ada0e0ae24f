import type { PublicKey } from '@solana/web3.js';
import type { VenueDeployment } from '#domain/network.ts';
import type { DriftDeployment } from './codec/addresses.ts';
import type { Vendor } from './vendor.ts';

/** Program addresses of one deployment as base58. Deriving one costs up to a millisecond, so each is kept. */
export class VenueAddresses {
  readonly #vendor: Vendor;
  readonly #deployment: DriftDeployment;
  readonly #known = new Map<string, string>();

  /** Throws when the program is no public key. */
  constructor(vendor: Vendor, { program, stateSeed }: VenueDeployment) {
    this.#vendor = vendor;
    this.#deployment = { program: new vendor.web3.PublicKey(program), stateSeed };
  }

  get state(): string {
    return this.#keep('state', () => this.#vendor.addresses.stateAddress(this.#deployment));
  }

  /** Throws when the authority is no public key. */
  user(authority: string, subAccountId: number): string {
    return this.#keep(`user ${authority} ${subAccountId}`, () =>
      this.#vendor.addresses.userAddress(
        this.#deployment,
        new this.#vendor.web3.PublicKey(authority),
        subAccountId,
      ),
    );
  }

  /** Throws when the authority is no public key. */
  userStats(authority: string): string {
    return this.#keep(`stats ${authority}`, () =>
      this.#vendor.addresses.userStatsAddress(
        this.#deployment,
        new this.#vendor.web3.PublicKey(authority),
      ),
    );
  }

  perpMarket(marketIndex: number): string {
    return this.#keep(`perp ${marketIndex}`, () =>
      this.#vendor.addresses.perpMarketAddress(this.#deployment, marketIndex),
    );
  }

  spotMarket(marketIndex: number): string {
    return this.#keep(`spot ${marketIndex}`, () =>
      this.#vendor.addresses.spotMarketAddress(this.#deployment, marketIndex),
    );
  }

  #keep(name: string, derive: () => PublicKey): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const derived = derive().toBase58();
    this.#known.set(name, derived);
    return derived;
  }
}
