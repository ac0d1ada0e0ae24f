import { ArrowUp, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { EmptyState, FailedState, LoadingState } from '#renderer/ui/states.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export interface ListStatusProps {
  /** What the list is of, as in “The operations could not be read”. */
  readonly what: string;
  readonly total: number | null;
  readonly failure: {
    readonly message: string;
    readonly advice?: string;
    readonly code?: string;
  } | null;
  /** Something narrows the list. */
  readonly narrowed: boolean;
  readonly onRetry: () => void;
  readonly onWiden: () => void;
  /** Where nothing narrows it and there is nothing. */
  readonly empty: ReactNode;
  /** The list itself. */
  readonly children: ReactNode;
}

/** A list that is read: or that it is being read, could not be read, or that there is nothing in it, and why. */
export function ListStatus(props: ListStatusProps) {
  const { what, total, failure, narrowed, onRetry, onWiden, empty, children } = props;
  if (total === null) {
    return failure === null ? (
      <LoadingState text={`Reading the ${what}`} lines={8} />
    ) : (
      <FailedState title={`The ${what} could not be read`} error={failure} onRetry={onRetry} />
    );
  }
  return (
    <>
      {failure !== null && (
        <div className="callout callout-bad" role="alert">
          <p>
            Some of the {what} could not be read: {failure.message}
          </p>
          <span className="spacer" />
          <Button onClick={onRetry}>Try again</Button>
        </div>
      )}
      {total > 0 ? children : narrowed ? <NothingMatches onWiden={onWiden} /> : empty}
    </>
  );
}

function NothingMatches({ onWiden }: { readonly onWiden: () => void }) {
  return (
    <EmptyState
      icon={<SearchX size={22} aria-hidden />}
      title="Nothing matches"
      text="The filters let nothing through."
      action={<Button onClick={onWiden}>Clear the filters</Button>}
    />
  );
}

export interface NewRowsProps {
  readonly count: number;
  readonly onShow: () => void;
}

/** What came while the list stood still. */
export function NewRows({ count, onShow }: NewRowsProps) {
  if (count === 0) return null;
  return (
    <button type="button" className="dt-new" data-testid={TEST_IDS.newRows} onClick={onShow}>
      <ArrowUp size={13} aria-hidden /> {formatInteger(count)} new
    </button>
  );
}
