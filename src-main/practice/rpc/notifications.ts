/** What subscribers are told when the node comes to know a slot. Nothing here knows of sockets. */
import { addressOf } from '../chain/account-store.ts';
import type { Bank } from '../chain/bank.ts';
import type { Commitment } from '../chain/commitment.ts';
import type { TransactionRecord } from '../chain/transaction-record.ts';
import { filterOf } from './account-filter.ts';
import { accountJson, versionJson } from './account-json.ts';
import type { NodeView } from './node-view.ts';
import { withContext } from './rpc-method.ts';
import type { Watch } from './subscription-params.ts';

/** Slots that a node told of before, by commitment: it tells of each once, in order. */
export type Told = Record<Commitment, bigint>;

export interface NewSlots {
  readonly processed: readonly bigint[];
  readonly confirmed: readonly bigint[];
  readonly finalized: readonly bigint[];
}

export function toldUntil(view: NodeView): Told {
  return {
    processed: view.slotAt('processed'),
    confirmed: view.slotAt('confirmed'),
    finalized: view.slotAt('finalized'),
  };
}

/** The slots that the view has reached since; moves `told` on. A view that fell back has none until it catches up. */
export function newSlots(view: NodeView, told: Told): NewSlots {
  const since = (commitment: Commitment): readonly bigint[] => {
    const until = view.slotAt(commitment);
    const slots: bigint[] = [];
    for (let slot = told[commitment] + 1n; slot <= until; slot += 1n) slots.push(slot);
    if (until > told[commitment]) told[commitment] = until;
    return slots;
  };
  return {
    processed: since('processed'),
    confirmed: since('confirmed'),
    finalized: since('finalized'),
  };
}

/** Results to send to one subscriber, oldest first. */
export function resultsFor(bank: Bank, view: NodeView, watch: Watch, slots: NewSlots): unknown[] {
  switch (watch.kind) {
    case 'account':
      return slots[watch.commitment]
        .filter((slot) => bank.accounts.changedAt(slot).has(watch.address))
        .map((slot) => {
          const value = accountJson(bank, watch.address, slot, watch.config);
          return withContext(slot, value ?? GONE);
        });
    case 'program':
      return slots[watch.commitment].flatMap((slot) => programResults(bank, watch, slot));
    case 'logs':
      return slots[watch.commitment].flatMap((slot) =>
        bank.history
          .inSlot(slot)
          .filter(
            ({ accountKeys }) => watch.mentions === null || accountKeys.includes(watch.mentions),
          )
          .map((record) => withContext(slot, logsJson(record))),
      );
    case 'signature':
      return signatureResults(bank, view, watch);
    case 'slot':
      return slots.processed.map((slot) => ({
        parent: Number(bank.blocks.at(slot - 1n).slot),
        root: Number(view.slotAt('finalized')),
        slot: Number(slot),
      }));
    case 'root':
      return slots.finalized.map(Number);
  }
}

/** How a node shows an account that was closed. */
const GONE = {
  data: ['', 'base64'],
  executable: false,
  lamports: 0,
  owner: '11111111111111111111111111111111',
  rentEpoch: 0,
  space: 0,
};

function programResults(
  bank: Bank,
  watch: Extract<Watch, { kind: 'program' }>,
  slot: bigint,
): unknown[] {
  const matches = filterOf(watch.filters);
  return [...bank.accounts.changedAt(slot)].flatMap((pubkey) => {
    const version = bank.accounts.versionAt(pubkey, slot);
    if (
      version === null ||
      addressOf(version.account.owner) !== watch.program ||
      !matches(version.account)
    )
      return [];
    return withContext(slot, { pubkey, account: versionJson(bank, version, slot, watch.config) });
  });
}

function logsJson({ signature, err, logs }: TransactionRecord): object {
  return { signature, err, logs };
}

/** At most one result: the transaction's outcome, once the node knows it at the commitment. */
export function signatureResults(
  bank: Bank,
  view: NodeView,
  watch: Extract<Watch, { kind: 'signature' }>,
): unknown[] {
  const record = bank.history.find(watch.signature);
  if (record === null || record.slot > view.slotAt(watch.commitment)) return [];
  return [withContext(view.slotAt(watch.commitment), { err: record.err })];
}
