import { Keypair } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { Bank } from '#main/practice/chain/bank.ts';
import { USUAL_DEPTHS } from '#main/practice/chain/commitment.ts';
import { FaultPlan } from '#main/practice/faults/fault-plan.ts';
import { NodeView } from '#main/practice/rpc/node-view.ts';
import { newSlots, resultsFor, toldUntil } from '#main/practice/rpc/notifications.ts';
import type { Told } from '#main/practice/rpc/notifications.ts';
import { watchOf } from '#main/practice/rpc/subscription-params.ts';
import { emptyWorld } from '#test/support/practice-chain.ts';

const NOW = 1_800_000_000n;
const address = Keypair.generate().publicKey.toBase58();

let bank: Bank;
let plan: FaultPlan;
let view: NodeView;
let told: Told;

beforeEach(() => {
  bank = Bank.create('genesis', emptyWorld(), NOW);
  plan = new FaultPlan(1);
  view = new NodeView(bank, plan, USUAL_DEPTHS);
  told = toldUntil(view);
});

/** Lamports told to a subscriber of the address when the next slot has ended. */
function nextSlot(commitment: string): number[] {
  bank.advance(NOW);
  const watch = watchOf('accountSubscribe', [address, { commitment, encoding: 'base64' }]);
  const results = resultsFor(bank, view, watch, newSlots(view, told));
  return results.map((result) => (result as { value: { lamports: number } }).value.lamports);
}

describe('account notifications', () => {
  it('come at their commitment: at once, a slot later, and when final', () => {
    bank.credit(address, 5n);
    expect(nextSlot('processed')).toEqual([5]);
    bank.credit(address, 5n);
    expect(nextSlot('confirmed')).toEqual([5]);
    expect(nextSlot('confirmed')).toEqual([10]);
    const final = Array.from({ length: 32 }, () => nextSlot('finalized')).flat();
    expect(final).toEqual([5, 10]);
  });

  it('of a lagging node come late, each once', () => {
    plan.set({ lagSlots: 3 });
    bank.credit(address, 7n);
    expect([1, 2, 3].flatMap(() => nextSlot('processed'))).toEqual([]);
    expect(nextSlot('processed')).toEqual([7]);
    bank.credit(address, 1n);
    nextSlot('processed');
    plan.set({});
    expect(nextSlot('processed')).toEqual([8]);
    expect(nextSlot('processed')).toEqual([]);
  });

  it('tell of an account that is gone', () => {
    bank.credit(address, 7n);
    nextSlot('processed');
    bank.accounts.put(address, null, bank.slot + 1n);
    expect(nextSlot('processed')).toEqual([0]);
  });
});
