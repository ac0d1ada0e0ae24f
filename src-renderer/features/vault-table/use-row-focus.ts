import type { ReactVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { VaultId } from '#domain/ids.ts';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import type { TableLine } from './table-lines.ts';

const PAGE = 12;

/**
 * One row at a time is in the tab order; the arrow keys move it, also to rows that are not drawn yet. The row of the
 * vault whose page was just left has the focus at once.
 */
export function useRowFocus(
  lines: readonly TableLine[],
  virtual: ReactVirtualizer<HTMLDivElement, Element>,
) {
  const [returnedTo] = useState(() => lineOf(lines, useNavigationStore.getState().cameFrom));
  const [index, setIndex] = useState(returnedTo ?? 0);
  const wanted = useRef<number | null>(returnedTo);
  const tabbableIndex = nearestVault(lines, index, 1) ?? 0;

  useEffect(() => {
    if (returnedTo !== null) virtual.scrollToIndex(returnedTo);
  }, [returnedTo, virtual]);

  // After every render: the wanted row may be drawn only once the list has scrolled to it.
  useEffect(() => {
    if (wanted.current === null) return;
    const selector = `[data-line="${wanted.current}"]`;
    const row = virtual.scrollElement?.querySelector<HTMLElement>(selector);
    if (row === null || row === undefined) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const moveTo = (target: number, direction: 1 | -1) => {
    const next = nearestVault(lines, target, direction);
    if (next === null) return;
    setIndex(next);
    wanted.current = next;
    virtual.scrollToIndex(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    moveTo(move.to(tabbableIndex, lines.length), move.direction);
  };
  return { tabbableIndex, setIndex, onKeyDown };
}

interface Move {
  readonly direction: 1 | -1;
  readonly to: (from: number, count: number) => number;
}

const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: { direction: 1, to: (from) => from + 1 },
  ArrowUp: { direction: -1, to: (from) => from - 1 },
  PageDown: { direction: -1, to: (from, count) => Math.min(count - 1, from + PAGE) },
  PageUp: { direction: 1, to: (from) => Math.max(0, from - PAGE) },
  Home: { direction: 1, to: () => 0 },
  End: { direction: -1, to: (_, count) => count - 1 },
};

function lineOf(lines: readonly TableLine[], id: VaultId | null): number | null {
  const at = lines.findIndex((line) => line.kind === 'vault' && line.row.view.vault.id === id);
  return at < 0 ? null : at;
}

/** The vault line at `from`, or the next one in the direction: headings are skipped. */
function nearestVault(lines: readonly TableLine[], from: number, direction: 1 | -1): number | null {
  for (let index = from; index >= 0 && index < lines.length; index += direction) {
    if (lines[index]?.kind === 'vault') return index;
  }
  return null;
}
