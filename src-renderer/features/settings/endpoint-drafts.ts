/** The list of a network's endpoints while it is edited: plain data, and every edit a new list. */
import type { EndpointEdit, EndpointView } from '#domain/endpoint-view.ts';

export interface EndpointDraft {
  /** Of the draft: a saved endpoint's own id, or a number counted up. */
  readonly key: string;
  readonly edit: EndpointEdit;
  /** Null: new, known only by what was typed. */
  readonly saved: EndpointView | null;
}

export interface NewEndpoint {
  readonly label: string;
  readonly httpUrl: string;
  /** Empty: the same address with `ws` for `http`. */
  readonly webSocketUrl: string;
}

export const draftsOf = (views: readonly EndpointView[]): readonly EndpointDraft[] =>
  views.map((saved) => ({
    key: saved.id,
    edit: { kind: 'saved', id: saved.id, label: saved.label },
    saved,
  }));

let lastNew = 0;

export const newEdit = ({ label, httpUrl, webSocketUrl }: NewEndpoint): EndpointEdit => ({
  kind: 'new',
  label: label.trim(),
  httpUrl: httpUrl.trim(),
  webSocketUrl: webSocketUrl.trim() === '' ? null : webSocketUrl.trim(),
});

export function withNew(
  list: readonly EndpointDraft[],
  typed: NewEndpoint,
): readonly EndpointDraft[] {
  lastNew += 1;
  return [...list, { key: `new ${lastNew}`, edit: newEdit(typed), saved: null }];
}

export function renamed(
  list: readonly EndpointDraft[],
  key: string,
  label: string,
): readonly EndpointDraft[] {
  return list.map((draft) =>
    draft.key === key ? { ...draft, edit: { ...draft.edit, label } } : draft,
  );
}

/** One place up or down; at the end of the list nothing changes. */
export function moved(
  list: readonly EndpointDraft[],
  key: string,
  by: -1 | 1,
): readonly EndpointDraft[] {
  const from = list.findIndex((draft) => draft.key === key);
  const draft = list[from];
  const to = from + by;
  if (draft === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, draft);
}

export const without = (list: readonly EndpointDraft[], key: string): readonly EndpointDraft[] =>
  list.filter((draft) => draft.key !== key);

/** Where it stood, or at the end where the list is shorter by now; a second one of its key is not put in. */
export function putBack(
  list: readonly EndpointDraft[],
  draft: EndpointDraft,
  place: number,
): readonly EndpointDraft[] {
  return list.some(({ key }) => key === draft.key) ? list : list.toSpliced(place, 0, draft);
}

export const editsOf = (list: readonly EndpointDraft[]): readonly EndpointEdit[] =>
  list.map(({ edit }) => ({ ...edit, label: edit.label.trim() }));

/** Whether saving would change anything. */
export function differs(list: readonly EndpointDraft[], saved: readonly EndpointView[]): boolean {
  return (
    list.length !== saved.length ||
    list.some(
      ({ key, edit }, place) =>
        key !== saved[place]?.id || edit.label.trim() !== saved[place]?.label,
    )
  );
}

/** What is wrong with a label in this list; null: nothing. */
export function labelProblem(list: readonly EndpointDraft[], key: string): string | null {
  const label = list.find((draft) => draft.key === key)?.edit.label.trim() ?? '';
  if (label === '') return 'Give it a name: logs and alerts tell it by that.';
  if (label.length > 60) return 'At most 60 letters.';
  const twin = list.some((other) => other.key !== key && other.edit.label.trim() === label);
  return twin ? `Another endpoint is called “${label}”.` : null;
}
