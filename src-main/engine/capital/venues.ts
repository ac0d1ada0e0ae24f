import type { NetworkId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { EngineDeps, VaultType } from '../engine.ts';
import { engineFault } from '../engine-errors.ts';
import type { CapitalVenue } from '../ports.ts';
import { networkRefusal } from '../sync-groups.ts';
import { guardedVenue } from './guarded-venue.ts';

/** One venue per network and vault type, opened when it is first needed, and anew after its network was replaced. */
export class CapitalVenues {
  readonly #deps: Pick<EngineDeps, 'capitalVenueFor' | 'networks' | 'logger'>;
  readonly #open = new Map<string, CapitalVenue>();

  constructor(deps: Pick<EngineDeps, 'capitalVenueFor' | 'networks' | 'logger'>) {
    this.#deps = deps;
  }

  /** Errors: a network that is locked or not there yet; an operation of it waits. */
  of(network: NetworkId, vaultType: VaultType): Result<CapitalVenue, KeelError> {
    const refusal = vaultType === 'onChain' ? networkRefusal(this.#deps.networks(), network) : null;
    if (refusal !== null) return err(refusal);
    const key = `${network}/${vaultType}`;
    const known = this.#open.get(key);
    if (known !== undefined) return ok(known);
    try {
      const venue = guardedVenue(this.#deps.capitalVenueFor(network, vaultType), this.#deps.logger);
      this.#open.set(key, venue);
      return ok(venue);
    } catch (thrown) {
      return err(engineFault('opening the venue', thrown));
    }
  }

  replace(network: NetworkId): void {
    const key = `${network}/onChain`;
    const venue = this.#open.get(key);
    this.#open.delete(key);
    venue?.close();
  }

  close(): void {
    for (const venue of this.#open.values()) venue.close();
    this.#open.clear();
  }
}
