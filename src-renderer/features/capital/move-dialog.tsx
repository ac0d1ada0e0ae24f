import './capital.css';
import { useCallback } from 'react';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { request } from '#renderer/stores/commands.ts';
import { closeDialog, type MovePrefill } from '#renderer/stores/navigation-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { VERBS } from './capital-words.ts';
import { FactsAge, FactsUnknown } from './facts-age.tsx';
import { MoveForm } from './move-form.tsx';
import { useFacts } from './use-facts.ts';

export interface MoveDialogProps {
  readonly kind: MoveKind;
  readonly view: VaultView;
  readonly prefill: MovePrefill | null;
}

/** Deposit, withdraw, transfer: one form over a fresh look at the vault. */
export function MoveDialog({ kind, view, prefill }: MoveDialogProps) {
  const { vault } = view;
  const load = useCallback(() => request('capital.loadFacts', { vaultId: vault.id }), [vault.id]);
  const live = useFacts(load);
  const way = kind === 'deposit' ? 'into' : 'out of';
  return (
    <Dialog
      title={`${VERBS[kind]} ${way} ${vault.name}`}
      description={DESCRIPTIONS[kind]}
      onClose={closeDialog}
      wide
    >
      {live.facts === null ? (
        <FactsUnknown live={live} />
      ) : (
        <MoveForm
          kind={kind}
          vault={vault}
          facts={live.facts}
          prefill={prefill}
          unknown={live.tooOld ? 'The figures are too old: wait for the next read.' : null}
          age={<FactsAge live={live} isPaper={vault.vaultType === 'virtual'} />}
        />
      )}
    </Dialog>
  );
}

const DESCRIPTIONS: Readonly<Record<MoveKind, string>> = {
  deposit: 'From your own wallet into this vault.',
  withdraw: 'From this vault to your own wallet, and nowhere else.',
  transfer: 'Between your own sub-accounts; no wallet is touched but for the fee.',
};
