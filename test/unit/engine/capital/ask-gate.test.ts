import { describe, expect, it } from 'vitest';
import { GATE_CODES, type GateCode, type TradingAct } from '#domain/gate-reason.ts';
import { vaultId, type VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { refusalByGate } from '#main/engine/capital/ask-gate.ts';
import type { Gatekeeper } from '#main/engine/risk/gatekeeper.ts';
import type { VaultBook } from '#main/engine/vault-book.ts';

const [FROM, TO, GONE] = ['from', 'to', 'gone'].map((id) => vaultId(id)) as [
  VaultId,
  VaultId,
  VaultId,
];
const NO = keelError('GATE_CLOSED', 'operator', 'No.', 'Wait.');
const HALTED = keelError('GATE_CLOSED', 'operator', 'Halted.', 'Lift it.');

/** A gate that is shut for the given vaults, and tells what it was asked. */
function gateFor(shut: readonly VaultId[] = [], halted = false) {
  const asked: [VaultId, TradingAct][] = [];
  const counted: ((code: GateCode) => boolean)[] = [];
  const gate = {
    refusal({ vault }: VaultView, act: TradingAct, counts: (code: GateCode) => boolean) {
      asked.push([vault.id, act]);
      counted.push(counts);
      return shut.includes(vault.id) ? NO : null;
    },
    refusalOfAll: () => (halted ? HALTED : null),
  } as unknown as Gatekeeper;
  const vaults = {
    get: (id: VaultId) => (id === GONE ? undefined : { vault: { id } }),
  } as unknown as VaultBook;
  return {
    asked,
    counted,
    ask: (of: Parameters<typeof refusalByGate>[0]) => refusalByGate(of, gate, vaults),
  };
}

describe('what an operation asks of the gate', () => {
  it('is of a transfer both ends, each for its own part', () => {
    const open = gateFor();
    expect(open.ask({ kind: 'transfer', vaultId: FROM, toVaultId: TO })).toBeNull();
    expect(open.asked).toEqual([
      [FROM, 'withdraw'],
      [TO, 'deposit'],
    ]);
    expect(gateFor([TO]).ask({ kind: 'transfer', vaultId: FROM, toVaultId: TO })).toBe(NO);
  });

  it.each(['deposit', 'withdraw'] as const)('is of a %s that alone', (kind) => {
    const { ask, asked } = gateFor();
    expect(ask({ kind, vaultId: FROM })).toBeNull();
    expect(asked).toEqual([[FROM, kind]]);
  });

  it('is of what has no vault yet, or none any more, whether everything is halted', () => {
    const open = gateFor();
    const halted = gateFor([], true);
    for (const of of [
      { kind: 'create-sub-account' },
      { kind: 'deposit', vaultId: GONE },
    ] as const) {
      expect(open.ask(of)).toBeNull();
      expect(halted.ask(of)).toBe(HALTED);
    }
  });

  it('leaves to the operation only what it reads for itself', () => {
    const { ask, counted } = gateFor();
    ask({ kind: 'withdraw', vaultId: FROM });
    const left = GATE_CODES.filter((code) => counted[0]?.(code) === false);
    expect(left.toSorted()).toEqual([
      'account-bankrupt',
      'account-being-liquidated',
      'account-reduce-only',
      'exchange-paused',
      'key-delegate',
      'market-closed',
      'market-paused',
      'market-reduce-only',
      'no-key',
      'operation-open',
      'operation-unresolved',
    ]);
  });
});
