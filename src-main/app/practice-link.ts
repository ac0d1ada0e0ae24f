import { z } from 'zod';
import { PRACTICE_NETWORK } from '#domain/ids.ts';
import type { Network } from '#domain/network.ts';
import type { UnixMs } from '#domain/units.ts';
import { addressSchema } from '#ipc/wire.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import type { PracticeHandover } from '#main/ipc/engine-protocol.ts';
import { PRACTICE_LABEL, PRACTICE_QUOTE } from './network-views.ts';
import { createSupervisor, type Child, type ChildListener } from './supervisor.ts';

const STOP_WITHIN_MS = 4_000;
const READY_WITHIN_MS = 20_000;

const readySchema = z.object({
  type: z.literal('ready'),
  httpUrl: z.url(),
  webSocketUrl: z.url(),
  endpoints: z
    .array(z.object({ label: z.string().min(1), httpUrl: z.url(), webSocketUrl: z.url() }))
    .min(1),
  genesisHash: z.string().min(1),
  starter: z.object({ authority: addressSchema, subAccountId: z.number().int().min(0) }),
  program: addressSchema,
  stateSeed: z.string().min(1),
  quoteMint: addressSchema,
});

export type PracticeReady = z.output<typeof readySchema>;

export interface PracticeLinkParts {
  /** 0: any free port. */
  spawn(port: number, listener: ChildListener): Child;
  readonly clock: Clock;
  readonly logger: Logger;
  /** When the trader had the network begun anew; null: never. */
  begunAnewAtMs(): UnixMs | null;
  onReady(handover: PracticeHandover): void;
}

export interface PracticeLink {
  start(): void;
  /** What the running practice network said of itself; null while it does not run. */
  readonly ready: PracticeReady | null;
  /** As a network; null while it does not run. */
  readonly network: Network | null;
  readonly pid: number | undefined;
  /** The practice network saves its state and ends. */
  stop(): Promise<void>;
  /**
   * Ends it, lets `change` work on what it has saved, and starts it again, also when `change` throws. Resolves with what
   * it then says of itself; null: it has said nothing in time.
   */
  restart(change: () => void): Promise<PracticeReady | null>;
}

/** Keeps the practice network running, on the same port again where that is still free. */
export function createPracticeLink(parts: PracticeLinkParts): PracticeLink {
  const { clock, logger } = parts;
  let ready: PracticeReady | null = null;
  let port = 0;
  let awaitReady: ((ready: PracticeReady) => void) | null = null;

  const supervisor = createSupervisor({
    name: 'practice',
    clock,
    logger,
    spawn: (listener) => {
      const wanted = port;
      // A start that never gets ready may have found its port taken: the next one takes any.
      port = 0;
      return parts.spawn(wanted, listener);
    },
    onStart: () => undefined,
    onMessage(raw) {
      const message = readySchema.safeParse(raw);
      if (!message.success) {
        logger.error('practice.unreadable', { reason: message.error.message });
        return;
      }
      ready = message.data;
      port = Number(new URL(ready.httpUrl).port);
      logger.info('practice.ready', { httpUrl: ready.httpUrl, genesisHash: ready.genesisHash });
      const begunAnewAtMs = parts.begunAnewAtMs();
      parts.onReady({
        type: 'practice',
        network: networkOf(ready),
        starter: ready.starter,
        ...(begunAnewAtMs !== null && { begunAnewAtMs }),
      });
      awaitReady?.(ready);
    },
    onDown() {
      ready = null;
    },
  });

  function nextReady(): Promise<PracticeReady | null> {
    return new Promise((resolve) => {
      const settle = (outcome: PracticeReady | null): void => {
        cancel();
        awaitReady = null;
        resolve(outcome);
      };
      const cancel = clock.schedule(READY_WITHIN_MS, () => settle(null));
      awaitReady = settle;
    });
  }

  const stop = () => supervisor.stop({ type: 'stop' }, STOP_WITHIN_MS);

  return {
    start: () => supervisor.start(),
    async restart(change) {
      await stop();
      try {
        change();
      } catch (caught) {
        supervisor.start();
        throw caught;
      }
      const started = nextReady();
      supervisor.start();
      return started;
    },
    get ready() {
      return ready;
    },
    get network() {
      return ready === null ? null : networkOf(ready);
    },
    get pid() {
      return supervisor.pid;
    },
    stop,
  };
}

function networkOf(ready: PracticeReady): Network {
  return {
    id: PRACTICE_NETWORK,
    label: PRACTICE_LABEL,
    kind: 'practice',
    deployment: {
      program: ready.program,
      stateSeed: ready.stateSeed,
      quoteMint: ready.quoteMint,
      quoteSymbol: PRACTICE_QUOTE,
    },
    endpoints: ready.endpoints,
    genesisHash: ready.genesisHash,
  };
}
