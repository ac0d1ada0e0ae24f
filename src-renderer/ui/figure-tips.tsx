import './figure-standing.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Age, TimeOf } from './age.tsx';
import { healthWords } from './figure-standing.tsx';
import { formatInteger } from './format.ts';

interface Pointed {
  readonly element: HTMLElement;
  readonly exact: string | null;
  readonly note: string | null;
  readonly observedAtMs: number | null;
  readonly slot: string | null;
  readonly standing: string;
}

const DELAY_MS = 250;

/**
 * One tooltip for every figure on the desk: the exact value, and as of when. It listens on the document, so that a
 * thousand rows of figures carry no listener and no state of their own. Mounted once, by the desk.
 */
export function FigureTips() {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  useEffect(() => watchPointing(setPointed), []);
  return pointed === null ? null : <Tip pointed={pointed} />;
}

function watchPointing(draw: (pointed: Pointed | null) => void): () => void {
  let isShown = false;
  const show = (pointed: Pointed | null) => {
    isShown = pointed !== null;
    draw(pointed);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const at = (element: HTMLElement | null, delayMs: number) => {
    clearTimeout(timer);
    if (element === null) return show(null);
    timer = setTimeout(() => element.isConnected && show(readFigure(element)), delayMs);
  };
  const over = ({ target }: Event) => at(figureAt(target), DELAY_MS);
  const focus = ({ target }: Event) => at(figureAt(target) ?? oldLineAt(target), 0);
  const hide = () => {
    clearTimeout(timer);
    show(null);
  };
  // Escape puts the tooltip away, and nothing else with it.
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isShown) return;
    event.stopPropagation();
    hide();
  };
  document.addEventListener('pointerover', over);
  document.addEventListener('focusin', focus);
  document.addEventListener('focusout', hide);
  document.addEventListener('pointerdown', hide);
  document.addEventListener('keydown', key, { capture: true });
  document.addEventListener('scroll', hide, { capture: true, passive: true });
  return () => {
    clearTimeout(timer);
    document.removeEventListener('pointerover', over);
    document.removeEventListener('focusin', focus);
    document.removeEventListener('focusout', hide);
    document.removeEventListener('pointerdown', hide);
    document.removeEventListener('keydown', key, { capture: true });
    document.removeEventListener('scroll', hide, { capture: true });
  };
}

/** The figure itself, or the one figure of a control that copies it. */
function figureAt(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof Element)) return null;
  const figure =
    target.closest('[data-figure]') ??
    [...target.children].find((inside) => inside.hasAttribute('data-figure'));
  return figure instanceof HTMLElement ? figure : null;
}

/** A row whose figures nobody vouches for: where they take no focus themselves, it says their age for them. */
function oldLineAt(target: EventTarget | null): HTMLElement | null {
  const isOne =
    target instanceof HTMLElement &&
    target.matches('[data-observed-at]:not([data-standing="fresh"]):focus-visible');
  return isOne ? target : null;
}

function readFigure(element: HTMLElement): Pointed {
  const observed = element.closest<HTMLElement>('[data-observed-at]')?.dataset;
  const atMs = Number(observed?.['observedAt']);
  return {
    element,
    exact: element.dataset['exact'] ?? null,
    note: element.dataset['note'] ?? null,
    observedAtMs: Number.isFinite(atMs) ? atMs : null,
    slot: observed?.['slot'] ?? null,
    standing: observed?.['standing'] ?? 'unknown',
  };
}

const GAP = 6;

function Tip({ pointed }: { readonly pointed: Pointed }) {
  const { element, exact, note, observedAtMs, slot, standing } = pointed;
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tip = ref.current;
    if (tip === null) return;
    const of = element.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const above = of.top - height - GAP;
    const left = Math.min(
      of.left + of.width / 2 - width / 2,
      document.documentElement.clientWidth - width - GAP,
    );
    tip.style.left = `${Math.max(GAP, left)}px`;
    tip.style.top = `${above >= GAP ? above : of.bottom + GAP}px`;
  }, [element]);
  // For the eye alone: the group that a figure stands in says its age to screen readers.
  return (
    <div ref={ref} className="figure-tip" aria-hidden data-testid="figure-tip">
      {exact !== null && <strong>{exact}</strong>}
      {note !== null && <div>{note}</div>}
      <div data-standing={standing}>
        {observedAtMs === null ? (
          'Never read'
        ) : (
          <>
            as of <TimeOf atMs={observedAtMs} />, <Age atMs={observedAtMs} suffix=" ago" />
            {slot !== null && `, slot ${formatInteger(BigInt(slot))}`}
            {standing !== 'fresh' && `: ${healthWords(standing)}`}
          </>
        )}
      </div>
    </div>
  );
}
