import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
  type RefObject,
} from 'react';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { readSlot, slotsOf, takenSlots, type SlotsOfPanel } from './chart-reading.ts';
import { panSpan, zoomSpan, type ChartView, type Span } from './chart-span.ts';
import type { Plot } from './plot-engine.ts';
import { PlotMarks, type ChartMark } from './plot-marks.tsx';
import type { PlotPanel } from './plot-panels.ts';
import { msOfSlot, nextSlot, type PlotGrid } from './plot-points.ts';
import { PlotView } from './plot-view.tsx';

export interface PlotStackProps {
  readonly ref: Ref<{ zoom: (factor: number) => void }>;
  readonly title: string;
  readonly panels: readonly PlotPanel[];
  readonly grid: PlotGrid;
  readonly stale: boolean;
  readonly marks: readonly ChartMark[];
  readonly onView: (view: ChartView) => void;
}

const REST_MS = 180;

/** Panels over the same time: one crosshair, one zoom, one place for the keyboard. */
export function PlotStack({ ref, title, panels, grid, stale, marks, onView }: PlotStackProps) {
  const [cursor, setCursor] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const slots = useMemo(() => slotsOf(panels, grid), [panels, grid]);
  const taken = useMemo(() => takenSlots(slots), [slots]);
  const span = useMemo(() => spanOfGrid(grid), [grid]);
  const show = useCallback((next: Span) => onView({ kind: 'free', span: next }), [onView]);
  const zoom = (factor: number, centre = cursor === null ? 1 : cursor / grid.count) =>
    show(zoomSpan(span, factor, centre, useClockStore.getState().nowMs));
  useImperativeHandle(ref, () => ({ zoom }));
  const host = useRef<HTMLDivElement>(null);
  useWheel(host, span, show);
  const { onPlot, onDrag } = useDrag(grid, show);

  const walk = (slot: number | null) => {
    setCursor(slot);
    if (slot !== null) setSaid(readSlot(panels, slots, grid, slot));
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => walk(nextSlot(taken, cursor, -1)),
    ArrowRight: () => walk(nextSlot(taken, cursor, 1)),
    Home: () => walk(taken[0] ?? null),
    End: () => walk(taken.at(-1) ?? null),
    PageUp: () => show(panSpan(span, -0.5, useClockStore.getState().nowMs)),
    PageDown: () => show(panSpan(span, 0.5, useClockStore.getState().nowMs)),
    '+': () => zoom(0.5),
    '=': () => zoom(0.5),
    '-': () => zoom(2),
  };
  const press = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <>
      <div
        ref={host}
        className={`plot-stack ${stale ? 'is-stale' : ''}`}
        role="slider"
        aria-label={`${title}: arrow keys walk from point to point, plus and minus zoom, Page Up and Page Down move the time`}
        aria-valuemin={0}
        aria-valuemax={grid.count - 1}
        aria-valuenow={cursor ?? grid.count - 1}
        aria-valuetext={formatDateTime(msOfSlot(grid, cursor ?? grid.count - 1))}
        tabIndex={0}
        data-testid={TEST_IDS.chartPlots}
        onKeyDown={press}
        onBlur={() => setCursor(null)}
      >
        <PlotTime grid={grid} slots={slots} cursor={cursor} />
        {panels.map((panel, index) => (
          <div key={panel.id} className={`plot plot-${panel.kind}`} data-panel={panel.id}>
            <Legend panel={panel} slots={slots[index] ?? new Map()} cursor={cursor} />
            {index === 0 && <PlotMarks marks={marks} grid={grid} />}
            <PlotView
              {...{ panel, grid, cursor, stale, onDrag, onPlot }}
              showTime={index === panels.length - 1}
              onCursor={setCursor}
            />
          </div>
        ))}
      </div>
      <p className="visually-hidden" role="status" data-testid={TEST_IDS.chartReading}>
        {said}
      </p>
    </>
  );
}

const spanOfGrid = (grid: PlotGrid): Span => ({
  fromMs: grid.fromMs,
  toMs: msOfSlot(grid, grid.count),
});

interface PlotTimeProps {
  readonly grid: PlotGrid;
  readonly slots: readonly SlotsOfPanel[];
  readonly cursor: number | null;
}

/** The moment under the crosshair; without one, the span. */
function PlotTime({ grid, slots, cursor }: PlotTimeProps) {
  const { fromMs, toMs } = spanOfGrid(grid);
  const at = cursor === null ? null : slots.find((panel) => panel.has(cursor))?.get(cursor);
  const changed = cursor !== null && slots.some((panel) => panel.get(cursor)?.changed === true);
  return (
    <p className="plot-time" aria-hidden>
      {cursor === null
        ? `${formatDateTime(fromMs)} to ${formatDateTime(toMs)}`
        : formatDateTime(at?.atMs ?? msOfSlot(grid, cursor))}
      {changed && <span className="plot-changed">▲ holdings changed</span>}
    </p>
  );
}

interface LegendProps {
  readonly panel: PlotPanel;
  readonly slots: SlotsOfPanel;
  readonly cursor: number | null;
}

/** The exact figure of the point, never the drawn one. */
function Legend({ panel, slots, cursor }: LegendProps) {
  const last = panel.points.at(-1);
  const point = cursor === null ? last : slots.get(cursor);
  return (
    <p className="plot-legend">
      <span className="plot-name">{panel.title}</span>
      {point === undefined ? (
        <span className="faint">not observed</span>
      ) : (
        <>
          <strong>{panel.format(point.value)}</strong> <span className="faint">{panel.unit}</span>
          {cursor !== null && point.low !== point.high && (
            <span className="faint plot-extremes">
              {panel.format(point.low)} to {panel.format(point.high)}
            </span>
          )}
        </>
      )}
    </p>
  );
}

/** A wheel with Ctrl (a pinch, too) zooms where the pointer is; sideways it moves the time. */
function useWheel(
  host: RefObject<HTMLDivElement | null>,
  span: Span,
  show: (span: Span) => void,
): void {
  const latest = useRef({ span, show });
  useEffect(() => {
    latest.current = { span, show };
  });
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const wheel = (event: WheelEvent) => {
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (!event.ctrlKey && !sideways) return;
      event.preventDefault();
      const { nowMs } = useClockStore.getState();
      const { left, width } = element.getBoundingClientRect();
      const now = latest.current;
      const next = event.ctrlKey
        ? zoomSpan(now.span, event.deltaY > 0 ? 1.25 : 0.8, (event.clientX - left) / width, nowMs)
        : panSpan(now.span, event.deltaX / Math.max(1, width), nowMs);
      latest.current = { ...now, span: next };
      now.show(next);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [host]);
}

/** While one panel is dragged the others follow; when it rests, the span is what is in view. */
function useDrag(grid: PlotGrid, show: (span: Span) => void) {
  const plots = useRef(new Set<Plot>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onPlot = useCallback((plot: Plot, there: boolean) => {
    if (there) plots.current.add(plot);
    else plots.current.delete(plot);
  }, []);
  const onDrag = useCallback(
    (from: number, to: number, by: Plot) => {
      for (const plot of plots.current) if (plot !== by) plot.setView(from, to);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const { nowMs } = useClockStore.getState();
        const moved = { fromMs: msOfSlot(grid, from), toMs: msOfSlot(grid, to + 1) };
        show(panSpan({ fromMs: Math.round(moved.fromMs), toMs: Math.round(moved.toMs) }, 0, nowMs));
      }, REST_MS);
    },
    [grid, show],
  );
  return { onPlot, onDrag };
}
