import { ArrowDown, ArrowUp, CircleAlert, KeyRound, PlugZap, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { NetworkView } from '#ipc/contract.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { EndpointDraft } from './endpoint-drafts.ts';
import { EndpointTestResult } from './endpoint-test-result.tsx';
import { useEndpointTest } from './use-endpoint-test.ts';

export interface EndpointActs {
  /** 0: the preferred one. */
  readonly place: number;
  readonly count: number;
  readonly problem: string | null;
  readonly onRename: (label: string) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

export interface EndpointRowProps {
  readonly network: NetworkView;
  readonly draft: EndpointDraft;
  /** Absent: it can only be tried. */
  readonly acts?: EndpointActs;
}

/** One endpoint of a list: what of its address may be shown, and a test of it. */
export function EndpointRow({ network, draft, acts }: EndpointRowProps) {
  const { state, run } = useEndpointTest(network.id);
  const { label } = draft.edit;
  return (
    <li className="endpoint" data-testid={TEST_IDS.endpointRow} data-endpoint={label}>
      <div className="endpoint-line">
        {acts !== undefined && <Order label={label} acts={acts} />}
        <div className="endpoint-words">
          {acts === undefined ? (
            <p className="endpoint-name">{label}</p>
          ) : (
            <LabelField label={label} acts={acts} />
          )}
          <Address draft={draft} />
        </div>
        <Standing network={network} draft={draft} first={acts?.place === 0} />
        <div className="endpoint-acts">
          <Button
            busy={state.kind === 'running'}
            icon={<PlugZap size={14} aria-hidden />}
            aria-label={`Test ${label}`}
            data-testid={TEST_IDS.endpointTest}
            onClick={() => run({ ...draft.edit, label: label.trim() || 'Endpoint' })}
          >
            Test
          </Button>
          {acts !== undefined && (
            <IconButton
              label={acts.count === 1 ? 'A network needs one endpoint' : `Remove ${label}`}
              disabled={acts.count === 1}
              data-testid={TEST_IDS.endpointRemove}
              onClick={acts.onRemove}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      </div>
      <EndpointTestResult state={state} />
    </li>
  );
}

/** Alt with an arrow moves the endpoint. */
const byKey = (onMove: EndpointActs['onMove']) => (event: KeyboardEvent) => {
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
  if (by === null || !event.altKey) return;
  event.preventDefault();
  onMove(by);
};

function Order({ label, acts }: { readonly label: string; readonly acts: EndpointActs }) {
  const { place, count, onMove } = acts;
  return (
    <div className="endpoint-order">
      <IconButton
        label={`Move ${label} up`}
        aria-disabled={place === 0}
        data-testid={TEST_IDS.endpointUp}
        onClick={() => onMove(-1)}
        onKeyDown={byKey(onMove)}
      >
        <ArrowUp size={13} aria-hidden />
      </IconButton>
      <IconButton
        label={`Move ${label} down`}
        aria-disabled={place === count - 1}
        data-testid={TEST_IDS.endpointDown}
        onClick={() => onMove(1)}
        onKeyDown={byKey(onMove)}
      >
        <ArrowDown size={13} aria-hidden />
      </IconButton>
    </div>
  );
}

function LabelField({ label, acts }: { readonly label: string; readonly acts: EndpointActs }) {
  const { problem, place, onRename, onMove } = acts;
  return (
    <div className={problem === null ? 'field' : 'field field-bad'}>
      <div className="field-control">
        <input
          aria-label={`Name of endpoint ${place + 1}`}
          aria-invalid={problem === null ? undefined : true}
          autoComplete="off"
          spellCheck={false}
          value={label}
          data-testid={TEST_IDS.endpointLabel}
          onChange={(event) => onRename(event.target.value)}
          onKeyDown={byKey(onMove)}
        />
      </div>
      {problem !== null && (
        <p className="field-error" role="alert">
          <CircleAlert size={13} aria-hidden />
          <span>{problem}</span>
        </p>
      )}
    </div>
  );
}

function Address({ draft: { saved, edit } }: { readonly draft: EndpointDraft }) {
  if (saved !== null) {
    return (
      <p className="endpoint-address mono">
        <span>{saved.address}</span>
        {saved.holdsToken && (
          <Chip
            icon={<KeyRound size={11} aria-hidden />}
            title="The rest of the address is kept and never shown"
          >
            Token kept
          </Chip>
        )}
      </p>
    );
  }
  return (
    <p className="endpoint-address mono">
      <span>{edit.kind === 'new' ? edit.httpUrl : ''}</span>
      <Chip tone="accent">New</Chip>
    </p>
  );
}

function Standing({
  network,
  draft,
  first,
}: Pick<EndpointRowProps, 'network' | 'draft'> & { readonly first: boolean }) {
  const inUse = useDeskStore(({ statuses }) =>
    statuses
      .get(network.id)
      ?.endpoints.some((node) => node.inUse && node.label === draft.saved?.label),
  );
  return (
    <div className="endpoint-standing">
      {first && <Chip>Preferred</Chip>}
      {inUse === true && <Chip tone="good">In use</Chip>}
    </div>
  );
}
