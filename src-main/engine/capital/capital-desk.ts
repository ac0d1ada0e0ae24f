/**
 * Capital in and out (C1–C9). Entry points: `request`, `cancel`, the loads, and the engine's life: `start` takes every
 * open operation up where it stood, through the code that runs a new one. Invariant: a sub-account has at most one open
 * operation, held by the journal's locks and, until the row exists, by this desk.
 */
import { isUnsent, mayCancel } from '#domain/advance-operation.ts';
import { isFinal, type CapitalOperation, type OperationView } from '#domain/capital-operation.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import { identityOf } from '#domain/engine-vault.ts';
import { operationId, type NetworkId, type OperationId, type VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { faultOf } from '#domain/keel-fault.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { CapitalRequest, Engine, EngineDeps, Outcome } from '../engine.ts';
import { engineFault, engineStopped, writeFailed } from '../engine-errors.ts';
import type { Unsubscribe } from '../ports.ts';
import type { Gatekeeper } from '../risk/gatekeeper.ts';
import type { SyncGroups } from '../sync-groups.ts';
import type { VaultBook } from '../vault-book.ts';
import { refusalByGate } from './ask-gate.ts';
import {
  cancelledByTrader,
  operationNotFound,
  operationOpen,
  pastCancel,
} from './capital-errors.ts';
import type { Look } from './look.ts';
import { OperationBook } from './operation-book.ts';
import { OperationRun, type RunPorts } from './operation-run.ts';
import {
  askedOf,
  authorityVault,
  operationFor,
  readForRequest,
  usableVault,
  type Asked,
} from './request-operation.ts';
import { stepOf } from './steps.ts';
import { locksOf } from './subject.ts';
import { CapitalVenues } from './venues.ts';

interface DeskPorts {
  readonly deps: EngineDeps;
  readonly book: VaultBook;
  readonly groups: SyncGroups;
  readonly gate: Gatekeeper;
}

export class CapitalDesk {
  readonly #ports: RunPorts;
  readonly #runs = new Map<OperationId, OperationRun>();
  /** Locks of requests that are being checked and have no row yet. */
  readonly #reserved = new Map<string, OperationId>();
  #settings: CapitalSettings;
  #unlocks = 0;
  #leaveSigner: Unsubscribe;
  #stopped = false;

  constructor({ deps, book, groups, gate }: DeskPorts) {
    this.#settings = deps.capitalSettings;
    this.#ports = {
      deps,
      groups,
      vaults: book,
      operations: new OperationBook(book, deps.revisionBase ?? 0),
      venues: new CapitalVenues(deps),
      gate,
      settings: () => this.#settings,
      unlocks: () => this.#unlocks,
    };
    this.#leaveSigner =
      deps.onSignerState?.(({ status }) => {
        if (status === 'unlocked') this.#signerUnlocked();
      }) ?? (() => undefined);
  }

  openViews(): readonly OperationView[] {
    return this.#ports.operations.openViews();
  }

  /** Calling again is harmless. */
  start(): Outcome {
    try {
      for (const operation of this.#ports.deps.journal.loadOpen()) {
        if (!this.#runs.has(operation.id)) this.#follow(operation, null);
      }
      return ok({});
    } catch (thrown) {
      return err(engineFault('loading the open operations', thrown));
    }
  }

  /** Rows stay as they are; nothing is written or sent afterwards. */
  stop(): void {
    this.#stopped = true;
    this.#leaveSigner();
    for (const run of this.#runs.values()) run.stop();
    this.#ports.venues.close();
  }

  /** The computer woke, or the network may be back: what waits asks again now. */
  wake(): void {
    for (const run of this.#runs.values()) run.ring();
  }

  networkReplaced(network: NetworkId): void {
    this.#ports.venues.replace(network);
    for (const run of this.#runs.values()) {
      if (run.operation.network === network) run.ring();
    }
  }

  updateSettings(settings: CapitalSettings): void {
    this.#settings = settings;
  }

  async request(request: CapitalRequest): ReturnType<Engine['requestCapital']> {
    const asked = askedOf(request, this.#ports);
    if (!asked.ok) return asked;
    const refusal = this.#refusalOf(request);
    if (refusal !== null) return err(refusal);
    const busy = this.#holderOf(asked.value.locks);
    if (busy !== null) return err(busy);
    const id = operationId(this.#ports.deps.newId());
    for (const lock of asked.value.locks) this.#reserved.set(lock, id);
    try {
      return await this.#open(asked.value, id);
    } finally {
      for (const lock of asked.value.locks) this.#reserved.delete(lock);
    }
  }

  cancel(id: OperationId): Outcome {
    const run = this.#runs.get(id);
    if (run === undefined) return err(this.#notOpen(id));
    const { state } = run.operation;
    if (!mayCancel(state)) return err(pastCancel(id, state, isFinal(state)));
    const error = cancelledByTrader();
    const refused = run.commit({ kind: 'denied', error, cause: error.message });
    if (refused !== null) return err(refused);
    this.#withdrawApproval(run);
    run.ring();
    return ok({});
  }

  /**
   * Ends every operation of which nothing was sent. The failure: one could not be written; it ends all the same as soon
   * as it can be, and does nothing else until then.
   */
  endUnsent(error: KeelError): { readonly ended: number; readonly failure: KeelError | null } {
    let ended = 0;
    let failure: KeelError | null = null;
    for (const run of this.#runs.values()) {
      if (!isUnsent(run.operation.state)) continue;
      const refused = run.end({ kind: 'denied', error, cause: error.message });
      if (refused === null) ended += 1;
      else failure ??= refused;
      this.#withdrawApproval(run);
    }
    return { ended, failure };
  }

  #withdrawApproval({ operation: { id, network, vaultType } }: OperationRun): void {
    const venue = this.#ports.venues.of(network, vaultType);
    if (venue.ok) venue.value.withdrawApproval(id);
  }

  #refusalOf(request: CapitalRequest): KeelError | null {
    return refusalByGate(request, this.#ports.gate, this.#ports.vaults);
  }

  async loadFacts(vaultId: VaultId): ReturnType<Engine['loadCapitalFacts']> {
    const vault = usableVault(vaultId, 'vaultId', this.#ports.vaults);
    if (!vault.ok) return vault;
    return await this.#factsOf(vault.value);
  }

  async loadAuthorityFacts(
    network: NetworkId,
    authority: Parameters<Engine['loadAuthorityFacts']>[1],
  ): ReturnType<Engine['loadAuthorityFacts']> {
    const vault = authorityVault(network, authority, this.#ports);
    return vault.ok ? await this.#factsOf(vault.value) : vault;
  }

  loadOperations(
    vaultId: VaultId | null,
    limit: number,
    before: OperationId | null,
  ): ReturnType<Engine['loadOperations']> {
    try {
      const page = this.#ports.deps.journal.loadPage(vaultId, limit, before);
      return ok({ operations: page.map((each) => this.#ports.operations.viewOf(each)) });
    } catch (thrown) {
      return err(engineFault('loading the operations', thrown));
    }
  }

  /** Why the vault must stay as it is: an operation of it is open, or is being checked. */
  openOn(vaultId: VaultId): KeelError | null {
    const vault = this.#ports.vaults.get(vaultId)?.vault;
    return vault === undefined ? null : this.#holderOf([identityOf(vault)]);
  }

  async #factsOf(vault: Parameters<typeof readForRequest>[1]) {
    const look = await this.#look(vault);
    return look.ok ? ok({ facts: look.value.facts }) : look;
  }

  async #look(vault: Parameters<typeof readForRequest>[1]): Promise<Result<Look, KeelError>> {
    const venue = this.#ports.venues.of(vault.network, vault.vaultType);
    if (!venue.ok) return venue;
    const look = await readForRequest(venue.value, vault, this.#ports);
    return this.#stopped ? err(engineStopped()) : look;
  }

  async #open(asked: Asked, id: OperationId): ReturnType<Engine['requestCapital']> {
    const { deps, vaults } = this.#ports;
    deps.onPoint?.('before-read-facts');
    const look = await this.#look(asked.vault);
    if (!look.ok) return look;
    deps.onPoint?.('after-read-facts');
    const operation = operationFor(asked, id, look.value.facts, this.#ports);
    if (!operation.ok) return operation;
    const locks = locksOf(operation.value.intent, vaults);
    const busy = this.#refusalOf(asked.request) ?? this.#holderOf(locks, id);
    if (busy !== null) return err(busy);
    deps.onPoint?.('before-commit:requested');
    try {
      deps.journal.open(operation.value, locks);
    } catch (thrown) {
      return err(openRefused(thrown));
    }
    deps.onPoint?.('after-commit:requested');
    this.#follow(operation.value, look.value);
    return ok({ operationId: id });
  }

  #follow(operation: CapitalOperation, look: Look | null): void {
    const { operations, deps } = this.#ports;
    const run = new OperationRun(this.#ports, operation, stepOf, look);
    this.#runs.set(operation.id, run);
    operations.add(operation);
    const { id, intent, state } = operation;
    deps.logger.info('operation.taken-up', { operation: id, kind: intent.kind, state });
    void run.follow().finally(() => {
      if (this.#runs.get(id) === run) this.#runs.delete(id);
    });
  }

  /** The open operation that holds one of the names, as an error. */
  #holderOf(locks: readonly string[], self: OperationId | null = null): KeelError | null {
    for (const lock of locks) {
      const reservedBy = this.#reserved.get(lock);
      if (reservedBy !== undefined && reservedBy !== self) {
        return operationOpen(reservedBy, 'being checked');
      }
      for (const { operation } of this.#ports.operations.openViews()) {
        if (!locksOf(operation.intent, this.#ports.vaults).includes(lock)) continue;
        return operationOpen(operation.id, operation.state);
      }
    }
    return null;
  }

  #notOpen(id: OperationId): KeelError {
    try {
      const known = this.#ports.deps.journal.load(id);
      return known === null
        ? operationNotFound(id)
        : pastCancel(id, known.state, isFinal(known.state));
    } catch (thrown) {
      return engineFault('loading the operation', thrown);
    }
  }

  #signerUnlocked(): void {
    this.#unlocks += 1;
    for (const run of this.#runs.values()) run.signerUnlocked();
  }
}

function openRefused(thrown: unknown): KeelError {
  const known = faultOf(thrown);
  return known?.code === 'OPERATION_OPEN' ? known : writeFailed('The operation', thrown);
}
