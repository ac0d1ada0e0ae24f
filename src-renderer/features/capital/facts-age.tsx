import { LoaderCircle, TriangleAlert } from 'lucide-react';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Age } from '#renderer/ui/age.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { LiveFacts } from './use-facts.ts';

export interface FactsAgeProps {
  readonly live: LiveFacts;
  readonly isPaper: boolean;
}

/** How old the figures of the form are; a read that failed is told, never swallowed. */
export function FactsAge({ live, isPaper }: FactsAgeProps) {
  const { facts, error, readAtMs } = live;
  if (facts === null || readAtMs === null) return null;
  const at = `${isPaper ? 'entry' : 'slot'} ${formatInteger(facts.slot)}`;
  return (
    <p
      className={error === null ? 'facts-age faint' : 'facts-age facts-failing'}
      data-testid={TEST_IDS.capitalFactsAge}
    >
      {error !== null && <TriangleAlert size={13} aria-hidden />}
      <span>
        Read <Age atMs={readAtMs} suffix=" ago" />, {at}
        {error !== null && `. The last read failed: ${error.message}`}
      </span>
    </p>
  );
}

/** Before the first read: nothing is shown as zero, and nothing can be sent. */
export function FactsUnknown({ live: { error } }: { readonly live: LiveFacts }) {
  return (
    <>
      <div className="dialog-body">
        {error === null ? (
          <p className="facts-loading" role="status">
            <LoaderCircle size={15} className="spin" aria-hidden />
            Reading what may be moved now…
          </p>
        ) : (
          <div className="callout callout-bad" role="alert" data-testid={TEST_IDS.dialogError}>
            <TriangleAlert size={15} aria-hidden />
            <div>
              <p>What may be moved is not known: {error.message}</p>
              <p className="muted">{error.advice} Keel reads again every few seconds.</p>
            </div>
          </div>
        )}
      </div>
      <div className="dialog-actions">
        <Button onClick={closeDialog} data-testid={TEST_IDS.dialogCancel}>
          Cancel
        </Button>
      </div>
    </>
  );
}
