import { memo, useEffect, useRef } from 'react';
import { canDraw, createPlot, type Plot } from './plot-engine.ts';
import type { PlotPanel } from './plot-panels.ts';
import type { PlotGrid } from './plot-points.ts';
import { useTokenColours } from './token-colours.ts';

export interface PlotViewProps {
  readonly panel: PlotPanel;
  readonly grid: PlotGrid;
  readonly cursor: number | null;
  readonly stale: boolean;
  /** The time axis stands under the last of several panels. */
  readonly showTime: boolean;
  readonly onCursor: (slot: number | null) => void;
  readonly onDrag: (from: number, to: number, by: Plot) => void;
  /** Told when it is there, and when it is gone. */
  readonly onPlot: (plot: Plot, there: boolean) => void;
}

/** The drawn part: for the eye alone. The figures stand in the legend, the reading line and the table. */
export const PlotView = memo(function PlotView(props: PlotViewProps) {
  const { panel, grid, cursor, stale, showTime } = props;
  const { kind } = panel;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const colours = useTokenColours();
  const listeners = useRef(props);
  useEffect(() => {
    listeners.current = props;
  });

  useEffect(() => {
    if (host.current === null || !canDraw()) return undefined;
    const made = createPlot(host.current, kind, showTime, {
      onCursor: (slot) => listeners.current.onCursor(slot),
      onDrag: (from, to) => listeners.current.onDrag(from, to, made),
    });
    plot.current = made;
    listeners.current.onPlot(made, true);
    return () => {
      plot.current = null;
      listeners.current.onPlot(made, false);
      made.dispose();
    };
  }, [kind, showTime]);

  useEffect(() => {
    plot.current?.show(panel, grid, colours, stale);
  }, [panel, grid, colours, stale, kind, showTime]);
  useEffect(() => {
    plot.current?.setCursor(cursor);
  }, [cursor, panel, grid]);

  return <div ref={host} className="plot-canvas" aria-hidden data-kind={panel.kind} />;
});
