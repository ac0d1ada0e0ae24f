/** The made-up main side's endpoints: kept while the page is open, addresses never told again. */
import type { EndpointEdit, EndpointTest, EndpointView } from '#domain/endpoint-view.ts';
import { PRACTICE_NETWORK, type NetworkId } from '#domain/ids.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#ipc/contract.ts';

type EndpointChannel = Extract<ChannelName, `network.${string}`>;
type EndpointAnswers = {
  [Name in EndpointChannel]: (request: RequestOf<Name>) => ResponseOf<Name>;
};

const view = (id: string, label: string, origin: string, holdsToken: boolean): EndpointView => ({
  id,
  label,
  address: `https://${origin}${holdsToken ? '/…' : ''}`,
  webSocketAddress: `wss://${origin}${holdsToken ? '/…' : ''}`,
  holdsToken,
});

const LIVE = [
  view('a', 'Helius Frankfurt', 'mainnet.helius-rpc.example', true),
  view('b', 'Triton', 'keel.rpcpool.example', true),
  view('c', 'Solana public', 'api.mainnet-beta.solana.com', false),
];

const PRACTICE = ['Practice A', 'Practice B'].map((label, index) => ({
  id: `practice-${index}`,
  label,
  address: `http://127.0.0.1:${42_199 + index}`,
  webSocketAddress: `ws://127.0.0.1:${42_299 + index}`,
  holdsToken: false,
}));

export function endpointAnswers(): EndpointAnswers {
  const lists = new Map<NetworkId, readonly EndpointView[]>([[PRACTICE_NETWORK, PRACTICE]]);
  const listOf = (network: NetworkId) => lists.get(network) ?? LIVE;
  let made = 0;
  const savedAs = (network: NetworkId, edit: EndpointEdit): EndpointView => {
    if (edit.kind === 'new') {
      made += 1;
      return view(`new-${made}`, edit.label, new URL(edit.httpUrl).host, true);
    }
    const known = listOf(network).find(({ id }) => id === edit.id);
    if (known === undefined) throw new Error(`no endpoint ${edit.id}`);
    return { ...known, label: edit.label };
  };
  return {
    'network.loadEndpoints': ({ network }) => ({ endpoints: listOf(network) }),
    'network.testEndpoint': ({ endpoint }) => ({
      test: endpoint.label.includes('public') ? LIMITED : GOOD,
    }),
    'network.saveEndpoints': ({ network, endpoints }) => {
      lists.set(
        network,
        endpoints.map((edit) => savedAs(network, edit)),
      );
      return { endpoints: listOf(network) };
    },
  };
}

const GOOD: EndpointTest = {
  usable: true,
  lines: [
    { step: 'connect', outcome: 'ok', text: '3 calls answered in 31, 34 and 58 ms.', tookMs: 123 },
    {
      step: 'cluster',
      outcome: 'ok',
      text: 'It belongs to Solana mainnet: genesis 5eyk…2N9d.',
      tookMs: 33,
    },
    {
      step: 'slot',
      outcome: 'ok',
      text: 'Slot 312,455,012, 2 behind the endpoint in use.',
      tookMs: 36,
    },
    {
      step: 'accounts',
      outcome: 'ok',
      text: '23 of Drift’s accounts in one call, 3 calls at once: none refused.',
      tookMs: 94,
    },
    { step: 'socket', outcome: 'ok', text: 'It opened and told a slot in 412 ms.', tookMs: 413 },
  ],
};

const LIMITED: EndpointTest = {
  usable: false,
  lines: [
    ...GOOD.lines.filter(({ step }) => step !== 'accounts' && step !== 'socket'),
    {
      step: 'accounts',
      outcome: 'failed',
      text: '2 of 3 calls at once were refused as too many: it limits requests more than a sync needs.',
      tookMs: 71,
    },
    {
      step: 'socket',
      outcome: 'failed',
      text: 'It opened, but told no slot within 4 s: heartbeats alone would keep it in step.',
      tookMs: 4_002,
    },
  ],
};
