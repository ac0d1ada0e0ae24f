import './status-bar.css';
import {
  ChevronUp,
  CircleDashed,
  Lock,
  PlugZap,
  Wifi,
  WifiOff,
  ZoomIn,
  type LucideIcon,
} from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import type { NetworkStatus, SocketState } from '#domain/network.ts';
import type { NetworkView } from '#ipc/contract.ts';
import { ExchangeStatusItems } from '#renderer/features/exchange/exchange-status-item.tsx';
import { zoomToNormal } from '#renderer/features/commands/zoom.ts';
import { troubleOf } from '#renderer/features/nodes/node-words.ts';
import { NodesPanel } from '#renderer/features/nodes/nodes-panel.tsx';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Countdown } from '#renderer/ui/age.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { Hint } from '#renderer/ui/hint.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** Every network's line of communication, and the runtime that Keel stands on. */
export function StatusBar() {
  const networks = useDeskStore((state) => state.networks);
  const statuses = useDeskStore((state) => state.statuses);
  const engine = useDeskStore((state) => state.engine);
  return (
    <footer className="status-bar" data-testid={TEST_IDS.footer}>
      {!engine.running && <span className="status-item status-bad">Engine stopped</span>}
      {networks.map((network) => (
        <NetworkItem
          key={network.id}
          network={network}
          status={statuses.get(network.id)}
          watched={engine.running}
        />
      ))}
      <ExchangeStatusItems />
      <span className="spacer" />
      <ZoomItem />
      <RuntimeItem />
    </footer>
  );
}

interface NetworkItemProps {
  readonly network: NetworkView;
  readonly status: NetworkStatus | undefined;
  /** False while no engine is there that could tell of the network. */
  readonly watched: boolean;
}

function NetworkItem({ network, status, watched }: NetworkItemProps) {
  const testId = `${TEST_IDS.footerNetwork}-${network.id}`;
  if (network.lockedBecause !== null) {
    return (
      <Hint
        className="status-item"
        testId={testId}
        text={`${network.label} is locked: ${network.lockedBecause}`}
      >
        <Lock size={12} aria-hidden />
        {network.label} locked
      </Hint>
    );
  }
  if (status === undefined) {
    return (
      <span className="status-item" data-testid={testId}>
        <CircleDashed size={12} aria-hidden />
        {network.label}: not in use
      </span>
    );
  }
  const { word, tone, icon: Icon } = watched ? connectionWords(status) : UNWATCHED;
  // A lost line has no latency: the last one measured would look like a living one.
  const trouble = watched ? troubleOf(status.endpoints) : null;
  const connected = watched && status.connection === 'connected';
  return (
    <NodesButton label={network.label} status={status} testId={testId}>
      <Icon size={13} className={`status-${tone}`} aria-hidden />
      <strong>{network.label}</strong>
      <span title="Endpoint in use">{status.endpointLabel}</span>
      {status.endpointCount > 1 && (
        <span>
          {status.endpointIndex + 1}/{status.endpointCount}
        </span>
      )}
      <span className={`status-${tone}`}>
        {word}
        {watched && <NextAttempt status={status} />}
      </span>
      {status.slot !== null && (
        <span className="status-slot">
          {connected ? 'slot' : 'last slot'} {formatInteger(status.slot)}
        </span>
      )}
      {connected && status.latencyMs !== null && (
        <span className="status-latency" title="How long the endpoint takes to answer">
          {Math.round(status.latencyMs)} ms
        </span>
      )}
      {trouble !== null && (
        <span className="status-warn" title="Press for every endpoint">
          {trouble}
        </span>
      )}
    </NodesButton>
  );
}

interface NodesButtonProps {
  readonly label: string;
  readonly status: NetworkStatus;
  readonly testId: string;
  readonly children: ReactNode;
}

/** The line of a network; a press shows every endpoint of it. */
function NodesButton({ label, status, testId, children }: NodesButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className="status-item status-button"
        data-testid={testId}
        data-connection={status.connection}
      >
        {children}
        <ChevronUp size={12} className="faint" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="nodes-popover"
          aria-label={`Endpoints of ${label}`}
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
        >
          <NodesPanel label={label} status={status} onClose={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const SOCKET_WORDS: Readonly<Record<SocketState, string>> = {
  live: 'subscribed',
  connecting: 'subscribing',
  silent: 'subscription silent, polling',
  down: 'subscription down, polling',
};

interface ConnectionWords {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'bad';
  readonly icon: LucideIcon;
}

const UNWATCHED: ConnectionWords = { word: 'not watched', tone: 'bad', icon: WifiOff };

/** Ticks by itself, so that nothing else of the bar is drawn again every second. */
function NextAttempt({ status }: { readonly status: NetworkStatus }) {
  const { connection, nextAttemptAtMs } = status;
  if (connection !== 'reconnecting' || nextAttemptAtMs === null) return null;
  return (
    <>
      , next attempt in <Countdown atMs={nextAttemptAtMs} />
    </>
  );
}

function connectionWords(status: NetworkStatus): ConnectionWords {
  switch (status.connection) {
    case 'connecting':
      return { word: 'connecting', tone: 'warn', icon: PlugZap };
    case 'reconnecting':
      return { word: 'no connection', tone: 'bad', icon: WifiOff };
    case 'wrong-cluster':
      return { word: 'wrong network', tone: 'bad', icon: WifiOff };
    case 'connected':
      return {
        word: SOCKET_WORDS[status.socket],
        tone: status.socket === 'live' ? 'good' : 'warn',
        icon: Wifi,
      };
  }
}

/** Only while the window is not drawn in its own size: a press puts it back. */
function ZoomItem() {
  const percent = useDeskStore((state) => state.settings.desk.zoomPercent);
  if (percent === 100) return null;
  return (
    <button
      type="button"
      className="status-item status-button"
      title="Back to 100 % (Ctrl+0)"
      aria-label={`Zoom ${percent} %: back to 100 %`}
      data-testid={TEST_IDS.footerZoom}
      onClick={() => void zoomToNormal()}
    >
      <ZoomIn size={12} aria-hidden />
      {percent} %
    </button>
  );
}

function RuntimeItem() {
  const runtime = useDeskStore((state) => state.runtime);
  if (runtime === null) return null;
  return (
    <Hint
      className="status-item"
      testId={TEST_IDS.footerRuntime}
      text={
        <>
          Chromium {runtime.chrome}, Node {runtime.node}.
          {!runtime.official &&
            ' This Electron is not an official build: it serves practice and paper vaults, and every live network stays locked.'}
        </>
      }
    >
      <span>
        <span className="status-version">Keel {runtime.appVersion} · </span>
        Electron {runtime.electron}
        {!runtime.official && <span className="status-warn"> (unofficial build)</span>}
      </span>
    </Hint>
  );
}
