import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
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
import { createSupervisor, type Child, type ChildListener } from './supervisor.ts';

/** Room for the revisions of one engine process: at a thousand changes a second, eleven days. */
const REVISIONS_PER_START = 1_000_000_000;
const STOP_WITHIN_MS = 5_000;

export type EngineOpened = Extract<FromEngine, { type: 'opened' }>;

export interface EngineLinkParts {
  spawn(listener: ChildListener): Child;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly report: FaultReport;
  /** The first message to each engine process, in wire form. */
  startMessage(revisionBase: number): ToEngineOnWire;
  onOpened(opened: EngineOpened): void;
  /** `onWire` is the same event, ready for the window. */
  onEvent(event: DeskEvent, onWire: unknown): void;
  /** The engine has died and will be started again. */
  onDown(error: KeelError): void;
  /** The engine will not be started again: a person has to look. */
  onRefused(error: KeelError): void;
  onLoop(maxMs: number): void;
}

export interface EngineLink {
  start(): void;
  readonly ask: EngineClient['ask'];
  readonly pid: number | undefined;
  /** Tells this engine, and every later one, where the practice network is. */
  handOverPractice(handover: PracticeHandover): void;
  updateSync(sync: SyncSettings): void;
  resume(cause: 'wake' | 'online'): void;
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

  const send = (message: ToEngineOnWire): boolean => supervisor.post(message);

  const supervisor = createSupervisor({
    name: 'engine',
    clock,
    logger,
    spawn: (listener) => parts.spawn(listener),
    onStart(post) {
      starts += 1;
      post(parts.startMessage(starts * REVISIONS_PER_START));
      if (handover !== null) post(handover);
    },
    onMessage(raw) {
      const message = fromEngineSchema.safeParse(raw);
      if (message.success) take(message.data, raw as FromEngineOnWire);
      else logger.error('engine.unreadable', { reason: message.error.message });
    },
    onDown(restartInMs) {
      client.disconnect();
      if (restartInMs !== null && !refused) parts.onDown(engineStopped(restartInMs));
    },
  });

  function take(message: FromEngine, raw: FromEngineOnWire): void {
    switch (message.type) {
      case 'opened':
        client.connect(send);
        parts.onOpened(message);
        break;
      case 'answer':
        client.settle(message.id, message.answer as Parameters<EngineClient['settle']>[1]);
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
      case 'stopped':
        logger.info('engine.stopped');
        break;
    }
  }

  return {
    ask: client.ask,
    start: () => supervisor.start(),
    get pid() {
      return supervisor.pid;
    },
    handOverPractice(next) {
      handover = next;
      send(next);
    },
    updateSync: (sync) => void send({ type: 'settings', sync }),
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
