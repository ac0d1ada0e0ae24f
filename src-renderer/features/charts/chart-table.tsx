import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { formatDateTime } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { PlotPanel } from './plot-panels.ts';
import { bySlot, msOfSlot, type PlotGrid } from './plot-points.ts';

export interface ChartTableProps {
  readonly title: string;
  readonly panels: readonly PlotPanel[];
  readonly grid: PlotGrid;
}

const ROW = 28;

/** The same figures as text, newest first; only the rows in view are drawn. */
export function ChartTable({ title, panels, grid }: ChartTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => panels.map((panel) => bySlot(grid, panel.points)), [panels, grid]);
  const slots = useMemo(
    () => [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => b - a),
    [columns],
  );
  const rows = useVirtualizer({
    count: slots.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  return (
    <div
      ref={scroller}
      className="chart-table"
      role="table"
      aria-label={`${title} as figures`}
      aria-rowcount={slots.length + 1}
      tabIndex={0}
      data-testid={TEST_IDS.chartTable}
    >
      <div role="row" className="chart-table-row chart-table-head" aria-rowindex={1}>
        <span role="columnheader">Time</span>
        {panels.map(({ id, title: name, unit }) => (
          <span key={id} role="columnheader" className="num">
            {name} <span className="faint">{unit}</span>
          </span>
        ))}
      </div>
      <div role="rowgroup" className="chart-table-body" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const slot = slots[index] ?? 0;
          const atMs = columns.flatMap((column) => column.get(slot)?.atMs ?? [])[0];
          return (
            <div
              key={slot}
              role="row"
              aria-rowindex={index + 2}
              className="chart-table-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <span role="cell">{formatDateTime(atMs ?? msOfSlot(grid, slot))}</span>
              {panels.map((panel, column) => (
                <span key={panel.id} role="cell" className="num">
                  <FigureCell panel={panel} point={columns[column]?.get(slot)} />
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface FigureCellProps {
  readonly panel: PlotPanel;
  readonly point: PlotPanel['points'][number] | undefined;
}

function FigureCell({ panel, point }: FigureCellProps) {
  if (point === undefined) return <span className="faint">not observed</span>;
  const { value, low, high } = point;
  return (
    <>
      {panel.format(value)}
      {low !== high && (
        <span className="faint chart-table-extremes">
          {panel.format(low)} to {panel.format(high)}
        </span>
      )}
    </>
  );
}
