import './halt.css';
import { CircleCheck, Hand } from 'lucide-react';
import type { SyntheticEvent } from 'react';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { useVaultViews } from '#renderer/stores/selectors.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FormError } from '#renderer/ui/form-parts.tsx';
import { formatAge, formatTime } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { afterLifting, haltedBy } from './halt-words.ts';

/** The trader's own act: it opens the way for capital again, and enables no vault. */
export function LiftHaltDialog() {
  const haltAll = useDeskStore((state) => state.haltAll);
  const { busy, failure, send } = useSend();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void send(request('trading.liftHaltAll', {}), () => {
      closeDialog();
      showToast('good', 'The halt is lifted', 'Each vault stays halted until you enable it.');
    });
  };
  const since = useAtNow((nowMs) =>
    haltAll === null
      ? 'The halt is lifted already.'
      : `Halted at ${formatTime(haltAll.sinceMs, nowMs)}, ${formatAge(nowMs - haltAll.sinceMs)} ago, ${haltedBy(haltAll)}.`,
  );
  return (
    <Dialog title="Lift the halt?" description={since} onClose={closeDialog} wide>
      <form onSubmit={submit}>
        <div className="dialog-body">
          <ul className="lift-points">
            <li>
              <CircleCheck size={15} className="sync-good" aria-hidden />
              <p>
                <strong>Money may move again.</strong> Deposits, withdrawals and transfers are
                possible once more.
              </p>
            </li>
            <li>
              <Hand size={15} aria-hidden />
              <p>
                <strong>No vault starts to trade by it.</strong> Each stays halted until you enable
                it on its own page, with its reasons in view.
              </p>
            </li>
          </ul>
          <VaultsAfter />
          <FormError message={failure} />
        </div>
        <div className="dialog-actions">
          <Button onClick={closeDialog} data-testid={TEST_IDS.dialogCancel}>
            Leave everything halted
          </Button>
          <Button
            type="submit"
            tone="primary"
            busy={busy}
            aria-disabled={haltAll === null}
            data-testid={TEST_IDS.confirmLiftHaltAll}
          >
            Lift the halt
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function VaultsAfter() {
  const views = useVaultViews().filter(({ vault }) => vault.archivedAtMs === null);
  if (views.length === 0) return null;
  return (
    <dl className="lift-vaults" tabIndex={0} aria-label="Vaults after the halt is lifted">
      {views.map((view) => (
        <div key={view.vault.id}>
          <dt>{view.vault.name}</dt>
          <dd>{afterLifting(view)}</dd>
        </div>
      ))}
    </dl>
  );
}
