/** Scroll position and focus of each screen, kept while another is in front. */
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { keepFocusAtHome } from './focus-home.ts';

interface Place {
  /** By the scrolled element's mark. */
  readonly scrolled: Map<string, number>;
  focused: string | null;
}

const places = new Map<string, Place>();
const MOST_PLACES = 60;

function placeAt(name: string): Place {
  const known = places.get(name) ?? { scrolled: new Map<string, number>(), focused: null };
  // Put last again: the ones that were not visited for longest go first.
  places.delete(name);
  places.set(name, known);
  const [oldest] = places.keys();
  if (places.size > MOST_PLACES && oldest !== undefined) places.delete(oldest);
  return known;
}

/** How long what is read later may still bring a scrolled list back to its height. */
const LATEST_MS = 1_500;

/**
 * @param name the screen in front
 * @returns for the element around the screen
 */
export function useKeptPlace(name: string): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const place = placeAt(name);
    const stopWatching = watch(element, place);
    const stopRestoring = restoreScroll(element, new Map(place.scrolled));
    return () => {
      stopWatching();
      stopRestoring();
    };
  }, [name]);
  useEffect(() => (frame.current === null ? undefined : keepFocusAtHome(frame.current)), []);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const wanted = placeAt(name).focused;
    const timer = requestAnimationFrame(() => restoreFocus(element, wanted));
    return () => cancelAnimationFrame(timer);
  }, [name]);
  return frame;
}

function watch(frame: HTMLElement, place: Place): () => void {
  const onScroll = ({ target }: Event) => {
    if (target instanceof HTMLElement) place.scrolled.set(markOf(frame, target), target.scrollTop);
  };
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target !== frame) place.focused = markOf(frame, target);
  };
  frame.addEventListener('scroll', onScroll, true);
  frame.addEventListener('focusin', onFocus);
  return () => {
    frame.removeEventListener('scroll', onScroll, true);
    frame.removeEventListener('focusin', onFocus);
  };
}

/** Tries again while the screen grows, until the trader scrolls or it has been long enough. */
function restoreScroll(frame: HTMLElement, wanted: Map<string, number>): () => void {
  const startedAtMs = performance.now();
  let timer = 0;
  const step = () => {
    for (const [mark, top] of wanted) {
      const element = findMarked(frame, mark);
      if (element === null) continue;
      if (element.scrollTop !== top) element.scrollTop = top;
      if (Math.abs(element.scrollTop - top) < 2) wanted.delete(mark);
    }
    if (wanted.size === 0 || performance.now() - startedAtMs > LATEST_MS) return;
    timer = requestAnimationFrame(step);
  };
  const stop = () => cancelAnimationFrame(timer);
  frame.addEventListener('wheel', stop, { once: true, passive: true });
  if (wanted.size > 0) step();
  return () => {
    stop();
    frame.removeEventListener('wheel', stop);
  };
}

/** Where the focus is nowhere, on what had it last; never taken from where the trader has put it. */
function restoreFocus(frame: HTMLElement, wanted: string | null): void {
  const active = document.activeElement;
  if (active !== document.body && active !== frame && active !== null) return;
  const element = wanted === null ? null : findMarked(frame, wanted);
  (element ?? frame).focus({ preventScroll: true });
}

/** A mark by which an element is found again: its test id and how many of that id come before it. */
function markOf(frame: HTMLElement, element: HTMLElement): string {
  const selector = selectorOf(element);
  const at = [...frame.querySelectorAll(selector)].indexOf(element);
  return `${at} ${selector}`;
}

function selectorOf(element: HTMLElement): string {
  const testId = element.dataset['testid'];
  if (testId !== undefined) return `[data-testid="${CSS.escape(testId)}"]`;
  const [name] = element.classList;
  return name === undefined ? element.tagName.toLowerCase() : `.${CSS.escape(name)}`;
}

function findMarked(frame: HTMLElement, mark: string): HTMLElement | null {
  const at = mark.indexOf(' ');
  return frame.querySelectorAll<HTMLElement>(mark.slice(at + 1))[Number(mark.slice(0, at))] ?? null;
}
