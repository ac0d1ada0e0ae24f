import './nodes.css';
import type { EndpointHealth, NetworkStatus } from '#domain/network.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openSettings } from '#renderer/stores/navigation-store.ts';
import { Age, Countdown, useIsPast } from '#renderer/ui/age.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { CopyText } from '#renderer/ui/copy-text.tsx';
import { Unknown } from '#renderer/ui/figures.tsx';
import { formatInteger, formatRate } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { CONDITION_LOOKS, errorRate, percentiles } from './node-words.ts';

export interface NodesPanelProps {
  readonly label: string;
  readonly status: NetworkStatus;
  readonly onClose: () => void;
}

/** Every endpoint of a network: which is in use, how well each is, and what Keel allows itself there. */
export function NodesPanel({ label, status, onClose }: NodesPanelProps) {
  const watch = useDeskStore((state) => state.settings.watch);
  const toSettings = () => {
    onClose();
    openSettings('watching');
  };
  return (
    <div className="nodes" data-testid={TEST_IDS.nodesPanel}>
      <div className="nodes-head">
        <h2>Endpoints of {label}</h2>
        {status.slot !== null && (
          <span>
            highest slot{' '}
            <CopyText text={status.slot.toString()} shown={formatInteger(status.slot)} />
          </span>
        )}
      </div>
      {status.endpoints.length === 0 ? (
        <p className="panel-empty">No endpoint has been asked yet.</p>
      ) : (
        <NodeTable endpoints={status.endpoints} />
      )}
      <div className="nodes-foot">
        <p>
          Nothing that adds risk begins over an endpoint whose median answer takes more than{' '}
          {formatInteger(watch.maxLatencyMs)} ms or that is more than{' '}
          {formatInteger(watch.maxSlotLag)} slots behind.
        </p>
        <button type="button" className="link" onClick={toSettings}>
          Change the limits
        </button>
      </div>
    </div>
  );
}

const HEADS: readonly { readonly label: string; readonly title: string }[] = [
  { label: 'Behind', title: 'Slots behind the highest that any endpoint has told' },
  { label: 'p50 / p95 / p99 ms', title: 'Answer times of half, 95 % and 99 % of the last calls' },
  { label: 'Errors', title: 'Share of the last calls that failed' },
  { label: '429', title: 'Calls refused because there were too many' },
  { label: 'Budget', title: 'Requests a second that Keel allows itself here now' },
];

function NodeTable({ endpoints }: { readonly endpoints: readonly EndpointHealth[] }) {
  return (
    <table className="data-table nodes-table">
      <thead>
        <tr>
          <th>Endpoint</th>
          <th>Condition</th>
          {HEADS.map(({ label, title }) => (
            <th key={label} className="num" title={title}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <NodeRow key={endpoint.index} endpoint={endpoint} />
        ))}
      </tbody>
    </table>
  );
}

function NodeRow({ endpoint }: { readonly endpoint: EndpointHealth }) {
  const { label, index, inUse, condition, reason, slotLag } = endpoint;
  return (
    <tr data-testid={TEST_IDS.nodeRow} data-condition={condition} data-in-use={inUse}>
      <td>
        <div className="node-name">
          <strong>{label}</strong>
          {inUse && <Chip tone="accent">In use</Chip>}
          {index === 0 && !inUse && <Chip>Preferred</Chip>}
        </div>
        {reason !== null && <div className="node-reason">{reason}</div>}
        {index === 0 && !inUse && condition === 'ok' && (
          <div className="node-reason">Well again: Keel goes back to it once that has lasted.</div>
        )}
      </td>
      <td className="nowrap">
        <Condition endpoint={endpoint} />
      </td>
      <td className="num">{slotLag === null ? <Unknown /> : formatInteger(slotLag)}</td>
      <td className="num">{percentiles(endpoint) ?? <Unknown why="Not measured yet" />}</td>
      <td className="num" title={`${endpoint.errors} of the last ${endpoint.calls} calls`}>
        {errorRate(endpoint) ?? <Unknown why="Nothing asked yet" />}
      </td>
      <td className="num">{formatInteger(endpoint.rateLimited)}</td>
      <td className="num">{formatRate(endpoint.budgetPerSecond)}</td>
    </tr>
  );
}

function Condition({ endpoint }: { readonly endpoint: EndpointHealth }) {
  const { condition, pausedUntilMs, askedAtMs, inUse } = endpoint;
  const past = useIsPast(pausedUntilMs ?? 0);
  const paused = pausedUntilMs !== null && !past;
  const { word, tone, icon: Icon } = CONDITION_LOOKS[condition];
  return (
    <>
      <span className={`node-condition node-${tone}`}>
        <Icon size={14} aria-hidden />
        {word}
      </span>
      {paused && (
        <div className="node-aside">
          asked again in <Countdown atMs={pausedUntilMs} />
        </div>
      )}
      {/* An idle endpoint is asked now and then: what is said of it is as old as that. */}
      {!paused && !inUse && askedAtMs !== null && (
        <div className="node-aside">
          asked <Age atMs={askedAtMs} suffix=" ago" />
        </div>
      )}
    </>
  );
}
