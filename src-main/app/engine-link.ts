import { keelError, type KeelError } from '#domain/keel-error.ts';
import { z } from 'zod';
import type { NewActivity } from '#domain/activity.ts';
import type { OperationId } from '#domain/ids.ts';
import type { Network } from '#domain/network.ts';
import { err, type Result } from '#domain/result.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { SignerAnswer } from '#domain/signer-protocol.ts';
import type { UnixMs } from '#domain/units.ts';
import type { SignerState } from '#domain/signer-state.ts';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import type { FaultReport } from '#main/ipc/answer-request.ts';
import { createEngineClient, type EngineClient } from '#main/ipc/engine-client.ts';
import {
  fromEngineSchema,
  type FromEngine,
  type FromEngineOnWire,
  type PracticeHandover,
  type ToEngineOnWire,
} from '#main/ipc/engine-protocol.ts';
import type { EngineSignerRequest } from '#main/ipc/signer-protocol.ts';
import { createEndpointTests, type EndpointTests } from './endpoints/endpoint-tests.ts';
import { createSupervisor, type Child, type ChildListener } from './supervisor.ts';

/** Room for the revisions of one engine process: at a thousand changes a second, eleven days. */
const REVISIONS_PER_START = 1_000_000_000;
const STOP_WITHIN_MS = 5_000;
/** Copies and checks a whole database. */
const RESTORE_WITHIN_MS = 120_000;

interface Restoring {
  readonly backup: string;
  /** Whether the engine process was started that does it. */
  begun: boolean;
  end(outcome: Result<{ readonly setAside: string }, KeelError>): void;
}

export type EngineOpened = Extract<FromEngine, { type: 'opened' }>;

export interface EngineLinkParts {
  spawn(listener: ChildListener): Child;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly report: FaultReport;
  /** Null: the usual one. A fault run does not wait for an engine that it has killed itself. */
  readonly longestRestartDelayMs: number | null;
  /** The first message to each engine process, in wire form; `restore`: the backup to begin with. */
  startMessage(revisionBase: number, restore: string | null): ToEngineOnWire;
  onOpened(opened: EngineOpened): void;
  /** `onWire` is the same event, ready for the window. */
  onEvent(event: DeskEvent, onWire: unknown): void;
  /** The engine has died and will be started again. */
  onDown(error: KeelError): void;
  /** The engine will not be started again: a person has to look. */
  onRefused(error: KeelError): void;
  onLoop(maxMs: number): void;
  /** The engine asks the signer. */
  askSigner(request: EngineSignerRequest): Promise<SignerAnswer>;
  withdrawReview(operationId: OperationId): void;
}

export interface EngineLink {
  start(): void;
  readonly ask: EngineClient['ask'];
  readonly pid: number | undefined;
  /** Tells this engine, and every later one, where the practice network is. */
  handOverPractice(handover: PracticeHandover): void;
  updateSettings(settings: VisibleSettings): void;
  /** Tells this engine of changed endpoints; every later one learns them from the settings. */
  updateNetworks(networks: readonly Network[]): void;
  readonly testEndpoint: EndpointTests['ask'];
  /** Tells this engine, and every later one, how the signer stands. */
  updateSigner(state: SignerState): void;
  /** False while no engine is there that has opened the database: it was not taken. */
  recordActivity(entry: NewActivity): boolean;
  resume(cause: 'wake' | 'online'): void;
  /**
   * Stops the engine, and starts it again on a backup. Answers with where the database in use was put aside; on an
   * error it is as it was, and the engine runs on it again.
   */
  restore(backup: string): Promise<Result<{ readonly setAside: string }, KeelError>>;
  /** The engine commits what it works on and ends. */
  stop(): Promise<void>;
}

/** The main process's end of the engine process: keeps it running and speaks the protocol with it. */
export function createEngineLink(parts: EngineLinkParts): EngineLink {
  const { clock, logger } = parts;
  const client = createEngineClient(clock, parts.report);
  let handover: PracticeHandover | null = null;
  let starts = 0;
  let refused = false;
  let isOpen = false;
  /** Told to the next engine, and to those after it until one has opened. */
  let lost: { readonly atMs: UnixMs; readonly times: number } | null = null;
  let signer: SignerState | null = null;
  let restoring: Restoring | null = null;
  const reviews = new Set<OperationId>();

  const send = (message: ToEngineOnWire): boolean => supervisor.post(message);
  const tests = createEndpointTests(clock, send);

  const supervisor = createSupervisor({
    name: 'engine',
    clock,
    logger,
    ...(parts.longestRestartDelayMs === null
      ? {}
      : { longestDelayMs: parts.longestRestartDelayMs }),
    spawn: (listener) => parts.spawn(listener),
    onStart(post) {
      starts += 1;
      const restore = restoring?.begun === false ? restoring.backup : null;
      if (restoring !== null) restoring.begun = true;
      const start = parts.startMessage(starts * REVISIONS_PER_START, restore);
      post(lost === null ? start : { ...start, lost });
      if (signer !== null) post({ type: 'signer-state', state: signer } satisfies ToEngineOnWire);
      if (handover !== null) post(handover);
    },
    onMessage(raw) {
      const message = fromEngineSchema.safeParse(raw);
      if (message.success) take(message.data, raw as FromEngineOnWire);
      else logger.error('engine.unreadable', { reason: message.error.message });
    },
    onDown(restartInMs) {
      isOpen = false;
      client.disconnect();
      tests.disconnect();
      // Nobody waits any more for what this engine has asked; the next one asks anew.
      reviews.forEach((operationId) => parts.withdrawReview(operationId));
      reviews.clear();
      if (restoring?.begun === true) restoring.end(err(restoreUnknown()));
      if (restartInMs === null || refused) return;
      lost = { atMs: lost?.atMs ?? clock.nowMs(), times: (lost?.times ?? 0) + 1 };
      parts.onDown(engineStopped(restartInMs));
    },
  });

  function take(message: FromEngine, raw: FromEngineOnWire): void {
    switch (message.type) {
      case 'opened':
        lost = null;
        isOpen = true;
        client.connect(send);
        parts.onOpened(message);
        break;
      case 'answer':
        client.settle(message.id, message.answer as Parameters<EngineClient['settle']>[1]);
        break;
      case 'endpoint-tested':
        tests.settle(message.id, message.test);
        break;
      case 'event':
        parts.onEvent(message.event, (raw as Extract<FromEngineOnWire, { type: 'event' }>).event);
        break;
      case 'loop':
        parts.onLoop(message.maxMs);
        break;
      case 'refused':
        refused = true;
        supervisor.giveUp();
        parts.onRefused(message.error as KeelError);
        break;
      case 'signer-request':
        void answerSigner(message.id, message.request, starts);
        break;
      case 'withdraw-review':
        parts.withdrawReview(message.operationId);
        break;
      case 'restored':
        restoring?.end(message.outcome as Result<{ setAside: string }, KeelError>);
        break;
      case 'stopped':
        logger.info('engine.stopped');
        break;
    }
  }

  async function answerSigner(
    id: number,
    request: EngineSignerRequest,
    askedBy: number,
  ): Promise<void> {
    const review = request.kind === 'review' ? request.review.intent.operationId : null;
    if (review !== null) reviews.add(review);
    const answer = await parts.askSigner(request);
    if (askedBy !== starts) return;
    if (review !== null) reviews.delete(review);
    send({ type: 'signer-answer', id, answer });
  }

  async function restore(backup: string): ReturnType<EngineLink['restore']> {
    if (restoring !== null) return err(restoreBusy());
    return new Promise((resolve) => {
      const cancel = clock.schedule(RESTORE_WITHIN_MS, () => restoring?.end(err(restoreUnknown())));
      restoring = {
        backup,
        begun: false,
        end(outcome) {
          restoring = null;
          cancel();
          resolve(outcome);
        },
      };
      refused = false;
      isOpen = false;
      parts.onDown(restoringNow());
      void supervisor
        .stop({ type: 'stop' } satisfies ToEngineOnWire, STOP_WITHIN_MS)
        .then(() => supervisor.start());
    });
  }

  return {
    ask: client.ask,
    restore,
    start: () => supervisor.start(),
    get pid() {
      return supervisor.pid;
    },
    handOverPractice(next) {
      handover = next;
      send(next);
    },
    updateSettings: ({ sync, capital, watch, shell }) =>
      void send({
        type: 'settings',
        sync,
        capital: z.encode(capitalSettingsSchema, capital),
        watch,
        logLevel: shell.logLevel,
      }),
    updateNetworks: (networks) => void send({ type: 'networks', networks }),
    testEndpoint: tests.ask,
    updateSigner(state) {
      signer = state;
      send({ type: 'signer-state', state });
    },
    recordActivity: (entry) => isOpen && send({ type: 'activity', entry }),
    resume: (cause) => void send({ type: 'resume', cause }),
    stop: () => supervisor.stop({ type: 'stop' } satisfies ToEngineOnWire, STOP_WITHIN_MS),
  };
}

function engineStopped(restartInMs: number): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    "Keel's engine has stopped unexpectedly: nothing is watched at this moment.",
    `Keel starts it again in ${(restartInMs / 1_000).toLocaleString('en')} s and verifies every vault.`,
  );
}

function restoringNow(): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    'Keel restores a backup: nothing is watched at this moment.',
    'Wait until it is done; every vault is verified afterwards.',
  );
}

function restoreBusy(): KeelError {
  return keelError(
    'BACKUP_UNUSABLE',
    'retry',
    'A backup is being restored at this moment.',
    'Wait until it is done.',
  );
}

function restoreUnknown(): KeelError {
  return keelError(
    'BACKUP_UNUSABLE',
    'operator',
    'The engine ended before it told whether the backup was restored.',
    'Look at the vaults and at the backup folder; nothing in it was deleted.',
  );
}
