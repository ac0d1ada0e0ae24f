/** What an operation asks of the gate: before it is on record, and before each state that brings it nearer to the chain. */
import type { GateCode, TradingAct } from '#domain/gate-reason.ts';
import type { VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Gatekeeper } from '../risk/gatekeeper.ts';
import type { VaultBook } from '../vault-book.ts';

/** A request, or the intent on record. */
type AskedOfGate =
  | { readonly kind: 'deposit' | 'withdraw'; readonly vaultId: VaultId }
  | { readonly kind: 'transfer'; readonly vaultId: VaultId; readonly toVaultId: VaultId }
  | { readonly kind: 'create-sub-account' };

/**
 * The operation's own checks judge these on figures that are read for it, and say so in words of their own (C2); and its
 * locks keep every other operation away, so that an open one here is itself (C6).
 */
const JUDGED_BY_THE_OPERATION: readonly GateCode[] = [
  'operation-open',
  'operation-unresolved',
  'account-bankrupt',
  'account-being-liquidated',
  'account-reduce-only',
  'exchange-paused',
  'market-closed',
  'market-paused',
  'market-reduce-only',
  'no-key',
  'key-delegate',
];

const counts = (code: GateCode): boolean => !JUDGED_BY_THE_OPERATION.includes(code);

/** The first end of the operation that may not do its part; null: it may go on. */
export function refusalByGate(
  asked: AskedOfGate,
  gate: Gatekeeper,
  vaults: VaultBook,
): KeelError | null {
  if (asked.kind === 'create-sub-account') return gate.refusalOfAll();
  for (const [vaultId, act] of endsOf(asked)) {
    const view = vaults.get(vaultId);
    const refusal = view === undefined ? gate.refusalOfAll() : gate.refusal(view, act, counts);
    if (refusal !== null) return refusal;
  }
  return null;
}

function endsOf(
  asked: Exclude<AskedOfGate, { readonly kind: 'create-sub-account' }>,
): readonly (readonly [VaultId, TradingAct])[] {
  if (asked.kind !== 'transfer') return [[asked.vaultId, asked.kind]];
  return [
    [asked.vaultId, 'withdraw'],
    [asked.toVaultId, 'deposit'],
  ];
}
