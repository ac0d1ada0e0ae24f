import { useEffect, useState } from 'react';
import type { PaperEntryKind } from '#domain/paper-account.ts';
import { quoteAmount } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { ResponseOf } from '#ipc/contract.ts';
import { request } from '#renderer/stores/commands.ts';
import { TimeOf } from '#renderer/ui/age.tsx';
import { GainLoss, Quote } from '#renderer/ui/figures.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { EmptyState, FailedState, LoadingState } from '#renderer/ui/states.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

type Entries = ResponseOf<'vault.loadPaperEntries'>['entries'];

const LIMIT = 100;

const KIND_WORDS: Readonly<Record<PaperEntryKind, string>> = {
  allocate: 'Allocated',
  credit: 'Credited',
  debit: 'Debited',
  reset: 'Reset',
  seed: 'Seeded',
};

function NoEntries({ loading }: { readonly loading: boolean }) {
  return loading ? (
    <LoadingState text="Reading the ledger" />
  ) : (
    <EmptyState title="No entry yet" text="Crediting, debiting and resetting leave one each." />
  );
}

/** The paper vault's ledger, newest first; loaded again when an entry has been added. */
export function PaperLedger({ view }: { readonly view: VaultView }) {
  const { id } = view.vault;
  const entry = view.state.observation?.snapshot.slot;
  const [entries, setEntries] = useState<Entries | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void request('vault.loadPaperEntries', { vaultId: id, limit: LIMIT }).then((answer) => {
      if (!current) return;
      if (answer.ok) setEntries(answer.value.entries);
      setFailure(answer.ok ? null : `${answer.error.message} ${answer.error.advice}`);
    });
    return () => {
      current = false;
    };
  }, [id, entry]);

  const sorted = [...(entries ?? [])].sort((left, right) => right.revision - left.revision);
  return (
    <Panel title="Ledger" testId={TEST_IDS.paperLedger}>
      {failure !== null && (
        <FailedState title="The ledger could not be read" error={{ message: failure }} />
      )}
      {failure === null && sorted.length === 0 ? (
        <NoEntries loading={entries === null} />
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label="Ledger entries">
          <table className="data-table">
            <thead>
              <tr>
                <th className="num ledger-number">Entry</th>
                <th>At</th>
                <th>Kind</th>
                <th className="num">Change</th>
                <th className="num">Cash after</th>
                <th>Note</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((line) => (
                <tr key={line.revision}>
                  <td className="num ledger-number faint">{formatInteger(line.revision)}</td>
                  <td>
                    <TimeOf atMs={line.atMs} />
                  </td>
                  <td>{KIND_WORDS[line.kind]}</td>
                  <td className="num">
                    <GainLoss amount={quoteAmount(line.change)} observedAtMs={line.atMs} />
                  </td>
                  <td className="num">
                    <Quote amount={line.cashAfter} observedAtMs={line.atMs} />
                  </td>
                  <td className="muted">{line.note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
