import { toDrawn } from '#renderer/features/charts/plot-points.ts';
import type { DayPoint } from './use-day-change.ts';

const WIDTH = 72;
const HEIGHT = 20;

export interface SparklineProps {
  readonly points: readonly DayPoint[];
}

/** The shape of a day, for the eye alone; the figure stands beside it. */
export function Sparkline({ points }: SparklineProps) {
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <path d={sparkPath(points)} />
    </svg>
  );
}

/** Finer than a screen draws. */
const tenths = (place: number): number => Math.round(place * 10) / 10;

/** SVG path; a new stroke begins after each gap. */
function sparkPath(points: readonly DayPoint[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return '';
  const values = points.map(({ equity }) => toDrawn(equity, 6));
  const low = Math.min(...values);
  const height = Math.max(...values) - low;
  const length = Math.max(1, last.atMs - first.atMs);
  return points
    .map(({ atMs, afterGap }, index) => {
      const x = ((atMs - first.atMs) / length) * WIDTH;
      const share = height === 0 ? 0.5 : ((values[index] ?? low) - low) / height;
      const y = HEIGHT - 2 - share * (HEIGHT - 4);
      return `${index === 0 || afterGap ? 'M' : 'L'}${tenths(x)} ${tenths(y)}`;
    })
    .join('');
}
