/** The series that Keel draws: a line that breaks where nothing was observed, a band of extremes, or bars on zero. */
import {
  customSeriesDefaultOptions,
  type CustomData,
  type CustomSeriesOptions,
  type CustomSeriesPricePlotValues,
  type CustomSeriesWhitespaceData,
  type ICustomSeriesPaneRenderer,
  type ICustomSeriesPaneView,
  type PaneRendererCustomData,
  type Time,
} from 'lightweight-charts';

export interface GapBar extends CustomData<Time> {
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  readonly gap?: boolean;
  readonly changed?: boolean;
}

type SeriesKind = 'line' | 'bars';

interface GapSeriesOptions extends CustomSeriesOptions {
  readonly stroke: string;
  readonly band: string;
  readonly fill: string;
  readonly below: string;
  readonly mark: string;
}

type Target = Parameters<ICustomSeriesPaneRenderer['draw']>[0];
type ToY = Parameters<ICustomSeriesPaneRenderer['draw']>[1];
type Data = PaneRendererCustomData<Time, GapBar>;

/** A point in pixels of the bitmap. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly gap: boolean;
  readonly changed: boolean;
}

interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly height: number;
  readonly options: GapSeriesOptions;
}

export class GapSeries implements ICustomSeriesPaneView<Time, GapBar, GapSeriesOptions> {
  private readonly kind: SeriesKind;
  private data: Data | null = null;
  private options: GapSeriesOptions | null = null;

  constructor(kind: SeriesKind) {
    this.kind = kind;
  }

  renderer(): ICustomSeriesPaneRenderer {
    return { draw: (target, toY) => this.draw(target, toY) };
  }

  update(data: Data, options: GapSeriesOptions): void {
    this.data = data;
    this.options = options;
  }

  priceValueBuilder({ value = 0, low = value, high = value }: GapBar): CustomSeriesPricePlotValues {
    return this.kind === 'bars' ? [0, value, value] : [low, high, value];
  }

  isWhitespace(
    bar: GapBar | CustomSeriesWhitespaceData<Time>,
  ): bar is CustomSeriesWhitespaceData<Time> {
    return (bar as GapBar).value === undefined;
  }

  defaultOptions(): GapSeriesOptions {
    const none = 'transparent';
    return {
      ...customSeriesDefaultOptions,
      ...{ stroke: none, band: none, fill: none, below: none, mark: none },
    };
  }

  private draw(target: Target, toY: ToY): void {
    const { data, options } = this;
    if (data === null || options === null) return;
    target.useBitmapCoordinateSpace(
      ({ context, verticalPixelRatio, horizontalPixelRatio, bitmapSize }) => {
        const spots = spotsOf(data, toY, horizontalPixelRatio, verticalPixelRatio);
        const brush = { context, ratio: verticalPixelRatio, height: bitmapSize.height, options };
        if (this.kind === 'bars') {
          const zero = (toY(0) ?? 0) * verticalPixelRatio;
          drawBars(brush, spots, zero, data.barSpacing * horizontalPixelRatio);
        } else for (const run of runsOf(spots)) drawRun(brush, run);
        drawChanges(brush, spots);
      },
    );
  }
}

function spotsOf({ bars, visibleRange }: Data, toY: ToY, across: number, down: number): Spot[] {
  if (visibleRange === null) return [];
  // One more at each side: lines lead out of the picture.
  const shown = bars.slice(Math.max(0, Math.floor(visibleRange.from) - 1), visibleRange.to + 1);
  const spots: Spot[] = [];
  for (const { x, originalData } of shown) {
    const { value, low = value, high = value, gap = false, changed = false } = originalData;
    if (value === undefined || low === undefined || high === undefined) continue;
    const y = (price: number) => (toY(price) ?? 0) * down;
    spots.push({ x: x * across, y: y(value), low: y(low), high: y(high), gap, changed });
  }
  return spots;
}

function runsOf(spots: readonly Spot[]): Spot[][] {
  const runs: Spot[][] = [];
  for (const spot of spots) {
    const run = runs.at(-1);
    if (run === undefined || spot.gap) runs.push([spot]);
    else run.push(spot);
  }
  return runs;
}

function drawRun({ context, ratio, height, options }: Brush, run: readonly Spot[]): void {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return;
  if (run.length === 1) {
    context.fillStyle = options.stroke;
    context.fillRect(first.x - ratio, first.y - ratio, 2 * ratio, 2 * ratio);
    return;
  }
  const trace = (pick: (spot: Spot) => number, spots: readonly Spot[]) => {
    for (const spot of spots) context.lineTo(spot.x, pick(spot));
  };
  context.beginPath();
  trace(({ y }) => y, run);
  context.lineTo(last.x, height);
  context.lineTo(first.x, height);
  const shade = context.createLinearGradient(0, Math.min(...run.map(({ y }) => y)), 0, height);
  shade.addColorStop(0, options.fill);
  shade.addColorStop(1, 'transparent');
  context.fillStyle = shade;
  context.fill();
  context.beginPath();
  trace(({ high }) => high, run);
  trace(({ low }) => low, run.toReversed());
  context.fillStyle = options.band;
  context.fill();
  context.beginPath();
  trace(({ y }) => y, run);
  context.strokeStyle = options.stroke;
  context.lineWidth = 1.5 * ratio;
  context.lineJoin = 'round';
  context.stroke();
}

function drawBars(
  { context, options }: Brush,
  spots: readonly Spot[],
  zero: number,
  spacing: number,
): void {
  const width = Math.max(1, Math.floor(spacing * 0.7));
  for (const { x, y } of spots) {
    context.fillStyle = y <= zero ? options.stroke : options.below;
    const height = Math.max(1, Math.abs(zero - y));
    context.fillRect(Math.round(x - width / 2), Math.min(y, zero), width, height);
  }
}

/** A wedge at the foot of each step in which holdings changed. */
function drawChanges({ context, ratio, height, options }: Brush, spots: readonly Spot[]): void {
  context.fillStyle = options.mark;
  for (const { x, changed } of spots) {
    if (!changed) continue;
    context.beginPath();
    context.moveTo(x - 3 * ratio, height);
    context.lineTo(x, height - 5 * ratio);
    context.lineTo(x + 3 * ratio, height);
    context.fill();
  }
}
