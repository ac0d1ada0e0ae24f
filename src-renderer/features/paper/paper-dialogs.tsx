import { useState } from 'react';
import type { VirtualVault } from '#domain/engine-vault.ts';
import { vaultId } from '#domain/ids.ts';
import type { RequestOf } from '#ipc/contract.ts';
import { ConfirmDialog } from '#renderer/features/forms/confirm-dialog.tsx';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { useNetworkView, useVaultViews } from '#renderer/stores/selectors.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { SelectField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { formatQuote } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

type PaperChange = RequestOf<'vault.changePaper'>['change'];

const change = (vault: VirtualVault, wanted: PaperChange) =>
  request('vault.changePaper', { vaultId: vault.id, change: wanted });

export function PaperResetDialog({ vault }: { readonly vault: VirtualVault }) {
  const symbol = useNetworkView(vault.network)?.quoteSymbol ?? 'USDC';
  const allocation = `${formatQuote(vault.allocation)} ${symbol}`;
  return (
    <ConfirmDialog
      title={`Reset ${vault.name}?`}
      description={`Its cash becomes ${allocation} again. The ledger keeps every entry.`}
      submit={`Reset to ${allocation}`}
      ask={() => change(vault, { kind: 'reset' })}
      done={() => showToast('good', `${vault.name} is back at ${allocation}`)}
    />
  );
}

/** Takes over an on-chain vault's equity, as it is now (V4). */
export function PaperSeedDialog({ vault }: { readonly vault: VirtualVault }) {
  const { busy, failure, send } = useSend();
  const sources = useVaultViews().flatMap(({ vault: { vaultType, id, name }, state }) =>
    vaultType === 'onChain' && state.observation !== null
      ? [{ id, name, equity: state.observation.snapshot.figures.totalCollateral }]
      : [],
  );
  const [from, setFrom] = useState<string>(sources[0]?.id ?? '');
  const source = sources.find(({ id }) => id === from);
  return (
    <Dialog
      title={`Seed ${vault.name}`}
      description="Its balance becomes what the other vault is worth at this moment."
      onClose={closeDialog}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (source === undefined) return;
          void send(change(vault, { kind: 'seed', from: vaultId(from) }), () => {
            closeDialog();
            showToast('good', `${vault.name} seeded from ${source.name}`);
          });
        }}
      >
        <div className="dialog-body">
          {sources.length === 0 ? (
            <p className="callout">No on-chain vault has figures yet. Add one, or sync it first.</p>
          ) : (
            <SelectField
              label="From"
              value={from}
              data-testid={TEST_IDS.fieldSeedFrom}
              onChange={(event) => setFrom(event.target.value)}
            >
              {sources.map(({ id, name, equity }) => (
                <option key={id} value={id}>
                  {name} · {formatQuote(equity)}
                </option>
              ))}
            </SelectField>
          )}
          <FormError message={failure} />
        </div>
        <FormActions submit="Seed" busy={busy} onCancel={closeDialog} />
      </form>
    </Dialog>
  );
}
