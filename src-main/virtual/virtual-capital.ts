/**
 * Capital on paper: the same port as the chain's, over the ledger. The ledger's next revision stands in for the last
 * valid block height: a line that did not get its place can never get it any more, which is the proof of its expiry.
 */
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { TokenRef } from '#domain/capital-intent.ts';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { MAX_PAPER_CASH } from '#domain/paper-ledger.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { lamports, price, slot, tokenAmount } from '#domain/units.ts';
import type {
  CapitalPlan,
  CapitalSubject,
  CapitalVenue,
  Clock,
  PaperLedger,
  TransactionStatus,
} from '#main/engine/ports.ts';
import { judgeOnPaper } from './judge-on-paper.ts';
import { ledgerFault, noLedger } from './ledger-errors.ts';
import { linesOf } from './paper-lines.ts';
import { readPaperMessage, writePaperMessage, type PaperMessage } from './paper-message.ts';
import { snapshotOf } from './virtual-reader.ts';

export interface VirtualCapitalParts {
  readonly ledger: PaperLedger;
  readonly clock: Clock;
  /** What paper money counts as on this network: its quote token. */
  readonly quote: Pick<TokenRef, 'symbol' | 'mint'>;
}

const ONE_QUOTE = price(1_000_000n);
const NO_LAMPORTS = lamports(0n);

/** The paper venue of one network. Paper has no wallet, no fee and no signer; opening a sub-account is refused. */
export function createVirtualCapital(parts: VirtualCapitalParts): CapitalVenue {
  const { ledger, clock } = parts;
  return {
    readFacts: (vault) => answer(() => readFacts(parts, vault)),
    plan: (subject) => answer(() => planOf(parts, subject)),
    simulate: (subject) =>
      answer(() => {
        const lines = linesOf(ledger, subject, clock.nowMs());
        if (!lines.ok) return lines;
        return ok({
          slot: slot(BigInt(lines.value[0].entry.revision)),
          after: lines.value.map(({ vaultId, entry: { cashAfter: cash, revision, atMs } }) => ({
            vaultId,
            snapshot: snapshotOf({ cash, revision, changedAtMs: atMs }, clock.nowMs()),
          })),
          walletLamportsChange: null,
          walletTokenChange: null,
          computeUnits: 0,
        });
      }),
    approve: () => answer(() => ok('below-threshold' as const)),
    build: (subject, plan) => answer(() => build(parts, subject, plan)),
    sign: ({ operation: { id, transaction } }) =>
      answer(() =>
        transaction === null
          ? err(unbuilt(id))
          : ok({ signature: `paper-${id}`, wire: transaction.message }),
      ),
    send: (transaction) => withMessage(transaction, (message) => send(ledger, message)),
    readStatus: (transaction) => withMessage(transaction, (message) => statusOf(ledger, message)),
    judge: ({ operation }, after) =>
      answer(() => {
        if (operation.transaction === null) return err(unbuilt(operation.id));
        const message = readPaperMessage(operation.transaction.message);
        if (!message.ok) return message;
        return ok(judgeOnPaper(ledger, operation.expectation, message.value, after));
      }),
    withdrawApproval: () => undefined,
    close: () => undefined,
  };
}

function readFacts(
  { ledger, clock, quote }: VirtualCapitalParts,
  vault: EngineVault,
): Result<CapitalFacts, KeelError> {
  const account = ledger.loadAccount(vault.id);
  if (account === null) return err(noLedger(vault.name));
  const cash = tokenAmount(account.cash);
  return ok({
    slot: slot(BigInt(account.revision)),
    observedAtMs: clock.nowMs(),
    signerRole: 'owner',
    signerKey: null,
    walletLamports: null,
    exchangePaused: [],
    accountFlags: [],
    accountExists: true,
    nextSubAccountId: 0,
    createCost: NO_LAMPORTS,
    networkFee: NO_LAMPORTS,
    tokens: [
      {
        token: tokenOf(quote),
        // Nothing but the room in the ledger limits what is made up.
        walletAmount: tokenAmount(MAX_PAPER_CASH),
        vaultAmount: cash,
        oraclePrice: ONE_QUOTE,
        status: 'active',
        pausedOperations: [],
        depositRoom: tokenAmount(MAX_PAPER_CASH - account.cash),
        withdrawable: cash,
        guardRoom: cash,
        withdrawableAtHealth: cash,
        tokenAccountRent: NO_LAMPORTS,
      },
    ],
  });
}

function tokenOf({ symbol, mint }: VirtualCapitalParts['quote']): TokenRef {
  return { symbol, marketIndex: 0, mint, decimals: 6 };
}

function planOf(
  { ledger, clock, quote }: VirtualCapitalParts,
  subject: CapitalSubject,
): Result<CapitalPlan, KeelError> {
  const lines = linesOf(ledger, subject, clock.nowMs());
  if (!lines.ok) return lines;
  const { symbol, marketIndex, decimals } = tokenOf(quote);
  return ok({
    signerKey: null,
    expectation: {
      slotBefore: slot(BigInt(lines.value[0].entry.revision - 1)),
      changes: lines.value.map(({ vaultId, entry: { change, cashAfter } }) => ({
        ...{ vaultId, symbol, marketIndex, decimals },
        change: tokenAmount(change),
        scaledBefore: cashAfter - change,
      })),
      opensSubAccount: null,
    },
  });
}

function build(
  { ledger, clock }: VirtualCapitalParts,
  subject: CapitalSubject,
  { expectation }: CapitalPlan,
): Result<OperationTransaction, KeelError> {
  const lines = linesOf(ledger, subject, clock.nowMs());
  if (!lines.ok) return lines;
  const moved = lines.value.find(
    ({ entry: { change, cashAfter } }, index) =>
      expectation.changes[index]?.scaledBefore !== cashAfter - change,
  );
  if (moved !== undefined) return err(changedMeanwhile(moved.vaultId));
  const { revision } = lines.value[0].entry;
  return ok({
    message: writePaperMessage({ operationId: subject.operation.id, lines: lines.value }),
    blockhash: `revision ${revision - 1}`,
    lastValidBlockHeight: BigInt(revision),
    builtAtSlot: slot(BigInt(revision - 1)),
    genesisHash: null,
    signature: null,
    wire: null,
  });
}

function send(ledger: PaperLedger, { operationId, lines }: PaperMessage): Result<null, KeelError> {
  const isThere = lines.every(({ vaultId }) => ledger.loadOperationEntry(vaultId, operationId));
  if (!isThere) ledger.appendAll(lines);
  return ok(null);
}

function statusOf(
  ledger: PaperLedger,
  { operationId, lines }: PaperMessage,
): Result<TransactionStatus, KeelError> {
  const landed = lines.map(({ vaultId }) => ledger.loadOperationEntry(vaultId, operationId));
  if (landed.every((entry) => entry !== null)) {
    return ok({ kind: 'landed', slot: slot(BigInt(landed[0]?.revision ?? 0)) });
  }
  const heads = lines.map(({ vaultId }) => ledger.loadAccount(vaultId)?.revision ?? null);
  const finalizedBlockHeight = BigInt(heads[0] ?? 0);
  const taken = lines.find(({ entry }, index) => (heads[index] ?? -1) >= entry.revision);
  if (taken === undefined) return ok({ kind: 'unknown', finalizedBlockHeight });
  const proof = `Line ${taken.entry.revision} of the ledger is another one: this one cannot be added any more.`;
  return ok({ kind: 'expired', finalizedBlockHeight, proof });
}

function withMessage<Value>(
  { message }: OperationTransaction,
  work: (message: PaperMessage) => Result<Value, KeelError>,
): Promise<Result<Value, KeelError>> {
  return answer(() => {
    const read = readPaperMessage(message);
    return read.ok ? work(read.value) : read;
  });
}

/** The ledger throws what it cannot do; the port never rejects. */
function answer<Value>(work: () => Result<Value, KeelError>): Promise<Result<Value, KeelError>> {
  try {
    return Promise.resolve(work());
  } catch (thrown) {
    return Promise.resolve(err(ledgerFault('The paper ledger cannot be used', thrown)));
  }
}

function changedMeanwhile(vault: VaultId): KeelError {
  return keelError(
    'CAPITAL_DENIED',
    'fix-input',
    `The ledger of paper vault ${vault} changed after the operation was checked.`,
    'Ask for the operation again: it is then checked against the balance of now.',
  );
}

function unbuilt(operation: string): KeelError {
  return keelError(
    'ENGINE_FAULT',
    'operator',
    `Operation ${operation} has no message yet.`,
    'Send the log to the support and restart Keel.',
  );
}
