import { useEffect, useRef, useState } from 'react';
import { formatAmount } from '#domain/decimal.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { contrastOf, MARK_PAIRS, TEXT_PAIRS, type Rgb } from '#renderer/ui/colour-pairs.ts';
import { Unknown } from '#renderer/ui/figures.tsx';

/** Each text on each ground that it stands on, with the contrast that the window really draws. */
export function ColourSection() {
  return (
    <>
      <Pairs title="Text: at least 4.5" pairs={TEXT_PAIRS} />
      <Pairs title="Marks: at least 3" pairs={MARK_PAIRS} />
    </>
  );
}

interface PairsProps {
  readonly title: string;
  readonly pairs: typeof TEXT_PAIRS;
}

function Pairs({ title, pairs }: PairsProps) {
  return (
    <>
      <h3>{title}</h3>
      <ul className="swatches">
        {pairs.flatMap(([front, grounds]) =>
          grounds.map((ground) => (
            <Swatch key={`${front}/${ground}`} front={front} ground={ground} />
          )),
        )}
      </ul>
    </>
  );
}

function Swatch({ front, ground }: { readonly front: string; readonly ground: string }) {
  const ref = useRef<HTMLLIElement>(null);
  const theme = useDeskStore((state) => state.settings.theme);
  const [contrast, setContrast] = useState<number | null>(null);
  useEffect(() => {
    if (ref.current !== null) setContrast(drawnContrast(ref.current));
  }, [theme]);
  return (
    <li
      ref={ref}
      className="swatch"
      style={{ color: `var(--${front})`, background: `var(--${ground})` }}
    >
      <strong>{contrast === null ? <Unknown why="Not drawn yet" /> : twoDecimals(contrast)}</strong>
      {front} on {ground}
    </li>
  );
}

const twoDecimals = (value: number): string =>
  formatAmount(BigInt(Math.floor(value * 100)), 2, { shownDecimals: 2 });

/** Null where nothing is laid out. */
function drawnContrast(element: HTMLElement): number | null {
  const { color, backgroundColor } = getComputedStyle(element);
  const [front, ground] = [readRgb(color), readRgb(backgroundColor)];
  return front === null || ground === null ? null : contrastOf(front, ground);
}

function readRgb(text: string): Rgb | null {
  const [, red, green, blue] = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  return [Number(red), Number(green), Number(blue)];
}
