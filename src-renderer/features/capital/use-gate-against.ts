import { useMemo } from 'react';
import type { TokenFacts } from '#domain/capital-facts.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { GateReason } from '#domain/gate-reason.ts';
import { useSpotMarket } from '#renderer/stores/exchanges.ts';
import { gateOf } from '#renderer/stores/gates.ts';
import { useSurroundings } from '#renderer/stores/selectors.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';

/** What the gate has against moving this token: of the vault it leaves, and of the one it goes to. */
export function useGateAgainst(
  kind: MoveKind,
  vault: EngineVault,
  toVault: EngineVault | undefined,
  token: TokenFacts | undefined,
): readonly GateReason[] {
  const around = useSurroundings();
  const views = useVaultStore((state) => state.views);
  const spot = useSpotMarket(vault.network, token?.token.marketIndex ?? -1);
  // A ledger on this computer asks no market.
  const market = vault.vaultType === 'virtual' ? null : spot;
  return useMemo(() => {
    const from = views.get(vault.id);
    const to = toVault === undefined ? undefined : views.get(toVault.id);
    const leaving =
      from === undefined
        ? []
        : gateOf(from, kind === 'deposit' ? 'deposit' : 'withdraw', around, market).reasons;
    const entering =
      kind === 'transfer' && to !== undefined ? gateOf(to, 'deposit', around, market).reasons : [];
    const told = new Set(leaving.map(({ text }) => text));
    return [...leaving, ...entering.filter(({ text }) => !told.has(text))];
  }, [around, views, vault.id, toVault, market, kind]);
}
