import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { EndpointServices } from '#main/ipc/main-handlers.ts';

export function createEndpointDesk(): EndpointServices {
  const notYet = () =>
    Promise.resolve(
      err(keelError('INTERNAL', 'operator', 'Endpoints cannot be changed.', 'Try later.')),
    );
  return { load: () => Promise.resolve(ok([])), test: notYet, save: notYet };
}
