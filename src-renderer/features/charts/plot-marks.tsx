import { NotebookPen } from 'lucide-react';
import { slotOf, type PlotGrid } from './plot-points.ts';

/** Something that the trader wrote down, at its moment. */
export interface ChartMark {
  readonly id: string;
  readonly atMs: number;
  readonly label: string;
}

export interface PlotMarksProps {
  readonly marks: readonly ChartMark[];
  readonly grid: PlotGrid;
}

/** Over the topmost panel; the same notes stand as text below the chart. */
export function PlotMarks({ marks, grid }: PlotMarksProps) {
  const toMs = grid.fromMs + grid.count * grid.stepMs;
  const shown = marks.filter(({ atMs }) => atMs >= grid.fromMs && atMs <= toMs);
  if (shown.length === 0) return null;
  return (
    <div className="plot-marks" aria-hidden>
      {shown.map(({ id, atMs, label }) => (
        <span
          key={id}
          className="plot-mark"
          title={label}
          style={{ left: `${(slotOf(grid, atMs) / Math.max(1, grid.count - 1)) * 100}%` }}
        >
          <NotebookPen size={11} />
        </span>
      ))}
    </div>
  );
}
