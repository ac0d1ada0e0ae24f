/**
 * Follows one operation from the state that it is in to its end (C4–C7). Each state is committed before the act that
 * it permits; after a restart the same code goes on from what is on record. Invariants: an act begins only from a
 * committed state; what cannot be committed has not happened; a time-out alone is never an outcome; until it is sent, no
 * act begins and no state is committed that the gate refuses at that moment.
 */
import { advanceOperation, isUnsent, type Happening } from '#domain/advance-operation.ts';
import {
  isFinal,
  type ApprovalKind,
  type CapitalOperation,
  type OperationWait,
} from '#domain/capital-operation.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { Address, OperationId, VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { unixMs } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { EngineDeps } from '../engine.ts';
import { engineFault, engineStopped, wordsOf, writeFailed } from '../engine-errors.ts';
import type { CapitalPlan } from '../ports.ts';
import type { Gatekeeper } from '../risk/gatekeeper.ts';
import type { SyncGroups } from '../sync-groups.ts';
import type { VaultBook } from '../vault-book.ts';
import { Alarm } from './alarm.ts';
import { refusalByGate } from './ask-gate.ts';
import type { OperationAct } from './crash-points.ts';
import type { Look } from './look.ts';
import type { OperationBook } from './operation-book.ts';
import type { CapitalVenues } from './venues.ts';

export interface RunPorts {
  readonly deps: EngineDeps;
  readonly vaults: VaultBook;
  readonly groups: SyncGroups;
  readonly operations: OperationBook;
  readonly venues: CapitalVenues;
  readonly gate: Gatekeeper;
  readonly settings: () => CapitalSettings;
  /** Grows each time that the signer is heard to be unlocked. */
  readonly unlocks: () => number;
}

/** What a run knows beside the record; lost with the process, and made anew from the record then. */
class RunMemory {
  look: Look | null = null;
  plan: { readonly look: Look; readonly plan: CapitalPlan } | null = null;
  approval: ApprovalKind | null = null;
  /** Failed attempts in a row of what the state permits. */
  failures = 0;
  /** Monotonic time of the last send, and of the beginning of the watch. */
  lastSendMs: number | null = null;
  watchingSinceMs: number | null = null;
  /** The chain was asked for the outcome in this run. */
  hasAsked = false;
  mayLand = true;
  sendError: KeelError | null = null;
  after: ReadonlyMap<VaultId, VaultSnapshot> | null = null;
}

/** What follows from the state, or null: something was waited for, and the state stands. */
export type Step = (run: OperationRun) => Promise<Happening | null>;

const WRITE_RETRY_MS = 2_000;
const FAULT_RETRY_MS = 10_000;

export class OperationRun {
  readonly ports: RunPorts;
  readonly memory = new RunMemory();
  readonly resumed: boolean;
  readonly #id: OperationId;
  readonly #stepOf: (state: CapitalOperation['state']) => Step;
  readonly #alarm: Alarm;
  #last: CapitalOperation;
  #ending: Happening | null = null;
  #stopped = false;
  #forSigner = false;

  constructor(
    ports: RunPorts,
    operation: CapitalOperation,
    stepOf: (state: CapitalOperation['state']) => Step,
    look: Look | null,
  ) {
    this.ports = ports;
    this.#id = operation.id;
    this.#last = operation;
    this.#stepOf = stepOf;
    this.#alarm = new Alarm(ports.deps.clock);
    this.resumed = look === null;
    this.memory.look = look;
  }

  get operation(): CapitalOperation {
    return this.#last;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Resolves when the operation has ended, or the engine stops. Never rejects. */
  async follow(): Promise<void> {
    let unwritten: Happening | null = null;
    while (!this.#stopped && !isFinal(this.#last.state)) {
      const from = this.#last;
      try {
        const found: Happening | null =
          this.#refused() ?? unwritten ?? (await this.#stepOf(from.state)(this));
        unwritten = null;
        // Cancelled meanwhile, or stopped: what was found out is of no use any more.
        if (this.#stopped || this.#last !== from || found === null) continue;
        // The act took its time: the gate may have closed meanwhile. An end is the truth all the same.
        const happening: Happening = isFinal(found.kind) ? found : (this.#refused() ?? found);
        const refused = this.commit(happening);
        if (refused === null) continue;
        if (refused.code !== 'ENGINE_FAULT') unwritten = happening;
        await this.waitFor(
          refused,
          refused.code === 'ENGINE_FAULT' ? FAULT_RETRY_MS : WRITE_RETRY_MS,
        );
      } catch (thrown) {
        const error = engineFault('a capital operation', thrown);
        this.ports.deps.logger.error('operation.fault', {
          operation: this.#id,
          fault: wordsOf(thrown),
        });
        if (!this.#stopped) await this.waitFor(error, FAULT_RETRY_MS);
      }
    }
  }

  /** Asked right before an act that must not begin once the operation is ended or the gate has closed. */
  mayGoOn(): boolean {
    return !this.#stopped && !isFinal(this.#last.state) && this.#refused() === null;
  }

  /** Why it must not go on, as its end; null: it may, or it was sent already. */
  #refused(): Happening | null {
    if (!isUnsent(this.#last.state)) return null;
    if (this.#ending !== null) return this.#ending;
    const error = refusalByGate(this.#last.intent, this.ports.gate, this.ports.vaults);
    return error === null ? null : { kind: 'denied', error, cause: `Never sent: ${error.message}` };
  }

  /** Ends it now. An error: it is not on record yet; it is tried again, and nothing else happens before. */
  end(happening: Happening): KeelError | null {
    this.#ending = happening;
    const refused = this.commit(happening);
    this.ring();
    return refused;
  }

  /** Commits the next state, and tells it. An error: nothing has changed. */
  commit(happening: Happening): KeelError | null {
    if (this.#stopped) return engineStopped();
    const { deps, operations } = this.ports;
    const advanced = advanceOperation(this.#last, { ...happening, atMs: deps.clock.nowMs() });
    if (!advanced.ok) {
      deps.logger.error('operation.illegal', {
        operation: this.#id,
        fault: advanced.error.message,
      });
      return advanced.error;
    }
    const next = advanced.value;
    deps.onPoint?.(`before-commit:${next.state}`);
    try {
      deps.journal.advance(next);
    } catch (thrown) {
      deps.logger.error('operation.not-stored', {
        operation: this.#id,
        state: next.state,
        fault: wordsOf(thrown),
      });
      return writeFailed(`The state “${next.state}” of the operation`, thrown);
    }
    deps.onPoint?.(`after-commit:${next.state}`);
    this.#last = next;
    this.memory.failures = 0;
    deps.logger.info('operation.state', { operation: this.#id, state: next.state });
    operations.change(this.#id, { operation: next, wait: null });
    return null;
  }

  /** Does one act, with its points for fault tests around it. */
  async act<Value>(name: OperationAct, work: () => Promise<Value> | Value): Promise<Value> {
    this.ports.deps.onPoint?.(`before-${name}`);
    const value = await work();
    this.ports.deps.onPoint?.(`after-${name}`);
    return value;
  }

  /** Waits with the error in view; sooner where something has changed. */
  async waitFor(error: KeelError, delayMs: number): Promise<void> {
    const nextAttemptAtMs = unixMs(this.ports.deps.clock.nowMs() + delayMs);
    this.show({ kind: 'node', error, nextAttemptAtMs });
    await this.pause(delayMs);
  }

  /** For the signer's unlock; true where it was heard of. */
  async waitForSigner(delayMs: number, wait: OperationWait): Promise<boolean> {
    this.show(wait);
    this.#forSigner = true;
    const rung = await this.pause(delayMs);
    this.#forSigner = false;
    return rung;
  }

  async pause(delayMs: number): Promise<boolean> {
    return this.#stopped ? true : await this.#alarm.wait(delayMs);
  }

  show(wait: OperationWait | null): void {
    const shown = this.ports.operations.get(this.#id)?.wait ?? null;
    if (this.#stopped || (wait === null && shown === null)) return;
    this.ports.operations.change(this.#id, { wait });
  }

  sawHeight(finalizedBlockHeight: bigint | null): void {
    const known = this.ports.operations.get(this.#id)?.finalizedBlockHeight ?? null;
    if (finalizedBlockHeight === null || finalizedBlockHeight === known || this.#stopped) return;
    this.ports.operations.change(this.#id, { finalizedBlockHeight });
  }

  /** Something has changed: ask again now. */
  ring(): void {
    this.#alarm.ring();
  }

  signerUnlocked(): void {
    if (this.#forSigner) this.#alarm.ring();
  }

  /** The record stays as it is; what is under way is let go. */
  stop(): void {
    this.#stopped = true;
    this.#alarm.ring();
  }
}

/** Whether the signer's window is likely to ask the trader: it decides for itself, and paper has none. */
export function mayAsk({ operation, ports }: OperationRun, signerKey: Address | null): boolean {
  const { value } = operation;
  return signerKey !== null && (value === null || value >= ports.settings().confirmFrom);
}
