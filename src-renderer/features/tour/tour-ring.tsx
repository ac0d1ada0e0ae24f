import { useEffect, useState, type RefObject } from 'react';

export type Side = 'left' | 'right';

export interface TourRingProps {
  /** Selectors of what to look at: the first that is there. */
  readonly look: readonly string[];
  readonly card: RefObject<HTMLElement | null>;
  /** On which side the card does not lie on it. */
  readonly onSide: (side: Side) => void;
}

interface Place {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

const LOOK_MS = 150;
const GAP = 4;

/** A ring round what the tour points at, wherever it moves; it takes no press and hides nothing. */
export function TourRing({ look, card, onSide }: TourRingProps) {
  const [place, setPlace] = useState<Place | null>(null);
  const selectors = look.join('\n');
  useEffect(() => {
    let shown: Element | null = null;
    const measure = () => {
      const element = firstOf(selectors);
      if (element !== shown) {
        if (element !== null) bringIntoView(element);
        // A dialog lies over the card anyway: no reason to move it.
        if (element?.closest('[role="dialog"]') === null || element === null) {
          onSide(sideFor(element, card.current));
        }
      }
      shown = element;
      const next = element === null ? null : placeOf(element);
      setPlace((before) => (samePlace(before, next) ? before : next));
    };
    measure();
    const timer = setInterval(measure, LOOK_MS);
    document.addEventListener('scroll', measure, true);
    globalThis.addEventListener('resize', measure);
    return () => {
      clearInterval(timer);
      document.removeEventListener('scroll', measure, true);
      globalThis.removeEventListener('resize', measure);
    };
  }, [selectors, card, onSide]);
  if (place === null) return null;
  return <div className="tour-ring" aria-hidden style={place} />;
}

function firstOf(selectors: string): Element | null {
  if (selectors === '') return null;
  for (const selector of selectors.split('\n')) {
    const element = document.querySelector(selector);
    if (element !== null && element.getClientRects().length > 0) return element;
  }
  return null;
}

/** As much of it as its list or page lets see; null where that is nothing: a ring around nothing would mislead. */
function placeOf(element: Element): Place | null {
  const thing = element.getBoundingClientRect();
  const frame = scrollerOf(element)?.getBoundingClientRect() ?? null;
  const top = Math.max(thing.top, frame?.top ?? 0);
  const left = Math.max(thing.left, frame?.left ?? 0);
  const bottom = Math.min(thing.bottom, frame?.bottom ?? globalThis.innerHeight);
  const right = Math.min(thing.right, frame?.right ?? globalThis.innerWidth);
  if (bottom <= top || right <= left) return null;
  return {
    top: Math.round(top) - GAP,
    left: Math.round(left) - GAP,
    width: Math.round(right - left) + 2 * GAP,
    height: Math.round(bottom - top) + 2 * GAP,
  };
}

const samePlace = (one: Place | null, other: Place | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    one.top === other.top &&
    one.left === other.left &&
    one.width === other.width &&
    one.height === other.height);

const scrollerOf = (element: Element): Element | null =>
  element.closest('.screen-scroll, .desk-notices, .dialog-body, .dialog');

const MARGIN = 96;
/** What the card keeps from the window's edge. */
const EDGE = 24;

/** The page alone moves, and only where the thing is out of sight: the bars around it stay where they are. */
function bringIntoView(element: Element): void {
  const scroller = scrollerOf(element);
  if (scroller === null) return;
  const frame = scroller.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  if (top >= frame.top && bottom <= frame.bottom) return;
  const calm = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;
  scroller.scrollTo({
    top: scroller.scrollTop + top - frame.top - MARGIN,
    behavior: calm ? 'auto' : 'smooth',
  });
}

/** The card lies at the right, unless that is where the thing is. */
function sideFor(element: Element | null, card: HTMLElement | null): Side {
  if (card === null || element === null) return 'right';
  const thing = element.getBoundingClientRect();
  const own = card.getBoundingClientRect();
  const overlapsBelow = thing.bottom > own.top && thing.top < own.bottom;
  const middle = globalThis.innerWidth / 2;
  return overlapsBelow &&
    thing.right > globalThis.innerWidth - own.width - EDGE &&
    thing.left > middle / 2
    ? 'left'
    : 'right';
}
