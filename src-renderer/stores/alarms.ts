import type { NetworkId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { UnixMs } from '#domain/units.ts';
import { syncHealth, type VaultView } from '#domain/vault-state.ts';
import type { EngineStatus } from './desk-store.ts';

export type AlarmKind = 'engine' | 'discrepant' | 'failing' | 'network' | 'stale' | 'halted';

/** Something that the trader must see now. Vaults that share kind, cause and network share an alarm. */
export interface Alarm {
  readonly key: string;
  readonly kind: AlarmKind;
  readonly views: readonly VaultView[];
  readonly status: NetworkStatus | null;
  readonly error: KeelError | null;
  /** Reads that failed before Keel gave up; null where none is meant. */
  readonly attempts: number | null;
  /** Earliest known next try; null when none is announced. */
  readonly nextAttemptAtMs: number | null;
}

export interface AlarmInputs {
  readonly views: readonly VaultView[];
  readonly statuses: ReadonlyMap<NetworkId, NetworkStatus>;
  readonly engine: EngineStatus;
  readonly nowMs: UnixMs;
  readonly staleAfterMs: number;
  /** Start-up takes a moment: a vault not verified yet is an alarm only after this. */
  readonly unverifiedAlarmAtMs: number;
}

const ORDER: readonly AlarmKind[] = [
  'engine',
  'discrepant',
  'failing',
  'network',
  'stale',
  'halted',
];

let derived: { readonly from: readonly unknown[]; readonly alarms: readonly Alarm[] } | null = null;

/** The same, worked out once for each moment, whoever asks. */
export function alarmsAt(inputs: AlarmInputs): readonly Alarm[] {
  const { views, statuses, engine, nowMs, staleAfterMs, unverifiedAlarmAtMs } = inputs;
  const from = [views, statuses, engine, nowMs, staleAfterMs, unverifiedAlarmAtMs];
  if (derived === null || derived.from.some((part, index) => part !== from[index])) {
    derived = { from, alarms: deriveAlarms(inputs) };
  }
  return derived.alarms;
}

/** All alarms, the gravest first. Archived vaults raise none. */
export function deriveAlarms(inputs: AlarmInputs): readonly Alarm[] {
  const groups = new Map<string, VaultView[]>();
  for (const view of inputs.views) {
    const kind = alarmKindOf(view, inputs);
    if (kind === null) continue;
    const key = `${kind}/${view.vault.network}/${causeOf(errorOf(kind, view))}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [view]);
    else group.push(view);
  }
  const vaultAlarms = [...groups].map(([key, views]) => vaultAlarm(key, views, inputs));
  const lines = networkAlarms(inputs, vaultAlarms);
  const told = vaultAlarms.filter((alarm) => !isStaleForWantOf(alarm, lines));
  return [...engineAlarms(inputs.engine), ...told, ...lines].sort(
    (left, right) => ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind),
  );
}

/** Figures that age because the line is lost are told by the line's own alarm, which says how old they are. */
const isStaleForWantOf = ({ kind, status }: Alarm, lines: readonly Alarm[]): boolean =>
  kind === 'stale' && lines.some((line) => line.status?.network === status?.network);

/** One lost line is one cause, however each endpoint put it. */
const causeOf = (error: KeelError | null): string =>
  error?.remedy === 'retry' ? 'line' : (error?.code ?? '');

function alarmKindOf(view: VaultView, inputs: AlarmInputs): AlarmKind | null {
  const { vault, state, synced } = view;
  if (vault.archivedAtMs !== null) return null;
  switch (syncHealth(state, synced, inputs.nowMs, inputs.staleAfterMs)) {
    case 'discrepant':
      return 'discrepant';
    case 'failing':
      return 'failing';
    case 'stale':
      return synced || inputs.nowMs >= inputs.unverifiedAlarmAtMs ? 'stale' : null;
    case 'fresh':
      // The trader's own halt is no news to the trader; the table and the vault page show it.
      return state.halt === null || state.halt.error.code === 'HALTED_BY_TRADER' ? null : 'halted';
  }
}

function errorOf(kind: AlarmKind, { state }: VaultView): KeelError | null {
  switch (kind) {
    case 'discrepant':
      return state.verification.kind === 'discrepant' ? state.verification.error : null;
    case 'failing':
      return state.failure?.error ?? null;
    case 'halted':
      return state.halt?.error ?? null;
    default:
      return null;
  }
}

function vaultAlarm(key: string, views: readonly VaultView[], inputs: AlarmInputs): Alarm {
  const kind = key.split('/')[0] as AlarmKind;
  const [first] = views;
  const status = first === undefined ? null : (inputs.statuses.get(first.vault.network) ?? null);
  const failed = views.flatMap(({ state }) => state.failure?.attempts ?? []);
  return {
    key,
    kind,
    views,
    status,
    error: first === undefined ? null : errorOf(kind, first),
    attempts: kind === 'failing' && failed.length > 0 ? Math.max(...failed) : null,
    // Without an engine nothing that was announced will happen.
    nextAttemptAtMs:
      kind === 'halted' || !inputs.engine.running
        ? null
        : earliest(views.map(nextAttemptOf), status?.nextAttemptAtMs),
  };
}

/** When the vault is read again, as far as the engine has announced it. */
export function nextAttemptOf({ phase }: VaultView): number | null {
  return phase.kind === 'waiting' || phase.kind === 'reconnecting' ? phase.nextAttemptAtMs : null;
}

function earliest(
  announced: readonly (number | null)[],
  fallback: number | null | undefined,
): number | null {
  const times = announced.filter((time) => time !== null);
  return times.length > 0 ? Math.min(...times) : (fallback ?? null);
}

function engineAlarms({ running, error }: EngineStatus): Alarm[] {
  if (running) return [];
  return [
    {
      key: 'engine',
      kind: 'engine',
      views: [],
      status: null,
      error,
      attempts: null,
      nextAttemptAtMs: null,
    },
  ];
}

/** A sub-account that does not exist says nothing of the line that it was asked for on. */
const isOfTheLine = (error: KeelError | null): boolean =>
  error?.remedy === 'retry' || error?.code === 'WRONG_CLUSTER' || error?.code === 'RPC_REFUSED';

/** A lost connection is told of once: by the vaults that fail because of it, if there are any. */
function networkAlarms(inputs: AlarmInputs, vaultAlarms: readonly Alarm[]): Alarm[] {
  const told = new Set(
    vaultAlarms
      .filter(({ kind, error }) => kind === 'failing' && isOfTheLine(error))
      .flatMap(({ views }) => views.map(({ vault }) => vault.network)),
  );
  return [...inputs.statuses.values()]
    .filter(({ connection }) => connection === 'reconnecting' || connection === 'wrong-cluster')
    .filter(({ network }) => !told.has(network))
    .map((status) => ({
      key: `network/${status.network}`,
      kind: 'network' as const,
      views: inputs.views.filter(
        ({ vault }) => vault.network === status.network && vault.archivedAtMs === null,
      ),
      status,
      error: null,
      attempts: null,
      nextAttemptAtMs: status.nextAttemptAtMs,
    }));
}
