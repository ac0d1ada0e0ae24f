import { ArrowRight } from 'lucide-react';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import { useVaultName } from '#renderer/stores/selectors.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { simulatedVaults, stillBefore, walletChange } from './simulated-lines.ts';

/** Before → after as the node told it (C3). */
export function SimulatedChanges({ operation }: { readonly operation: CapitalOperation }) {
  const views = useVaultStore((state) => state.views);
  const nameOf = useVaultName();
  if (operation.simulation === null) return null;
  const isBefore = stillBefore(operation);
  const vaults = simulatedVaults(operation, (id) =>
    isBefore ? (views.get(id)?.state.observation?.snapshot ?? null) : null,
  );
  const wallet = walletChange(operation);
  return (
    <section className="simulation" data-testid={TEST_IDS.operationSimulation}>
      <h3>{isBefore ? 'What would change' : 'What the simulation showed'}</h3>
      {vaults.map(({ vaultId, lines }) => (
        <table key={vaultId} className="simulation-table">
          <caption>{nameOf(vaultId)}</caption>
          <tbody>
            {lines.map(({ label, before, after }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className="num">{before}</td>
                <td className="simulation-arrow">
                  {before !== null && <ArrowRight size={12} aria-label="becomes" role="img" />}
                </td>
                <td className="num simulation-after">{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      {wallet !== null && (
        <p className="simulation-wallet">
          <span>Wallet</span>
          <span className="num">{wallet}</span>
        </p>
      )}
      <p className="faint simulation-source">
        {operation.vaultType === 'virtual'
          ? 'Reckoned on this computer’s ledger.'
          : 'Simulated by the node: its word, shown and not trusted.'}
      </p>
    </section>
  );
}
