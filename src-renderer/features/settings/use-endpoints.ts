import { useCallback, useEffect, useState } from 'react';
import type { EndpointView } from '#domain/endpoint-view.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { request } from '#renderer/stores/commands.ts';

/** A network's endpoints as they are saved. `views` is null until they are read. */
export function useEndpoints(network: NetworkId) {
  const [views, setViews] = useState<readonly EndpointView[] | null>(null);
  const [error, setError] = useState<KeelError | null>(null);
  const load = useCallback(async () => {
    const answer = await request('network.loadEndpoints', { network });
    if (answer.ok) setViews(answer.value.endpoints);
    setError(answer.ok ? null : answer.error);
  }, [network]);
  useEffect(() => void load(), [load]);
  return { views, error, load: () => void load(), saved: setViews };
}
