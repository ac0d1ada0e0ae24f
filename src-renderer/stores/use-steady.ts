import { useRef } from 'react';

/**
 * Hands on what `pick` gives, but the former object as long as `same` says that nothing has changed: a list that is
 * made anew each second then draws nobody again.
 */
export function useSteady<State, Picked>(
  pick: (state: State) => Picked,
  same: (left: Picked, right: Picked) => boolean,
): (state: State) => Picked {
  const last = useRef<{ readonly picked: Picked } | null>(null);
  return (state) => {
    const picked = pick(state);
    if (last.current !== null && same(last.current.picked, picked)) return last.current.picked;
    last.current = { picked };
    return picked;
  };
}

/** Two lists of the same length whose members are alike pair by pair. */
export function sameLists<Item>(
  left: readonly Item[],
  right: readonly Item[],
  same: (left: Item, right: Item) => boolean = Object.is,
): boolean {
  return (
    left.length === right.length && left.every((item, index) => same(item, right[index] as Item))
  );
}
