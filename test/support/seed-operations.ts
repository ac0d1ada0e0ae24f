/** Capital operations of a past year in every state, a few of them still open, on record as the journal keeps them. */
import { advanceOperation, newOperation, type OperationEvent } from '#domain/advance-operation.ts';
import { vaultsOf, type CapitalIntent } from '#domain/capital-intent.ts';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { address, operationId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { lamports, quoteAmount, slot, tokenAmount, unixMs, type UnixMs } from '#domain/units.ts';
import type { WritableDb } from '#main/store/database.ts';
import { operationJournalOn } from '#main/store/operation-journal.ts';
import { insertOperation, operationNumber, updateOperation } from '#main/store/operation-rows.ts';
import type { SeededRandom } from './seeded-random.ts';

const TOKENS = [
  {
    ...{ symbol: 'USDC', marketIndex: 0, decimals: 6 },
    mint: address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
  },
  {
    ...{ symbol: 'SOL', marketIndex: 1, decimals: 9 },
    mint: address('So11111111111111111111111111111111111111112'),
  },
] as const;

const SIGNER = address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');
const SENT = ['validated', 'planned', 'simulated', 'approved', 'signed', 'submitted'] as const;
const LANDED = [...SENT, 'confirmed', 'synced'] as const;

type Kind = OperationEvent['kind'];

const DONE = [...LANDED, 'verified'] as const;
const VERIFIED = [DONE, DONE, DONE, DONE, DONE, DONE, DONE, DONE] as const;

/** What becomes of them, as often as it is listed. */
const LIVES: readonly [readonly Kind[], ...(readonly Kind[])[]] = [
  ...VERIFIED,
  [...SENT, 'unresolved', 'confirmed', 'synced', 'verified'],
  ['denied'],
  ['validated', 'planned', 'simulated', 'denied'],
  ['validated', 'planned', 'rejected'],
  [...SENT, 'rejected'],
  [...SENT, 'unresolved', 'expired'],
  [...LANDED, 'discrepant'],
];

export interface OperationsOrder {
  readonly vaults: readonly [EngineVault, ...EngineVault[]];
  readonly count: number;
  /** Of them still open, each on a vault of its own: unresolved, its bytes sent. */
  readonly open: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Writes them, the oldest first, and gives back their last states. */
export function seedOperations(
  db: WritableDb,
  random: SeededRandom,
  order: OperationsOrder,
): readonly CapitalOperation[] {
  const { vaults, count, open, fromMs, toMs } = order;
  return Array.from({ length: count }, (_, number) => {
    const atMs = Math.floor(fromMs + ((toMs - fromMs) * number) / count);
    const isOpen = number >= count - open;
    const vault = isOpen
      ? (vaults[(count - 1 - number) % vaults.length] ?? vaults[0])
      : random.oneOf(vaults);
    const first = newOperation({
      id: operationId(`00000000-0000-4000-9000-${number.toString(16).padStart(12, '0')}`),
      ...{ network: vault.network, vaultType: vault.vaultType, signerKey: null, value: null },
      intent: intentOf(random, vault, vaults),
      ...{ atMs: unixMs(atMs), cause: 'Asked for in the window.' },
    });
    const life: readonly Kind[] = isOpen ? [...SENT, 'unresolved'] : random.oneOf(LIVES);
    let operation = first;
    for (const [step, kind] of life.entries()) {
      operation = advanced(
        operation,
        eventOf(kind, random, number, {
          atMs: unixMs(atMs + (step + 1) * 700),
          wasSent: life.includes('submitted'),
        }),
      );
    }
    // What has ended is written as it stands in the end: of a hundred thousand each step by itself would take a minute.
    if (!isOpen) insertOperation(db, operation);
    else openAndSend(db, first, operation);
    return operation;
  });
}

function openAndSend(db: WritableDb, first: CapitalOperation, sent: CapitalOperation): void {
  const [vaultId] = vaultsOf(first.intent);
  operationJournalOn(db).open(first, [`seeded/${vaultId ?? ''}`]);
  const no = operationNumber(db, first.id);
  if (no !== null) updateOperation(db, no, sent);
}

function intentOf(
  random: SeededRandom,
  vault: EngineVault,
  vaults: readonly [EngineVault, ...EngineVault[]],
): CapitalIntent {
  const token = random.oneOf(TOKENS);
  const amount = tokenAmount(BigInt(random.whole(1, 90_000)) * 10n ** BigInt(token.decimals - 2));
  const move = { vaultId: vault.id, token, amount };
  const other = random.oneOf(vaults);
  if (other.id !== vault.id && other.vaultType === vault.vaultType && random.next() < 0.2) {
    return { kind: 'transfer', ...move, toVaultId: other.id };
  }
  return { kind: random.next() < 0.6 ? 'deposit' : 'withdraw', ...move };
}

function advanced(operation: CapitalOperation, event: OperationEvent): CapitalOperation {
  const next = advanceOperation(operation, event);
  if (!next.ok) throw new Error(next.error.message);
  return next.value;
}

const refusal = keelError(
  'CAPITAL_DENIED',
  'fix-input',
  'The amount is above what may go out: 412.50 USDC.',
  'Ask for less.',
);

function eventOf(
  kind: Kind,
  random: SeededRandom,
  number: number,
  { atMs, wasSent }: { readonly atMs: UnixMs; readonly wasSent: boolean },
): OperationEvent {
  const value = quoteAmount(BigInt(random.whole(1, 20_000)) * 1_000_000n);
  switch (kind) {
    case 'validated':
      return { atMs, cause: 'Every rule holds.', kind, signerKey: SIGNER, value };
    case 'planned': {
      const expectation = { slotBefore: slot(999n), changes: [], opensSubAccount: null };
      return { atMs, cause: 'One transaction.', kind, signerKey: SIGNER, value, expectation };
    }
    case 'simulated': {
      const wallet = { walletLamportsChange: lamports(-5_000n), walletTokenChange: null };
      const simulation = { slot: slot(1_000n), after: [], ...wallet, computeUnits: 70_000 };
      return { atMs, cause: 'The simulation went through.', kind, simulation };
    }
    case 'approved':
      return {
        ...{ atMs, cause: 'Confirmed by the trader.', kind, approval: 'confirmed' },
        transaction: {
          ...{ message: `bWVzc2FnZSAk${number}`, blockhash: `hash${number}`, genesisHash: null },
          ...{ lastValidBlockHeight: 10n ** 12n, builtAtSlot: slot(1_000n) },
          ...{ signature: null, wire: null },
        },
      };
    case 'signed':
      return { atMs, cause: 'Signed.', kind, signature: signatureOf(random, number), wire: 'AQ==' };
    case 'submitted':
      return { atMs, cause: 'Sent to the node.', kind };
    case 'confirmed':
      return { atMs, cause: 'Landed.', kind, landedAtSlot: slot(1_010n) };
    case 'synced':
      return { atMs, cause: 'Read again.', kind };
    case 'verified':
      return { atMs, cause: 'The vault shows exactly the change.', kind };
    case 'rejected': {
      const landedAtSlot = wasSent ? slot(1_010n) : null;
      return { atMs, cause: 'The chain refused it.', kind, error: refusal, landedAtSlot };
    }
    case 'unresolved':
    case 'denied':
    case 'expired':
    case 'discrepant':
      return { atMs, cause: refusal.message, kind, error: refusal };
  }
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function signatureOf(random: SeededRandom, number: number): string {
  const letters = Array.from({ length: 80 }, () => BASE58[random.whole(0, 57)] ?? '1');
  return `${letters.join('')}${number.toString(10).replace(/\d/g, (digit) => BASE58[Number(digit)] ?? '1')}`;
}
