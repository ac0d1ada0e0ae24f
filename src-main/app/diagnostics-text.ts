/** What the support needs to know of this Keel, as text without a secret. */
import type { Alert } from '#domain/alert.ts';
import { tokensOf } from '#domain/endpoint-secrets.ts';
import type { ExchangeView } from '#domain/exchange-state.ts';
import { gateInputsOf, type GateSurroundings } from '#domain/gate-inputs.ts';
import { TRADING_ACTS } from '#domain/gate-reason.ts';
import { formatHealthBps } from '#domain/margin.ts';
import type { EndpointHealth, Network, NetworkStatus } from '#domain/network.ts';
import type { Settings } from '#domain/settings.ts';
import { tradingGate } from '#domain/trading-gate.ts';
import { syncHealth, type VaultView } from '#domain/vault-state.ts';
import { REDACTED, redact } from '#main/platform/redact.ts';
import { endpointLabelsOf } from './endpoint-labels.ts';
import type { Runtime } from './runtime.ts';
import { visibleSettings } from './settings-service.ts';

export interface DiagnosticsFacts {
  readonly launchedAtMs: number;
  /** Of the operating system: name, release, architecture. */
  readonly system: string;
  readonly runtime: Pick<Runtime, 'info' | 'liveLockedBecause'>;
  readonly engine: 'starting' | 'running' | 'down';
  readonly settings: Settings;
  readonly views: readonly VaultView[];
  readonly around: GateSurroundings;
  /** Raised ones; null: the engine did not answer. */
  readonly alerts: readonly Alert[] | null;
  readonly lastErrors: readonly string[];
}

/** Line by line through the redaction once more: what stands here leaves the computer. */
export function composeDiagnostics(facts: DiagnosticsFacts): string {
  const { networks } = facts.settings;
  const labels = endpointLabelsOf(networks);
  const tokens = networks.flatMap(({ endpoints }) => endpoints.flatMap(tokensOf));
  const clean = (line: string): string =>
    tokens.reduce((text, token) => text.replaceAll(token, REDACTED), redact(line, labels));
  return `${linesOf(facts).map(clean).join('\n')}\n`;
}

function linesOf(facts: DiagnosticsFacts): readonly string[] {
  const { around, settings, alerts, lastErrors } = facts;
  return [
    ...headOf(facts),
    ...section('Networks', networkLines(settings.networks, around.statuses)),
    ...section('Exchanges', around.exchanges.map(exchangeLine)),
    ...section(
      'Vaults',
      facts.views.flatMap((view) => vaultLines(view, around)),
    ),
    ...section(
      'Open operations',
      around.operations.map(
        ({ operation: { id, state, intent, createdAtMs } }) =>
          `${id} ${intent.kind} ${state} since ${timeText(createdAtMs)}`,
      ),
    ),
    ...section('Raised alerts', alerts?.map(alertLine) ?? ['not known: the engine did not answer']),
    ...section(
      'Settings',
      Object.entries(visibleSettings(settings)).map(([name, value]) => `${name} ${plain(value)}`),
    ),
    ...section(`Last ${lastErrors.length} warnings and errors`, lastErrors),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', title, ...(lines.length === 0 ? ['none'] : lines).map((line) => `  ${line}`)];
}

function headOf({ around, launchedAtMs, system, runtime, engine }: DiagnosticsFacts) {
  const { appVersion, electron, chrome, node, official } = runtime.info;
  const { haltAll, signer, nowMs } = around;
  const minutes = Math.max(0, Math.floor((nowMs - launchedAtMs) / 60_000));
  const build = official ? "Electron's own release" : 'not an official build';
  const locked = runtime.liveLockedBecause;
  return [
    `Keel ${appVersion}, ${timeText(nowMs)}, running for ${minutes} min`,
    `Electron ${electron} (${build}), Chrome ${chrome}, Node ${node}, ${system}`,
    `Live networks: ${locked === null ? 'open' : `locked. ${locked}`}`,
    `Engine: ${engine}. Signer: ${signer.status}${signer.lockCause === null ? '' : ` (${signer.lockCause})`}, ${signer.keys.length} keys.`,
    haltAll === null
      ? 'Halt all: not in force'
      : `Halt all: in force since ${timeText(haltAll.sinceMs)}, from the ${haltAll.source}`,
  ];
}

function networkLines(
  networks: readonly Network[],
  statuses: readonly NetworkStatus[],
): readonly string[] {
  const unused = networks.filter(({ id }) => !statuses.some(({ network }) => network === id));
  return [
    ...statuses.flatMap(({ network, connection, socket, slot, latencyMs, endpoints }) => [
      `${network}: ${connection}, socket ${socket}, slot ${known(slot)}, last read ${known(latencyMs)} ms`,
      ...endpoints.map(endpointLine),
    ]),
    ...unused.map(
      ({ id, endpoints }) => `${id}: not used; ${endpoints.map(({ label }) => label).join(', ')}`,
    ),
  ];
}

function endpointLine(endpoint: EndpointHealth): string {
  const { label, inUse, condition, reason, slotLag, calls, errors, rateLimited } = endpoint;
  const { latencyP50Ms, latencyP95Ms, latencyP99Ms, budgetPerSecond } = endpoint;
  const latencies = [latencyP50Ms, latencyP95Ms, latencyP99Ms].map(known).join('/');
  const why = reason === null ? '' : ` (${reason})`;
  return (
    `  ${inUse ? '*' : '-'} ${label}: ${condition}${why}, ${known(slotLag)} slots behind, ` +
    `p50/p95/p99 ${latencies} ms, ${calls} calls, ${errors} errors, ${rateLimited} limited, ` +
    `budget ${budgetPerSecond}/s`
  );
}

function exchangeLine({ network, observation, pausedSinceMs }: ExchangeView): string {
  if (observation === null) return `${network}: not read yet`;
  const { status, slot, observedAtMs, markets } = observation;
  const paused = status.paused.map((operation) => {
    const sinceMs = pausedSinceMs[operation];
    return sinceMs === undefined ? operation : `${operation} since ${timeText(sinceMs)}`;
  });
  const states = markets.map(
    ({ name, status: state, oracle }) => `${name} ${state}, oracle ${oracle.validity}`,
  );
  return (
    `${network}: slot ${slot}, ${timeText(observedAtMs)}, bits ${status.bits}; ` +
    `paused: ${paused.join(', ') || 'nothing'}; ${states.join('; ')}`
  );
}

function vaultLines(view: VaultView, around: GateSurroundings): readonly string[] {
  const { vault, state, synced, phase } = view;
  const { observation, failure, halt } = state;
  const figures = observation?.snapshot.figures;
  const health = figures === undefined ? 'unknown' : formatHealthBps(figures.healthBps);
  const owner =
    vault.vaultType === 'virtual'
      ? 'paper'
      : `authority ${shortened(vault.authority)}, sub-account ${vault.subAccountId}`;
  const inputs = gateInputsOf(view, around);
  const gates = TRADING_ACTS.map((act) => {
    const codes = tradingGate(inputs, act).reasons.map(({ code }) => code);
    return `${act} ${codes.length === 0 ? 'yes' : `no [${codes.join(' ')}]`}`;
  });
  return [
    `“${vault.name}” (${shortened(vault.id)}) on ${vault.network}, ${owner}` +
      (vault.archivedAtMs === null ? '' : ', archived'),
    `  ${syncHealth(state, synced, around.nowMs, around.staleAfterMs)}, ${state.verification.kind}, ` +
      `${phase.kind}, slot ${observation?.snapshot.slot ?? 'unknown'}, health ${health}`,
    ...(failure === null
      ? []
      : [
          `  failed: ${failure.error.code} ${failure.error.message} (${failure.attempts} attempts, ` +
            `${timeText(failure.atMs)})`,
        ]),
    ...(halt === null
      ? []
      : [`  halted since ${timeText(halt.sinceMs)}: ${halt.error.code} ${halt.error.message}`]),
    `  may: ${gates.join(', ')}`,
  ];
}

const alertLine = ({ key, severity, text, raisedAtMs, acknowledgedAtMs }: Alert): string =>
  `${severity} ${key} since ${timeText(raisedAtMs)}` +
  `${acknowledgedAtMs === null ? '' : ', acknowledged'}: ${text}`;

const timeText = (ms: number): string => new Date(ms).toISOString();
const known = (value: number | bigint | null): string => (value === null ? '?' : String(value));
const shortened = (id: string): string => `${id.slice(0, 4)}…${id.slice(-4)}`;

function plain(value: unknown): string {
  return JSON.stringify(value, (_name, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : item,
  );
}
