/**
 * Which rows of a list are chosen, by key. Pure: a click, a key, and the list as it stands now. Invariants: only keys
 * of rows that were in the list when they were chosen; `retain` drops those that have left it.
 */

export interface Selection {
  readonly keys: ReadonlySet<string>;
  /** Where a range begins; null: nowhere yet. */
  readonly anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { keys: new Set(), anchor: null };

/** Chooses or gives up one row; ranges begin there. */
export function toggle({ keys }: Selection, key: string): Selection {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return { keys: next, anchor: key };
}

/**
 * Chooses everything from the anchor to `key` and nothing else, as Shift does; without an anchor that one row.
 * @param order keys of the list as it stands; null for headings and for rows that have not been read
 */
export function extendTo(
  { anchor }: Selection,
  key: string,
  order: readonly (string | null)[],
): Selection {
  const to = order.indexOf(key);
  const from = anchor === null ? to : order.indexOf(anchor);
  if (to < 0) return { keys: new Set(), anchor };
  if (from < 0) return { keys: new Set([key]), anchor: key };
  const [first, last] = from < to ? [from, to] : [to, from];
  const keys = new Set(order.slice(first, last + 1).filter((each) => each !== null));
  return { keys, anchor: anchor ?? key };
}

/** Chooses every row that has been read. */
export function selectAll({ anchor }: Selection, order: readonly (string | null)[]): Selection {
  return { keys: new Set(order.filter((each) => each !== null)), anchor };
}

/** Without the rows that have left the list; the same object where none has. */
export function retain(selection: Selection, isThere: (key: string) => boolean): Selection {
  const { keys, anchor } = selection;
  const left = [...keys].filter(isThere);
  const keepsAnchor = anchor === null || isThere(anchor);
  if (left.length === keys.size && keepsAnchor) return selection;
  return { keys: new Set(left), anchor: keepsAnchor ? anchor : null };
}
