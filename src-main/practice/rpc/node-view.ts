import type { Bank } from '../chain/bank.ts';
import type { Commitment, CommitmentDepths } from '../chain/commitment.ts';
import { depthOf } from '../chain/commitment.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { ContextConfig } from './rpc-params.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';

/** How far the node sees: the chain itself, or an earlier slot of it while the node lags. */
export class NodeView {
  readonly #bank: Bank;
  readonly #plan: FaultPlan;
  readonly #depths: CommitmentDepths;
  /** Where the node stands still while the chain goes on; null: it does not. */
  #frozenAt: bigint | null = null;

  constructor(bank: Bank, plan: FaultPlan, depths: CommitmentDepths) {
    this.#bank = bank;
    this.#plan = plan;
    this.#depths = depths;
  }

  /** Slots that the node is behind the chain. */
  get lag(): bigint {
    return this.#bank.slot - this.slotAt('processed');
  }

  /** Newest slot that the node knows at a commitment; never older than what the chain remembers. */
  slotAt(commitment: Commitment): bigint {
    const lag = BigInt(this.#plan.faults.lagSlots ?? 0);
    const slot = this.#tip() - lag - depthOf(commitment, this.#depths);
    const oldest = this.#bank.blocks.oldest.slot;
    return slot < oldest ? oldest : slot;
  }

  #tip(): bigint {
    const { slot } = this.#bank;
    this.#frozenAt = this.#plan.faults.freezeSlots === true ? (this.#frozenAt ?? slot) : null;
    return this.#frozenAt ?? slot;
  }

  /** The slot that answers a call. Throws -32016 when the caller has seen a newer one. */
  contextSlot(config: ContextConfig, byDefault: Commitment = 'finalized'): bigint {
    const slot = this.slotAt(config?.commitment ?? byDefault);
    const minimum = config?.minContextSlot ?? null;
    if (minimum !== null && slot < BigInt(minimum)) {
      throw new RpcError(
        RPC_CODE.minContextSlotNotReached,
        'Minimum context slot has not been reached',
        { contextSlot: Number(slot) },
      );
    }
    return slot;
  }

  commitmentOf(slot: bigint): Commitment {
    if (slot <= this.slotAt('finalized')) return 'finalized';
    return slot <= this.slotAt('confirmed') ? 'confirmed' : 'processed';
  }
}
