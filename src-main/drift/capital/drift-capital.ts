import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import type {
  ApprovalKind,
  OperationTransaction,
  SimulatedChange,
} from '#domain/capital-operation.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { OperationId, VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type {
  CapitalPlan,
  CapitalSubject,
  CapitalVenue,
  Clock,
  Judgement,
  Logger,
  Signer,
  TransactionStatus,
} from '#main/engine/ports.ts';
import { DriftVenue } from '../drift-venue.ts';
import { mismatch, undecodable } from '../failures.ts';
import type { Commitment } from '../read/account-frame.ts';
import { EndpointPool, UNSHARED_LIMITS } from '../rpc/endpoint-pool.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import type { RpcCall } from '../rpc/json-rpc-client.ts';
import { buildTransaction } from './build.ts';
import type { CapitalContext } from './capital-context.ts';
import { ChainAccess } from './chain-access.ts';
import { factsOf, type Rents } from './facts-of.ts';
import { readFactsAccounts } from './facts-reading.ts';
import { HighWater } from './high-water.ts';
import { judgeOperation } from './judge.ts';
import { compileMessage, NO_BLOCKHASH } from './message.ts';
import { planOperation, type DriftPlan } from './plan.ts';
import { unitsToBuildWith } from './priority-fee.ts';
import { readRents } from './rents.ts';
import { reviewOf } from './review.ts';
import { sendWire } from './send.ts';
import { signTransaction } from './sign.ts';
import { simulateOperation } from './simulate.ts';
import { readTransactionStatus } from './transaction-status.ts';

export interface DriftCapitalOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long one call may take. */
  readonly rpcTimeoutMs: number;
  readonly signer: Signer;
  /** [confirmed] */
  readonly commitment?: Commitment;
  /** Told of every HTTP call after it ended; of a shared pool, the pool's owner is told. */
  readonly onCall?: (call: RpcCall) => void;
  /** The network's endpoints where others use them too; without it the venue has its own, without a budget. */
  readonly pool?: EndpointPool;
}

/** Where capital moves on chain, for one network. The SDK is loaded at the first act. */
export function createDriftCapital(options: DriftCapitalOptions): CapitalVenue {
  return new DriftCapital(options);
}

class DriftCapital implements CapitalVenue {
  readonly #options: DriftCapitalOptions;
  readonly #access: ChainAccess;
  readonly #pool: EndpointPool;
  readonly #knownKeys: CapitalContext['knownKeys'] = new Map();
  readonly #confirmed = new HighWater();
  readonly #finalized = new HighWater();
  /** Plans are the venue's own business: only those that it made itself are carried out. */
  readonly #plans = new WeakMap<CapitalPlan, DriftPlan>();
  /** Compute units of the message that was approved, until it is built. */
  readonly #approvedUnits = new Map<OperationId, number | null>();
  #venue: Promise<Result<DriftVenue, KeelError>> | null = null;
  #rents: Rents | null = null;

  constructor(options: DriftCapitalOptions) {
    this.#options = options;
    const { rpcTimeoutMs, ...others } = options;
    this.#pool =
      options.pool ??
      new EndpointPool({
        ...others,
        rpcTimeoutMs: () => rpcTimeoutMs,
        limits: () => UNSHARED_LIMITS,
      });
    this.#access = new ChainAccess(this.#pool, options.clock);
  }

  readFacts(
    vault: EngineVault,
    settings: CapitalSettings,
  ): Promise<Result<CapitalFacts, KeelError>> {
    return this.#onNode('facts', async (context, session) => {
      if (vault.vaultType !== 'onChain') {
        return err(mismatch('vault', 'type', vault.vaultType, 'onChain'));
      }
      if (vault.network !== this.#options.network.id) {
        return err(mismatch('vault', 'network', vault.network, this.#options.network.id));
      }
      const rents = await this.#readRents(context, session);
      if (!rents.ok) return rents;
      const reading = await readFactsAccounts(context, session, vault);
      if (!reading.ok) return reading;
      try {
        return ok(factsOf(context.venue, reading.value, rents.value, settings));
      } catch (cause) {
        const { userKey } = reading.value.accounts;
        return err(undecodable('sub-account', userKey, `cannot be valued: ${reasonOf(cause)}`));
      }
    });
  }

  plan(
    subject: CapitalSubject,
    facts: CapitalFacts,
    settings: CapitalSettings,
  ): Promise<Result<CapitalPlan, KeelError>> {
    return this.#onNode('plan', async (context, session) => {
      const plan = await planOperation(context, session, subject, facts, settings);
      if (!plan.ok) return plan;
      const { expectation, signerKey } = plan.value;
      const shown: CapitalPlan = { expectation, signerKey };
      this.#plans.set(shown, plan.value);
      return ok(shown);
    });
  }

  simulate(
    subject: CapitalSubject,
    plan: CapitalPlan,
  ): Promise<Result<SimulatedChange, KeelError>> {
    return this.#onNode('simulate', async (context, session) => {
      const own = this.#ownPlan(plan);
      return own.ok ? await simulateOperation(context, session, subject, own.value) : own;
    });
  }

  approve(subject: CapitalSubject, plan: CapitalPlan): Promise<Result<ApprovalKind, KeelError>> {
    return this.#guarded('approve', async (context) => {
      const own = this.#ownPlan(plan);
      if (!own.ok) return own;
      const { signerKey, instructions, priorityFee } = own.value;
      const unitsUsed = subject.operation.simulation?.computeUnits ?? null;
      const message = compileMessage(context.venue.vendor, {
        signerKey,
        instructions,
        priorityFee,
        unitsUsed,
        blockhash: NO_BLOCKHASH,
      });
      if (!message.ok) return message;
      const shown = message.value.toString('base64');
      const review = reviewOf(this.#options.network, subject, signerKey, shown);
      if (!review.ok) return review;
      const approval = await context.signer.review(review.value);
      if (approval.ok) this.#approvedUnits.set(subject.operation.id, unitsUsed);
      return approval;
    });
  }

  withdrawApproval(operation: OperationId): void {
    this.#approvedUnits.delete(operation);
    this.#options.signer.withdrawReview(operation);
  }

  build(
    subject: CapitalSubject,
    plan: CapitalPlan,
  ): Promise<Result<OperationTransaction, KeelError>> {
    return this.#onNode('build', async (context, session) => {
      const own = this.#ownPlan(plan);
      if (!own.ok) return own;
      const { id, simulation } = subject.operation;
      const approved = this.#approvedUnits.get(id) ?? null;
      const unitsUsed = unitsToBuildWith(approved, simulation?.computeUnits ?? null);
      const built = await buildTransaction(context, session, this.#confirmed, own.value, unitsUsed);
      if (built.ok) this.#approvedUnits.delete(id);
      return built;
    });
  }

  sign(
    subject: CapitalSubject,
  ): Promise<Result<{ readonly signature: string; readonly wire: string }, KeelError>> {
    return this.#guarded('sign', (context) => signTransaction(context, subject));
  }

  send(
    transaction: OperationTransaction,
    mayLeave?: () => boolean,
  ): Promise<Result<null, KeelError>> {
    return this.#onNode('send', (_, session) => sendWire(session, transaction, mayLeave));
  }

  readStatus(transaction: OperationTransaction): Promise<Result<TransactionStatus, KeelError>> {
    return this.#onNode('status', (context, session) =>
      readTransactionStatus(context, session, this.#finalized, transaction),
    );
  }

  judge(
    subject: CapitalSubject,
    after: ReadonlyMap<VaultId, VaultSnapshot>,
  ): Promise<Result<Judgement, KeelError>> {
    return this.#onNode('judge', (context, session) =>
      judgeOperation(context, session, subject, after),
    );
  }

  close(): void {
    this.#knownKeys.clear();
    if (this.#options.pool === undefined) this.#pool.close();
  }

  async #readRents(
    { venue }: CapitalContext,
    session: EndpointSession,
  ): Promise<Result<Rents, KeelError>> {
    if (this.#rents !== null) return ok(this.#rents);
    const { accountSize } = venue.vendor.coder;
    const rents = await readRents(session, accountSize('User'), accountSize('UserStats'));
    if (rents.ok) this.#rents = rents.value;
    return rents;
  }

  #ownPlan(plan: CapitalPlan): Result<DriftPlan, KeelError> {
    const own = this.#plans.get(plan);
    return own === undefined ? err(faultOf('plan', 'the plan is not of this venue')) : ok(own);
  }

  #onNode<Value>(
    act: string,
    work: (context: CapitalContext, session: EndpointSession) => Promise<Result<Value, KeelError>>,
  ): Promise<Result<Value, KeelError>> {
    return this.#guarded(act, (context) => this.#access.run((session) => work(context, session)));
  }

  /** No act rejects: what is not foreseen is a fault of Keel's own. */
  async #guarded<Value>(
    act: string,
    work: (context: CapitalContext) => Promise<Result<Value, KeelError>>,
  ): Promise<Result<Value, KeelError>> {
    const { logger, clock, signer, commitment = 'confirmed' } = this.#options;
    try {
      // Loading the SDK holds the event loop: no call may be under way meanwhile, or it would time out.
      const venue = await this.#openVenue();
      if (!venue.ok) return venue;
      const result = await work({
        venue: venue.value,
        access: this.#access,
        clock,
        logger,
        signer,
        commitment,
        knownKeys: this.#knownKeys,
      });
      if (!result.ok) logger.warn('capital.failed', { act, code: result.error.code });
      return result;
    } catch (cause) {
      logger.error('capital.fault', { act, reason: reasonOf(cause) });
      return err(faultOf(act, reasonOf(cause)));
    }
  }

  /** Opened once; a failure is tried again by the next act. */
  async #openVenue(): Promise<Result<DriftVenue, KeelError>> {
    this.#venue ??= DriftVenue.open(this.#options.network);
    const venue = await this.#venue;
    if (!venue.ok) this.#venue = null;
    return venue;
  }
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

function faultOf(act: string, reason: string): KeelError {
  return keelError(
    'ENGINE_FAULT',
    'stop',
    `The venue failed by a fault of its own (${act}): ${reason}`,
    'Report it with the log; nothing was sent by it.',
  );
}
