import { arch, platform, release } from 'node:os';
import type { Alert } from '#domain/alert.ts';
import { CHANNELS } from '#ipc/contract.ts';
import type { Logger } from '#main/engine/ports.ts';
import type { Answer } from '#main/ipc/handlers.ts';
import { readLastErrors } from './diagnostics-errors.ts';
import { composeDiagnostics, type DiagnosticsFacts } from './diagnostics-text.ts';

const ERRORS_TOLD = 50;
/** The most that one page holds: raised ones are among the newest. */
const ALERTS_LOADED = 500;

export interface DiagnosticsParts extends Pick<DiagnosticsFacts, 'launchedAtMs' | 'runtime'> {
  readonly logger: Logger;
  readonly paths: { readonly logs: string };
  settings(): DiagnosticsFacts['settings'];
  views(): DiagnosticsFacts['views'];
  around(): DiagnosticsFacts['around'];
  engine(): DiagnosticsFacts['engine'];
  /** Asks the engine's `alert.load`; never rejects. */
  loadAlerts(request: { readonly limit: number; readonly before: null }): Promise<Answer>;
}

/** Versions, states and the last errors as text for the support: no secret and no endpoint's address in it. Never rejects. */
export function createDiagnostics(parts: DiagnosticsParts): () => Promise<string> {
  const { launchedAtMs, runtime, paths, logger } = parts;
  return async () => {
    const [alerts, lastErrors] = await Promise.all([
      raisedAlerts(parts),
      readLastErrors(paths.logs, ERRORS_TOLD),
    ]);
    logger.info('diagnostics.composed', { lastErrors: lastErrors.length });
    return composeDiagnostics({
      ...{ launchedAtMs, runtime, alerts, lastErrors },
      system: `${platform()} ${release()} ${arch()}`,
      engine: parts.engine(),
      settings: parts.settings(),
      views: parts.views(),
      around: parts.around(),
    });
  };
}

async function raisedAlerts({ loadAlerts }: DiagnosticsParts): Promise<readonly Alert[] | null> {
  const answer = await loadAlerts({ limit: ALERTS_LOADED, before: null });
  const inbox = answer.ok ? CHANNELS['alert.load'].response.safeParse(answer.value) : null;
  if (inbox?.success !== true) return null;
  return inbox.data.alerts
    .map(({ alert }) => alert)
    .filter(({ clearedAtMs }) => clearedAtMs === null);
}
