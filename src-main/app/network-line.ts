import { assertNever } from '#domain/assert-never.ts';
import type { NetworkStatus } from '#domain/network.ts';

/**
 * A network in one line: `Practice: connected by “Practice network”`. Without figures that change at every read: a menu
 * that is redrawn while it is open closes on some desktops.
 */
export function networkLine(status: NetworkStatus, label: string): string {
  return `${label}: ${stateOf(status)}`;
}

function stateOf(status: NetworkStatus): string {
  switch (status.connection) {
    case 'connecting':
      return 'connecting';
    case 'connected':
      return [`connected by “${status.endpointLabel}”`, ...troubleOf(status)].join(', ');
    case 'reconnecting':
      return `no connection, last by “${status.endpointLabel}”`;
    case 'wrong-cluster':
      return `“${status.endpointLabel}” belongs to another network`;
    default:
      return assertNever(status.connection);
  }
}

function troubleOf({ endpoints }: NetworkStatus): readonly string[] {
  const condition = endpoints.find(({ inUse }) => inUse)?.condition ?? 'unknown';
  const others = endpoints.filter(({ inUse, condition: other }) => !inUse && other === 'down');
  return [
    ...(condition === 'ok' || condition === 'unknown' ? [] : [condition]),
    ...(others.length === 0 ? [] : [`${others.length} of ${endpoints.length} endpoints down`]),
  ];
}
