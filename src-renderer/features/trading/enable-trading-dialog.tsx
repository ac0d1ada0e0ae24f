import { OctagonAlert } from 'lucide-react';
import type { SyntheticEvent } from 'react';
import { stopsEnabling } from '#domain/gate-reason.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { useGateReasons } from '#renderer/stores/selectors.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Age, TimeOf } from '#renderer/ui/age.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FormError } from '#renderer/ui/form-parts.tsx';
import { formatCount, formatInteger } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { GateReasons } from './gate-reasons.tsx';

/** The trader's own act, with the reason for the stop in view (S9). */
export function EnableTradingDialog({ view }: { readonly view: VaultView }) {
  const { busy, failure, send } = useSend();
  const { vault, state } = view;
  const others = useGateReasons(view).filter(stopsEnabling);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (others.length > 0) return;
    void send(request('vault.enableTrading', { vaultId: vault.id }), () => {
      closeDialog();
      showToast('good', `Trading is enabled on ${vault.name}`);
    });
  };
  return (
    <Dialog title={`Enable trading on ${vault.name}?`} onClose={closeDialog}>
      <form onSubmit={submit}>
        <div className="dialog-body">
          {state.halt !== null && (
            <div className="callout callout-bad" data-testid={TEST_IDS.haltReason}>
              <OctagonAlert size={16} aria-hidden />
              <div>
                <strong>Why it was halted</strong>
                <p>{state.halt.error.message}</p>
                <p className="muted">
                  <span className="mono">{state.halt.error.code}</span> at{' '}
                  <TimeOf atMs={state.halt.sinceMs} /> (
                  <Age atMs={state.halt.sinceMs} suffix=" ago" />)
                  {state.halt.attempts > 0 &&
                    `, after ${formatCount(state.halt.attempts, 'failed attempt')}`}
                </p>
              </div>
            </div>
          )}
          <p>
            <Ready view={view} />
          </p>
          {others.length > 0 && <GateReasons reasons={others} />}
          <FormError message={failure} />
        </div>
        <div className="dialog-actions">
          <Button onClick={closeDialog} data-testid={TEST_IDS.dialogCancel}>
            Leave it halted
          </Button>
          <Button
            type="submit"
            tone="primary"
            busy={busy}
            aria-disabled={others.length > 0}
            data-testid={TEST_IDS.confirmEnableTrading}
          >
            Enable trading
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Ready({ view: { state, synced, vault } }: { readonly view: VaultView }) {
  const { verification } = state;
  if (verification.kind !== 'verified' || !synced || state.failure !== null) {
    return 'It cannot be enabled yet: the figures must be verified first.';
  }
  const where = vault.vaultType === 'onChain' ? 'at slot' : 'at ledger entry';
  return (
    <>
      The figures were verified <Age atMs={verification.atMs} suffix=" ago" /> {where}{' '}
      {formatInteger(verification.slot)}. Check that what halted it is over.
    </>
  );
}
