import { OperationList } from './operation-list.tsx';

/** Every capital operation of every vault, from the journal. */
export function OperationsScreen() {
  return (
    <main className="screen screen-scroll">
      <div className="screen-head">
        <h1>Operations</h1>
        <p className="screen-lead">Money in, out and between your own sub-accounts.</p>
      </div>
      <OperationList vaultId={null} title="All vaults" />
    </main>
  );
}
