import type { VisibleSettings } from '#domain/settings.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Desk, RequestOf, ResponseOf } from '#ipc/contract.ts';
import type { Handlers, MainChannel } from './handlers.ts';

type Answered<Value> = Promise<Result<Value, KeelError>>;

/** What the main process itself answers from. */
export interface MainServices {
  /** The whole desk; waits for the engine's first word. */
  loadDesk(): Answered<Desk>;
  updateSettings(next: VisibleSettings): Answered<VisibleSettings>;
  readonly practice: {
    load(): Answered<ResponseOf<'practice.load'>>;
    setFaults(faults: RequestOf<'practice.setFaults'>): Answered<void>;
    /** Answers with the transaction's signature. */
    depositAsOther(deposit: RequestOf<'practice.depositAsOther'>): Answered<string>;
  };
}

export function createMainHandlers(services: MainServices): Handlers<MainChannel> {
  const { practice } = services;
  return {
    'desk.load': () => services.loadDesk(),
    'settings.update': (next) => services.updateSettings(next),
    'practice.load': () => practice.load(),
    'practice.setFaults': async (faults) => {
      const done = await practice.setFaults(faults);
      return done.ok ? ok({}) : done;
    },
    'practice.depositAsOther': async (deposit) => {
      const signature = await practice.depositAsOther(deposit);
      return signature.ok ? ok({ signature: signature.value }) : signature;
    },
  };
}
