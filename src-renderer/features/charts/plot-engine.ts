/** One chart on one element: a thin binding over lightweight-charts, which knows nothing of React or of money. */
import {
  ColorType,
  createChart,
  CrosshairMode,
  LineStyle,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type LogicalRange,
  type MouseEventParams,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { GapSeries, type GapBar } from './gap-series.ts';
import type { PlotPanel } from './plot-panels.ts';
import { barsOf, toDrawn, type PlotBar, type PlotGrid } from './plot-points.ts';
import { withAlpha, type TokenColours } from './token-colours.ts';

export interface PlotListeners {
  /** The step under the pointer; null: the pointer has left. */
  readonly onCursor: (slot: number | null) => void;
  /** The trader drags the time: first and last step in view, in fractions. */
  readonly onDrag: (from: number, to: number) => void;
}

export interface Plot {
  show(panel: PlotPanel, grid: PlotGrid, colours: TokenColours, stale: boolean): void;
  setCursor(slot: number | null): void;
  setView(from: number, to: number): void;
  dispose(): void;
}

/** Whether this window can draw at all; where it cannot, the table stands in for the chart. */
export const canDraw = (): boolean => typeof CanvasRenderingContext2D !== 'undefined';

export function createPlot(
  host: HTMLElement,
  kind: PlotPanel['kind'],
  showTime: boolean,
  listeners: PlotListeners,
): Plot {
  const chart = createChart(host, { ...FIXED, timeScale: timeScaleOf(showTime) });
  const series = chart.addCustomSeries(new GapSeries(kind), {
    ...{ lastValueVisible: false, priceLineVisible: false },
  }) as ISeriesApi<'Custom'>;
  let bars: readonly PlotBar[] = [];
  let times: readonly UTCTimestamp[] = [];
  let lines: IPriceLine[] = [];
  // What the window itself moves must not come back as the trader's act.
  let steering = false;
  const steer = (act: () => void) => {
    steering = true;
    act();
    steering = false;
  };
  const slotUnder = ({ logical, point }: MouseEventParams): number | null =>
    logical === undefined || point === undefined
      ? null
      : Math.min(bars.length - 1, Math.max(0, Math.round(logical)));
  chart.subscribeCrosshairMove((event) => {
    if (!steering) listeners.onCursor(slotUnder(event));
  });
  let dragging = false;
  const press = () => (dragging = true);
  const release = () => (dragging = false);
  host.addEventListener('pointerdown', press);
  globalThis.addEventListener('pointerup', release);
  chart.timeScale().subscribeVisibleLogicalRangeChange((range: LogicalRange | null) => {
    if (!steering && dragging && range !== null) listeners.onDrag(range.from, range.to);
  });
  return {
    show: (panel, grid, colours, stale) =>
      steer(() => {
        bars = barsOf(grid, panel.points, panel.decimals);
        const offsetMs =
          new Date(grid.fromMs + grid.count * grid.stepMs).getTimezoneOffset() * 60_000;
        times = bars.map(({ slot }) => timeOf(grid, slot, offsetMs));
        paint(chart, series, panel, colours, stale);
        const timeFormatter = (time: Time) => formatMinute(Number(time) * 1_000 + offsetMs);
        chart.applyOptions({ localization: { timeFormatter } });
        series.setData(bars.map((bar, index) => ({ ...bar, time: times[index] }) as GapBar));
        for (const line of lines) series.removePriceLine(line);
        lines = thresholdLines(series, panel, colours);
        chart.timeScale().setVisibleLogicalRange({ from: 0, to: Math.max(1, grid.count - 1) });
      }),
    setCursor: (slot) =>
      steer(() => {
        const time = slot === null ? undefined : times[slot];
        const value = slot === null ? undefined : valueNear(bars, slot);
        if (time === undefined || value === undefined) chart.clearCrosshairPosition();
        else chart.setCrosshairPosition(value, time, series);
      }),
    setView: (from, to) => steer(() => chart.timeScale().setVisibleLogicalRange({ from, to })),
    dispose: () => {
      host.removeEventListener('pointerdown', press);
      globalThis.removeEventListener('pointerup', release);
      chart.remove();
    },
  };
}

/** Local time: the axis reckons in UTC, so the window's own offset is taken out beforehand. */
const timeOf = ({ fromMs, stepMs }: PlotGrid, slot: number, offsetMs: number): UTCTimestamp =>
  Math.floor((fromMs + slot * stepMs - offsetMs) / 1_000) as UTCTimestamp;

/** `2026-03-14 12:03` */
const formatMinute = (atMs: number): string => formatDateTime(atMs).slice(0, -3);

function valueNear(bars: readonly PlotBar[], slot: number): number | undefined {
  for (let at = slot; at >= 0; at -= 1) {
    const value = bars[at]?.value;
    if (value !== undefined) return value;
  }
  return bars.find(({ value }) => value !== undefined)?.value;
}

const FIXED = {
  autoSize: true,
  // From the first moment: the logo brings a style element, which the window's policy forbids.
  layout: { attributionLogo: false },
  rightPriceScale: {
    borderVisible: false,
    entireTextOnly: true,
    minimumWidth: 84,
    scaleMargins: { top: 0.2, bottom: 0.08 },
  },
  // A wheel over a chart scrolls the page; zooming is a wheel with Ctrl, the keys, or the buttons.
  handleScale: false,
  handleScroll: {
    mouseWheel: false,
    pressedMouseMove: true,
    horzTouchDrag: true,
    vertTouchDrag: false,
  },
  kineticScroll: { mouse: false, touch: false },
} as const;

const timeScaleOf = (visible: boolean) => ({
  visible,
  borderVisible: false,
  timeVisible: true,
  secondsVisible: false,
  minBarSpacing: 0.05,
  lockVisibleTimeRangeOnResize: true,
  rightOffset: 0,
});

function paint(
  chart: IChartApi,
  series: ISeriesApi<'Custom'>,
  panel: PlotPanel,
  colours: TokenColours,
  stale: boolean,
): void {
  const stroke = stale ? colours.stale : colours[panel.tone];
  const label = { color: colours['line-strong'], labelBackgroundColor: colours['text-2'] };
  chart.applyOptions({
    layout: {
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: colours['text-3'],
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 11,
      attributionLogo: false,
    },
    grid: { vertLines: { visible: false }, horzLines: { color: withAlpha(colours.line, 0.7) } },
    crosshair: {
      mode: CrosshairMode.Magnet,
      vertLine: { ...label, style: LineStyle.Solid, width: 1 },
      horzLine: { ...label, style: LineStyle.Dotted, width: 1 },
    },
  });
  const { bounds, decimals } = panel;
  series.applyOptions({
    ...{ stroke, band: withAlpha(stroke, 0.2), fill: withAlpha(stroke, 0.13) },
    below: stale ? colours.stale : colours.bad,
    mark: withAlpha(colours['text-2'], 0.75),
    color: stroke,
    priceFormat: {
      type: 'custom',
      minMove: 0.01,
      formatter: (value: number) => axisText(panel, value),
    },
    ...(bounds !== null && {
      autoscaleInfoProvider: () => ({
        priceRange: {
          minValue: toDrawn(bounds.low, decimals),
          maxValue: toDrawn(bounds.high, decimals),
        },
      }),
    }),
  } as Parameters<typeof series.applyOptions>[0]);
}

/** Nothing where no value can be: a health above 100 is only room at the top. */
function axisText({ bounds, decimals, format }: PlotPanel, value: number): string {
  const units = BigInt(Math.round(value * 10 ** decimals));
  return bounds !== null && (units > bounds.high || units < 0n) ? '' : format(units);
}

function thresholdLines(
  series: ISeriesApi<'Custom'>,
  { thresholds, decimals }: PlotPanel,
  colours: TokenColours,
): IPriceLine[] {
  return thresholds.map(({ value, label, tone }) =>
    series.createPriceLine({
      price: toDrawn(value, decimals),
      color: colours[tone],
      lineWidth: 1,
      lineStyle: LineStyle.Dashed,
      axisLabelVisible: true,
      axisLabelColor: colours[tone],
      axisLabelTextColor: colours.surface,
      title: label,
    }),
  );
}
