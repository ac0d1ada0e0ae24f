/**
 * A list that stands still while new rows come: it shows the time it was asked for, counts what came since, and moves
 * on by itself only while its beginning is in view.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLatest } from './use-latest.ts';

/** Several changes close together are read once. */
const GATHER_MS = 400;
/** Nearer to the top than this, the beginning is in view. */
const AT_TOP_PX = 24;

export interface HeldList {
  /** Rows that came since the list was read and are not in it. */
  readonly newer: number;
  readonly onScrolled: (fromTop: number) => void;
  /** A row came that is not in the list. */
  readonly came: (key: string) => void;
  /** Rows of the list changed in a way that cannot be told without reading. */
  readonly changed: () => void;
  /** Reads it as it is now. */
  readonly moveOn: () => void;
}

/**
 * @param moveOn reads the list as it is now
 * @param refresh reads the rows in view again, of the same moment
 * @param question another text: nothing has come since
 */
export function useHeldList(moveOn: () => void, refresh: () => void, question: string): HeldList {
  const [newer, setNewer] = useState<ReadonlySet<string>>(new Set());
  const atTop = useRef(true);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const pending = useRef<'nothing' | 'refresh' | 'move'>('nothing');
  const acts = useLatest({ moveOn, refresh });

  useEffect(() => {
    setNewer(new Set());
    atTop.current = true;
  }, [question]);
  useEffect(() => () => void (timer.current !== null && clearTimeout(timer.current)), []);

  const now = useCallback(() => {
    setNewer(new Set());
    acts.current.moveOn();
  }, [acts]);
  const soon = useCallback(
    (what: 'refresh' | 'move') => {
      if (pending.current !== 'move') pending.current = what;
      timer.current ??= setTimeout(() => {
        timer.current = null;
        const wanted = pending.current;
        pending.current = 'nothing';
        if (wanted === 'move' && atTop.current) now();
        else acts.current.refresh();
      }, GATHER_MS);
    },
    [now, acts],
  );
  return {
    newer: newer.size,
    onScrolled: useCallback((fromTop: number) => {
      atTop.current = fromTop <= AT_TOP_PX;
    }, []),
    came: useCallback(
      (key: string) => {
        setNewer((known) => (known.has(key) ? known : new Set(known).add(key)));
        if (atTop.current) soon('move');
      },
      [soon],
    ),
    changed: useCallback(() => soon('refresh'), [soon]),
    moveOn: now,
  };
}
