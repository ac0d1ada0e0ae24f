/**
 * The RPC endpoints of a network, seen and changed from the window. Invariant: an address goes in and never comes back
 * out: not in a view, an answer, an error, the activity feed or the log.
 */
import type { EndpointTest } from '#domain/endpoint-view.ts';
import { PRACTICE_NETWORK, type NetworkId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { EndpointServices } from '#main/ipc/main-handlers.ts';
import type { SettingsFile } from '#main/platform/settings-file.ts';
import type { NoteActivity } from '../activity-notes.ts';
import { endpointOf, endpointsOf, viewOf, type KnownEndpoint } from './endpoint-list.ts';

export interface EndpointDeskParts {
  readonly settings: Pick<SettingsFile, 'current' | 'update'>;
  /** As it runs at this moment; null: it does not. Its endpoints are Keel's own and not to be edited. */
  practice(): Network | null;
  /** Tries it from the engine's process. */
  testEndpoint(network: Network, endpoint: RpcEndpoint): Promise<Result<EndpointTest, KeelError>>;
  /** Hands the saved networks to the engine. */
  networksChanged(networks: readonly Network[]): void;
  readonly noteActivity: NoteActivity;
  newId(): string;
}

/** Answers for locked networks, too: to see, try and correct an endpoint needs no key (see `EngineNetworks.testEndpoint`). */
export function createEndpointDesk(parts: EndpointDeskParts): EndpointServices {
  const { settings } = parts;
  /** What the window was told last; an id stands for one endpoint until Keel ends, and is not made of its address. */
  const told = new Map<NetworkId, readonly KnownEndpoint[]>();

  const find = (id: NetworkId): Network | null =>
    id === PRACTICE_NETWORK
      ? parts.practice()
      : (settings.current().networks.find((network) => network.id === id) ?? null);

  function known({ id, endpoints }: Network): readonly KnownEndpoint[] {
    const before = [...(told.get(id) ?? [])];
    const now = endpoints.map((endpoint) => {
      const place = before.findIndex((other) => isSame(other.endpoint, endpoint));
      // Taken out: in a file that was written by hand, two may have the same address.
      const [same] = place < 0 ? [] : before.splice(place, 1);
      return { id: same?.id ?? parts.newId(), endpoint };
    });
    told.set(id, now);
    return now;
  }

  function save(
    network: Network,
    edits: Parameters<EndpointServices['save']>[1],
  ): ReturnType<EndpointServices['save']> {
    const before = known(network);
    const wanted = endpointsOf(edits, before);
    if (!wanted.ok) return Promise.resolve(wanted);
    const endpoints = wanted.value.map(({ endpoint }) => endpoint);
    const networks = settings
      .current()
      .networks.map((each) => (each.id === network.id ? { ...each, endpoints } : each));
    const written = settings.update({ networks });
    if (!written.ok) return Promise.resolve(written);
    const saved = wanted.value.map(({ id, endpoint }) => ({
      id: id === '' ? parts.newId() : id,
      endpoint,
    }));
    told.set(network.id, saved);
    if (JSON.stringify(endpoints) !== JSON.stringify(network.endpoints)) {
      parts.networksChanged(written.value.networks);
      parts.noteActivity({
        kind: 'settings',
        tone: 'info',
        title: `Endpoints of ${network.label} changed`,
        text: `In order: ${endpoints.map(({ label }) => label).join(', ')}.`,
        network: network.id,
      });
    }
    return Promise.resolve(ok(saved.map(viewOf)));
  }

  return {
    load(id) {
      const network = find(id);
      if (network === null) return Promise.resolve(err(unknown(id)));
      return Promise.resolve(ok(known(network).map(viewOf)));
    },
    async test(id, edit) {
      const network = find(id);
      if (network === null) return err(unknown(id));
      const endpoint = endpointOf(edit, known(network));
      return endpoint.ok ? parts.testEndpoint(network, endpoint.value) : endpoint;
    },
    async save(id, edits) {
      const network = find(id);
      if (network === null) return err(unknown(id));
      return network.kind === 'practice' ? err(practiceIsFixed()) : save(network, edits);
    },
  };
}

/** The label may have been changed; the addresses are what it is. */
const isSame = (left: RpcEndpoint, right: RpcEndpoint): boolean =>
  left.httpUrl === right.httpUrl && left.webSocketUrl === right.webSocketUrl;

function unknown(id: NetworkId): KeelError {
  return id === PRACTICE_NETWORK
    ? keelError(
        'NETWORK_LOCKED',
        'retry',
        'The practice network is still starting.',
        'Try again in a moment.',
      )
    : keelError(
        'NETWORK_UNKNOWN',
        'fix-input',
        `network: there is no network “${id}”.`,
        'Choose one of the networks in Settings.',
      );
}

function practiceIsFixed(): KeelError {
  return keelError(
    'ENDPOINT_UNUSABLE',
    'fix-input',
    'The endpoints of the practice network are Keel’s own and cannot be changed.',
    'Change those of a live network.',
  );
}
