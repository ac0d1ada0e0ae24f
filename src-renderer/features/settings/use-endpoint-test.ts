import { useRef, useState } from 'react';
import type { EndpointEdit, EndpointTest } from '#domain/endpoint-view.ts';
import type { NetworkId } from '#domain/ids.ts';
import { request } from '#renderer/stores/commands.ts';

export type TestState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  /** It could not be tried at all. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'done'; readonly test: EndpointTest };

/** Tries an endpoint when asked to; an answer that a newer one has overtaken is dropped. */
export function useEndpointTest(network: NetworkId) {
  const [state, setState] = useState<TestState>({ kind: 'none' });
  const asked = useRef(0);
  const forget = () => {
    asked.current += 1;
    setState({ kind: 'none' });
  };
  const run = async (endpoint: EndpointEdit) => {
    asked.current += 1;
    const mine = asked.current;
    setState({ kind: 'running' });
    const answer = await request('network.testEndpoint', { network, endpoint });
    if (mine !== asked.current) return;
    setState(
      answer.ok
        ? { kind: 'done', test: answer.value.test }
        : { kind: 'refused', text: `${answer.error.message} ${answer.error.advice}` },
    );
  };
  return { state, run: (endpoint: EndpointEdit) => void run(endpoint), forget };
}
