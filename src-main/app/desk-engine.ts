/** The engine as the desk starts it: its first message, and whom its words go to. */
import { z } from 'zod';
import type { KeelError } from '#domain/keel-error.ts';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import type { DeskParts } from './desk-parts.ts';
import type { ToEngineOnWire } from '#main/ipc/engine-protocol.ts';
import { createEngineLink, type EngineLink, type EngineOpened } from './engine-link.ts';
import { stackOf } from './fault-text.ts';
import type { HaltDesk } from './halt-desk.ts';
import { spawnEngine } from './process-spawns.ts';
import type { SignerHost } from './signer-host.ts';

const FAULT_RUN_RESTART_MS = 250;

export interface DeskEngineHooks {
  readonly halt: HaltDesk;
  signer(): SignerHost;
  onOpened(opened: EngineOpened): void;
  /** `onWire` is the same event, ready for the window. */
  onEvent(event: DeskEvent, onWire: unknown): void;
  onDown(error: KeelError): void;
  onRefused(error: KeelError): void;
}

export function linkEngine(parts: DeskParts, hooks: DeskEngineHooks): EngineLink {
  const { clock, logger, dist } = parts;
  return createEngineLink({
    clock,
    logger,
    longestRestartDelayMs: parts.crashFile === null ? null : FAULT_RUN_RESTART_MS,
    report: (channel, fault) => logger.error('answer.fault', { channel, fault: stackOf(fault) }),
    spawn: (listener) => spawnEngine(dist, logger, listener),
    startMessage: (revisionBase, restore) => ({
      ...startMessage(parts, revisionBase, restore),
      haltAll: hooks.halt.pending,
    }),
    onOpened: (opened) => hooks.onOpened(opened),
    onEvent: (event, onWire) => hooks.onEvent(event, onWire),
    onDown: (error) => hooks.onDown(error),
    onRefused: (error) => hooks.onRefused(error),
    onLoop: (maxMs) => logger.info('engine.loop', { maxMs }),
    askSigner: (request) => hooks.halt.holdBack(() => hooks.signer().ask(request)),
    withdrawReview: (operationId) => hooks.signer().withdrawReview(operationId),
  });
}

function startMessage(
  { paths, runtime, settings, crashFile, loopReportEveryMs }: DeskParts,
  revisionBase: number,
  restore: string | null,
): Omit<Extract<ToEngineOnWire, { type: 'start' }>, 'haltAll'> {
  const { networks, sync, capital, watch, shell } = settings.current();
  return {
    type: 'start',
    dataDirectory: paths.userData,
    logDirectory: paths.logs,
    nativeBinding: runtime.nativeBinding,
    liveNetworks: networks,
    liveLockedBecause: runtime.liveLockedBecause,
    sync,
    capital: z.encode(capitalSettingsSchema, capital),
    watch,
    logLevel: shell.logLevel,
    restore,
    crashFile,
    revisionBase,
    loopReportEveryMs,
  };
}
