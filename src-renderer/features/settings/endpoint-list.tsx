import { Plus } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import type { EndpointView } from '#domain/endpoint-view.ts';
import type { NetworkView } from '#ipc/contract.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { offerUndo } from '#renderer/stores/undo-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { keepEndpoints, useDrafts } from './drafts.ts';
import {
  differs,
  draftsOf,
  editsOf,
  labelProblem,
  moved,
  putBack,
  renamed,
  withNew,
  without,
  type EndpointDraft,
} from './endpoint-drafts.ts';
import { EndpointForm } from './endpoint-form.tsx';
import { EndpointRow } from './endpoint-row.tsx';
import { SaveBar } from './save-bar.tsx';

export interface EndpointListProps {
  readonly network: NetworkView;
  readonly saved: readonly EndpointView[];
  readonly onSaved: (views: readonly EndpointView[]) => void;
}

/** The endpoints of a live network: nothing takes effect before the whole list is saved. */
export function EndpointList({ network, saved, onSaved }: EndpointListProps) {
  const draft = useDrafts(({ endpoints }) => endpoints.get(network.id));
  const [adding, setAdding] = useState(false);
  const { busy, failure, send } = useSend();
  const list = draft ?? draftsOf(saved);
  const keep = (next: readonly EndpointDraft[]) =>
    keepEndpoints(network.id, differs(next, saved) ? next : null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (draft === undefined || busy || list.some(({ key }) => labelProblem(list, key) !== null)) {
      return;
    }
    const asked = request('network.saveEndpoints', {
      network: network.id,
      endpoints: editsOf(list),
    });
    void send(asked, ({ endpoints }) => {
      onSaved(endpoints);
      keepEndpoints(network.id, null);
      showToast('good', 'Endpoints saved', `${network.label} is read over the new list at once.`);
    });
  };
  const remove = (removed: EndpointDraft, place: number) => {
    keep(without(list, removed.key));
    offerUndo(`Endpoint “${removed.edit.label}” removed`, () => {
      const now = useDrafts.getState().endpoints.get(network.id) ?? draftsOf(saved);
      keep(putBack(now, removed, place));
      return Promise.resolve(true);
    });
  };
  return (
    <>
      <form noValidate onSubmit={submit} aria-label={`Endpoints of ${network.label}`}>
        <ol className="endpoint-list">
          {list.map((each, place) => (
            <EndpointRow
              key={each.key}
              network={network}
              draft={each}
              acts={{
                place,
                count: list.length,
                problem: labelProblem(list, each.key),
                onRename: (label) => keep(renamed(list, each.key, label)),
                onMove: (by) => keep(moved(list, each.key, by)),
                onRemove: () => remove(each, place),
              }}
            />
          ))}
        </ol>
        {draft !== undefined && (
          <SaveBar
            what={`Endpoints of ${network.label}`}
            busy={busy}
            failure={failure}
            onDiscard={() => keepEndpoints(network.id, null)}
          />
        )}
      </form>
      {adding ? (
        <EndpointForm
          network={network}
          takenLabels={list.map(({ edit }) => edit.label.trim())}
          onCancel={() => setAdding(false)}
          onAdd={(typed) => {
            keep(withNew(list, typed));
            setAdding(false);
          }}
        />
      ) : (
        <Button
          className="endpoint-add"
          icon={<Plus size={14} aria-hidden />}
          data-testid={TEST_IDS.endpointAdd}
          onClick={() => setAdding(true)}
        >
          Add an endpoint
        </Button>
      )}
    </>
  );
}
