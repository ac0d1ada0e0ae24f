import type { AlertSeverity, Condition } from '#domain/alert.ts';
import type { EndpointCondition, EndpointHealth, NetworkStatus } from '#domain/network.ts';

/** What a node alert is about. */
export interface NodeSubject {
  readonly status: NetworkStatus;
  /** Of the network, for people. */
  readonly label: string;
  /** Whether a vault there has margin in use. */
  readonly atRisk: boolean;
}

export type NodeKey = `node/${string}`;

export const downKey = ({ network }: NetworkStatus): NodeKey => `node/${network}/down`;
export const clusterKey = ({ network }: NetworkStatus): NodeKey => `node/${network}/cluster`;
export const inUseKey = ({ network }: NetworkStatus): NodeKey => `node/${network}/in-use`;
export const limitedKey = ({ network }: NetworkStatus, endpoint: EndpointHealth): NodeKey =>
  `node/${network}/limited/${endpoint.index}`;

export function isDown({ connection, endpoints }: NetworkStatus): boolean {
  if (connection === 'wrong-cluster') return false;
  if (connection === 'reconnecting') return true;
  const dead = endpoints.every(
    ({ condition }) => condition === 'down' || condition === 'wrong-cluster',
  );
  return dead && endpoints.some(({ condition }) => condition === 'down');
}

export function downCondition({ status, label, atRisk }: NodeSubject): Condition {
  const { endpointCount, endpointLabel } = status;
  const who =
    endpointCount > 1
      ? `None of the ${endpointCount} endpoints answers.`
      : `The endpoint “${endpointLabel}” does not answer.`;
  const risk = atRisk ? ' Vaults there have margin in use: it cannot be watched meanwhile.' : '';
  return {
    ...about(status, downKey(status), atRisk ? 'critical' : 'warning'),
    title: `No connection to ${label}`,
    text: `${who} The figures are as old as the last sync.${risk}`,
    advice: 'Check the internet connection and the endpoints. Keel tries again by itself.',
  };
}

/** Null: none of the endpoints is another network's. */
export function clusterCondition({ status, label }: NodeSubject): Condition | null {
  const strangers = status.endpoints.filter(({ condition }) => condition === 'wrong-cluster');
  const inUse = status.connection === 'wrong-cluster';
  if (!inUse && strangers.length === 0) return null;
  const names = strangers.length > 0 ? strangers.map(quoted) : [`“${status.endpointLabel}”`];
  const many = names.length > 1;
  return {
    ...about(status, clusterKey(status), inUse ? 'critical' : 'warning'),
    title: `Wrong cluster behind an endpoint of ${label}`,
    text: `${names.join(', ')} ${many ? 'belong' : 'belongs'} to another network by ${many ? 'their' : 'its'} genesis hash: nothing is read from ${many ? 'them' : 'it'}.`,
    advice: 'Correct the address of the endpoint in the settings.',
  };
}

export function limitedCondition(
  { status, label }: NodeSubject,
  endpoint: EndpointHealth,
): Condition {
  const budget = Math.max(0, Math.round(endpoint.budgetPerSecond * 10) / 10);
  return {
    ...about(status, limitedKey(status, endpoint), 'warning'),
    title: `${quoted(endpoint)} limits Keel’s requests`,
    text: `The endpoint of ${label} keeps answering that there are too many requests. Keel sends it ${budget} a second at most now.`,
    advice:
      'Use an endpoint with a higher limit, or lower the requests per second in the settings.',
  };
}

/**
 * News: another endpoint is in use.
 * @param before label of the one that the trader was told of last.
 */
export function movedNews({ status, label }: NodeSubject, before: string): Condition {
  const left = status.endpoints.find((each) => each.label === before);
  const returns = left !== undefined && left.index > status.endpointIndex;
  const now = status.endpointLabel;
  const wellAgain = returns && (left.condition === 'ok' || left.condition === 'unknown');
  return {
    ...about(status, inUseKey(status), 'info'),
    title: wellAgain ? `Reading from “${now}” again` : `Now reading from “${now}”`,
    text: wellAgain
      ? `“${now}” answers well again; ${label} was read from “${before}” meanwhile.`
      : `“${before}” ${left === undefined ? 'is no longer in the list' : WHY_LEFT[left.condition]}.`,
    advice: 'Nothing to do.',
  };
}

const WHY_LEFT: Readonly<Record<EndpointCondition, string>> = {
  unknown: 'did not answer',
  ok: 'did not answer',
  behind: 'was behind',
  slow: 'was too slow',
  limited: 'limited the requests',
  down: 'did not answer',
  'wrong-cluster': 'belongs to another network',
};

const quoted = ({ label }: EndpointHealth): string => `“${label}”`;

function about({ network }: NetworkStatus, key: NodeKey, severity: AlertSeverity) {
  return { key, kind: 'node' as const, severity, vaultId: null, network, operationId: null };
}
