/**
 * A chain that money moves on, in memory. It outlives the processes that send to it, knows what really happened, and
 * notes everything that must never be done to it.
 */
import { memoOf, type CapitalIntent, type TokenRef } from '#domain/capital-intent.ts';
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { ApprovalKind, BalanceChange } from '#domain/capital-operation.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { address, type OperationId, type VaultId } from '#domain/ids.ts';
import { keelError, type ErrorCode, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { lamports, price, slot, tokenAmount } from '#domain/units.ts';
import type {
  CapitalPlan,
  CapitalSubject,
  CapitalVenue,
  Clock,
  Judgement,
  OperationJournal,
  TransactionStatus,
} from '#main/engine/ports.ts';
import type { FakeVenue } from './fake-venue.ts';
import { snapshotOf } from './snapshots.ts';

export const USDC: TokenRef = {
  symbol: 'USDC',
  marketIndex: 0,
  mint: address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
  decimals: 6,
};
const SIGNER_KEY = address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');

/** What becomes of sent bytes. */
export type SendFault = 'land' | 'drop' | 'lose-reply' | 'late' | 'fail' | 'refuse';
/** What becomes of any other call. */
export type CallFault = 'none' | 'timeout' | 'behind' | 'throw';

interface Sent {
  readonly operation: OperationId;
  readonly lastValid: bigint;
  readonly fate: 'landed' | 'failed' | null;
  readonly slot: bigint;
}

const BLOCK_MS = 400;
const VALID_BLOCKS = 150n;
const FINALITY_BLOCKS = 32n;
const SCALED = 1_000n;

type SleepingClock = Clock & { sleep(ms: number): Promise<void> };

export class FakeCapitalChain {
  readonly #clock: SleepingClock;
  readonly #accounts: FakeVenue;
  readonly #journal: OperationJournal;
  readonly #sent = new Map<string, Sent>();
  readonly #messages = new Map<
    string,
    { readonly operation: OperationId; readonly intent: CapitalIntent; readonly lastValid: bigint }
  >();
  readonly #signed = new Map<OperationId, Set<string>>();
  #builds = 0;
  wallet = 1_000_000_000n;
  locked = false;
  nextSubAccountId = 5;
  /** Vaults that wait for their account, by its number. */
  readonly opensAs = new Map<number, VaultId>();
  /** What the trader says when asked; null: nothing, for ever. */
  approves: boolean | null = true;
  /** How long the trader takes. */
  approvalMs = 0;
  health = 100;
  /** Where false, the node's height alone is told, whatever it is. */
  provesExpiry = true;
  /** Blocks by which the node that is asked for the outcome is behind. */
  heightBehind = 0n;
  simulationFails = false;
  /** The chain moves this much less than it was told to. */
  skim = 0n;
  sendFaults: SendFault[] = [];
  standingSend: SendFault = 'land';
  callFaults: CallFault[] = [];
  standingCall: CallFault = 'none';
  readonly lateMs: number = 20_000;
  /** How long the venue waits by itself before bytes leave. */
  sendWaitMs = 0;
  /** What must never happen, and did. */
  readonly violations: string[] = [];
  readonly sends: { readonly operation: OperationId; readonly wire: string }[] = [];
  readonly withdrawn: OperationId[] = [];
  /** Calls of any kind but sends. */
  asked = 0;

  constructor(clock: SleepingClock, accounts: FakeVenue, journal: OperationJournal) {
    this.#clock = clock;
    this.#accounts = accounts;
    this.#journal = journal;
  }

  get height(): bigint {
    return 1_000n + BigInt(Math.floor(this.#clock.monotonicMs() / BLOCK_MS));
  }

  heal(): void {
    this.sendFaults = [];
    this.callFaults = [];
    this.standingSend = 'land';
    this.standingCall = 'none';
    this.locked = false;
    this.approves = true;
    this.approvalMs = 0;
  }

  /** The truth about an operation. */
  fateOf(operation: OperationId): 'landed' | 'failed' | 'none' {
    const fates = [...this.#sent.values()].filter((each) => each.operation === operation);
    if (fates.some(({ fate }) => fate === 'landed')) return 'landed';
    return fates.some(({ fate }) => fate === 'failed') ? 'failed' : 'none';
  }

  messagesSignedOf(operation: OperationId): number {
    return this.#signed.get(operation)?.size ?? 0;
  }

  balance(id: VaultId): bigint | null {
    return this.#accounts.truthAt(id, this.#accounts.slot)?.usdc ?? null;
  }

  /** A venue of one process: once that is dead it neither does nor answers anything. */
  venueOf(alive: () => boolean): CapitalVenue {
    const call = <Value>(work: () => Result<Value, KeelError>): Promise<Result<Value, KeelError>> =>
      this.#call(alive, work);
    return {
      readFacts: (vault) => call(() => ok(this.#facts(vault))),
      plan: (subject) => call(() => this.#plan(subject)),
      simulate: (_subject, plan) => call(() => this.#simulate(plan)),
      approve: () => this.#approve(alive),
      withdrawApproval: (id) => void this.withdrawn.push(id),
      build: (subject) => call(() => this.#build(subject)),
      sign: (subject) => {
        this.#noteSigning(subject);
        return call(() => this.#sign(subject));
      },
      send: ({ message, wire }, mayLeave) => this.#send(alive, message, wire, mayLeave),
      readStatus: ({ signature, lastValidBlockHeight }) =>
        call(() => this.#status(signature, lastValidBlockHeight)),
      judge: (subject, after) =>
        call((): Result<Judgement, KeelError> => {
          const wrong = (subject.operation.expectation?.changes ?? []).filter((each) => {
            const spots = after.get(each.vaultId)?.spotPositions;
            const seen = spots?.find((spot) => spot.marketIndex === each.marketIndex);
            return seen?.scaledBalance !== each.scaledBefore + each.change * SCALED;
          });
          return wrong.length === 0
            ? ok({ kind: 'as-expected', words: 'As expected.' })
            : ok({ kind: 'differs', error: errorOf('OPERATION_DISCREPANT') });
        }),
      close: () => undefined,
    };
  }

  async #call<Value>(
    alive: () => boolean,
    work: () => Result<Value, KeelError>,
  ): Promise<Result<Value, KeelError>> {
    if (!alive()) return await never();
    this.asked += 1;
    const fault = this.callFaults.shift() ?? this.standingCall;
    await this.#clock.sleep(20);
    if (!alive()) return await never();
    if (fault === 'throw') throw new Error('a bug in the venue');
    if (fault === 'timeout') return err(errorOf('RPC_TIMEOUT'));
    if (fault === 'behind') return err(errorOf('NODE_BEHIND'));
    return work();
  }

  #facts(vault: EngineVault): CapitalFacts {
    const held = this.balance(vault.id);
    const amount = held ?? 0n;
    return {
      slot: slot(this.#accounts.slot),
      observedAtMs: this.#clock.nowMs(),
      signerRole: 'owner',
      signerKey: SIGNER_KEY,
      walletLamports: lamports(1_000_000_000n),
      exchangePaused: [],
      accountFlags: [],
      accountExists: held !== null,
      nextSubAccountId: this.nextSubAccountId,
      createCost: lamports(30_000_000n),
      networkFee: lamports(5_000n),
      tokens: [
        {
          token: USDC,
          walletAmount: tokenAmount(this.wallet),
          vaultAmount: tokenAmount(amount),
          oraclePrice: price(1_000_000n),
          status: 'active',
          pausedOperations: [],
          depositRoom: null,
          withdrawable: tokenAmount(amount),
          guardRoom: tokenAmount(amount),
          withdrawableAtHealth: tokenAmount(amount),
          tokenAccountRent: lamports(0n),
        },
      ],
    };
  }

  #plan({ operation }: CapitalSubject): Result<CapitalPlan, KeelError> {
    const { intent } = operation;
    const changes = changesOf(intent).map(({ id, change }): BalanceChange => ({
      vaultId: id,
      symbol: USDC.symbol,
      marketIndex: USDC.marketIndex,
      decimals: USDC.decimals,
      change: tokenAmount(change),
      scaledBefore: (this.balance(id) ?? 0n) * SCALED,
    }));
    const opensSubAccount = intent.kind === 'create-sub-account' ? intent.vault.subAccountId : null;
    const expectation = { slotBefore: slot(this.#accounts.slot), changes, opensSubAccount };
    return ok({ expectation, signerKey: SIGNER_KEY });
  }

  #simulate(plan: CapitalPlan) {
    if (this.simulationFails) return err(errorOf('SIMULATION_FAILED'));
    const at = { slot: this.#accounts.slot, nowMs: this.#clock.nowMs() };
    const after = plan.expectation.changes.map(({ vaultId, change, scaledBefore }) => {
      const snapshot = snapshotOf({ usdc: scaledBefore / SCALED + change }, at);
      const figures = { ...snapshot.figures, health: this.health };
      return { vaultId, snapshot: { ...snapshot, figures } };
    });
    return ok({
      slot: slot(at.slot),
      after,
      walletLamportsChange: lamports(-5_000n),
      walletTokenChange: null,
      computeUnits: 100_000,
    });
  }

  async #approve(alive: () => boolean): Promise<Result<ApprovalKind, KeelError>> {
    if (!alive() || this.approves === null) return await never();
    if (this.approvalMs > 0) await this.#clock.sleep(this.approvalMs);
    return await this.#call(alive, () => {
      if (this.locked) return err(errorOf('SIGNER_LOCKED'));
      return this.approves === true ? ok('confirmed' as const) : err(errorOf('APPROVAL_DECLINED'));
    });
  }

  #build({ operation }: CapitalSubject) {
    this.#builds += 1;
    const message = `message ${this.#builds} ${memoOf(operation.id)}`;
    const lastValid = this.height + VALID_BLOCKS;
    this.#messages.set(message, { operation: operation.id, intent: operation.intent, lastValid });
    return ok({
      message,
      blockhash: `hash ${this.#builds}`,
      lastValidBlockHeight: lastValid,
      builtAtSlot: slot(this.#accounts.slot),
      genesisHash: null,
      signature: null,
      wire: null,
    });
  }

  #isApproved({ operation }: CapitalSubject): boolean {
    const row = this.#journal.load(operation.id);
    const message = operation.transaction?.message ?? '';
    return row?.state === 'approved' && row.transaction?.message === message && message !== '';
  }

  /** At the moment at which it is asked: what has ended meanwhile was asked for rightly. */
  #noteSigning(subject: CapitalSubject): void {
    const { id, transaction } = subject.operation;
    if (this.#isApproved(subject)) return;
    const state = this.#journal.load(id)?.state;
    this.violations.push(`asked to sign ${transaction?.message} while on record: ${state}`);
  }

  #sign(subject: CapitalSubject) {
    const { operation } = subject;
    const message = operation.transaction?.message ?? '';
    if (!this.#isApproved(subject)) return err(errorOf('SIGNER_REFUSED'));
    if (this.locked) return err(errorOf('SIGNER_LOCKED'));
    const signed = this.#signed.get(operation.id) ?? new Set();
    this.#signed.set(operation.id, signed.add(message));
    return ok({ signature: `signature of ${message}`, wire: `wire of ${message}` });
  }

  async #send(
    alive: () => boolean,
    message: string,
    wire: string | null,
    mayLeave: () => boolean = () => true,
  ): Promise<Result<null, KeelError>> {
    if (this.sendWaitMs > 0) await this.#clock.sleep(this.sendWaitMs);
    if (!alive()) return await never();
    if (!mayLeave()) return err(errorOf('GATE_CLOSED'));
    const known = this.#messages.get(message);
    if (known === undefined || wire === null) {
      this.violations.push(`sent unknown bytes ${message}`);
      return err(errorOf('RPC_REFUSED'));
    }
    const row = this.#journal.load(known.operation);
    const permitted = row?.state === 'submitted' || row?.state === 'unresolved';
    if (!permitted || row.transaction?.wire !== wire) {
      this.violations.push(`sent ${wire} while on record: ${row?.state}`);
    }
    this.sends.push({ operation: known.operation, wire });
    const fault = this.sendFaults.shift() ?? this.standingSend;
    if (fault === 'land' || fault === 'lose-reply') this.#land(message, 'landed');
    if (fault === 'fail') this.#land(message, 'failed');
    if (fault === 'late') this.#clock.schedule(this.lateMs, () => this.#land(message, 'landed'));
    await this.#clock.sleep(20);
    if (!alive()) return await never();
    return fault === 'lose-reply' || fault === 'refuse' ? err(errorOf('RPC_TIMEOUT')) : ok(null);
  }

  /** As on a chain: once at most, and not after its last valid block. */
  #land(message: string, fate: 'landed' | 'failed'): void {
    const known = this.#messages.get(message);
    const signature = `signature of ${message}`;
    if (known === undefined || this.#sent.has(signature) || this.height > known.lastValid) return;
    if (this.fateOf(known.operation) === 'landed') this.violations.push('landed twice');
    if (fate === 'landed') this.#apply(known.intent);
    const { operation, lastValid } = known;
    this.#sent.set(signature, { operation, lastValid, fate, slot: this.#accounts.slot });
  }

  #apply(intent: CapitalIntent): void {
    if (intent.kind === 'create-sub-account') {
      this.nextSubAccountId += 1;
      const { id, subAccountId } = intent.vault;
      this.#accounts.set(this.opensAs.get(subAccountId) ?? id, { usdc: 0n });
      return;
    }
    if (intent.kind === 'deposit') this.wallet -= intent.amount;
    if (intent.kind === 'withdraw') this.wallet += intent.amount;
    for (const { id, change } of changesOf(intent)) {
      this.#accounts.set(id, { usdc: (this.balance(id) ?? 0n) + change - this.skim });
    }
  }

  #status(signature: string | null, lastValid: bigint): Result<TransactionStatus, KeelError> {
    const sent = signature === null ? undefined : this.#sent.get(signature);
    if (sent?.fate === 'landed') return ok({ kind: 'landed', slot: slot(sent.slot) });
    if (sent?.fate === 'failed') {
      const error = errorOf('FAILED_ON_CHAIN');
      return ok({ kind: 'failed', slot: slot(sent.slot), error });
    }
    const finalizedBlockHeight = this.height - FINALITY_BLOCKS - this.heightBehind;
    return this.provesExpiry && finalizedBlockHeight > lastValid
      ? ok({ kind: 'expired', finalizedBlockHeight, proof: 'Nothing of it is known.' })
      : ok({ kind: 'unknown', finalizedBlockHeight });
  }
}

function changesOf(intent: CapitalIntent): { readonly id: VaultId; readonly change: bigint }[] {
  switch (intent.kind) {
    case 'deposit':
      return [{ id: intent.vaultId, change: intent.amount }];
    case 'withdraw':
      return [{ id: intent.vaultId, change: 0n - intent.amount }];
    case 'transfer':
      return [
        { id: intent.vaultId, change: 0n - intent.amount },
        { id: intent.toVaultId, change: intent.amount },
      ];
    case 'create-sub-account':
      return [];
  }
}

function errorOf(code: ErrorCode): KeelError {
  return keelError(code, 'retry', `Scripted ${code}.`, 'Nothing to do.');
}

const never = <Value>(): Promise<Value> => new Promise<Value>(() => undefined);

/** Stands in where a test moves no capital. */
export function refusingCapitalVenue(): CapitalVenue {
  const refuse = () => Promise.resolve(err(errorOf('RPC_UNREACHABLE')));
  return {
    readFacts: refuse,
    plan: refuse,
    simulate: refuse,
    approve: refuse,
    withdrawApproval: () => undefined,
    build: refuse,
    sign: refuse,
    send: refuse,
    readStatus: refuse,
    judge: refuse,
    close: () => undefined,
  };
}
