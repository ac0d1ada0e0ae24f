import type { KeelError } from '#domain/keel-error.ts';
import { err } from '#domain/result.ts';
import { engineFault, wordsOf } from '../engine-errors.ts';
import type { Logger, VenueReader } from '../ports.ts';

/** A reader whose bugs stay its own: what it throws is a failed read or a line in the log, never the engine's end. */
export function guardedReader(reader: VenueReader, logger: Logger): VenueReader {
  const guard = <Value>(call: string, otherwise: Value, work: () => Value): Value => {
    try {
      return work();
    } catch (thrown) {
      logger.error('reader.fault', { call, fault: wordsOf(thrown) });
      return otherwise;
    }
  };
  return {
    async read(vaults, minSlots) {
      try {
        return await reader.read(vaults, minSlots);
      } catch (thrown) {
        logger.error('reader.fault', { call: 'read', fault: wordsOf(thrown) });
        return err(engineFault('reading the venue', thrown));
      }
    },
    watch: (vaults, onHint) => guard('watch', undefined, () => reader.watch(vaults, onHint)),
    useNextEndpoint: () => guard('useNextEndpoint', undefined, () => reader.useNextEndpoint()),
    status: () => guard('status', null, () => reader.status()),
    onStatus: (listener) =>
      guard(
        'onStatus',
        () => undefined,
        () => reader.onStatus(listener),
      ),
    close: () => guard('close', undefined, () => reader.close()),
  };
}

/** Stands in where there is no venue to read: each read says why. */
export function refusingReader(error: KeelError): VenueReader {
  return {
    read: () => Promise.resolve(err(error)),
    watch: () => undefined,
    useNextEndpoint: () => undefined,
    status: () => null,
    onStatus: () => () => undefined,
    close: () => undefined,
  };
}
