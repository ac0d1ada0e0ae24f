/** What the store told, as the panels of a chart. Pure. */
import { formatHealthBps } from '#domain/margin.ts';
import { quoteAmount, QUOTE_DECIMALS } from '#domain/units.ts';
import type { ChartPoint, TotalsLine, ValueChart } from '#domain/value-chart.ts';
import { formatQuote, formatSignedQuote } from '#renderer/ui/format.ts';
import type { PlotPoint } from './plot-points.ts';

type PlotTone = 'accent' | 'good' | 'paper' | 'practice' | 'live';

interface PlotThreshold {
  readonly value: bigint;
  readonly label: string;
  readonly tone: 'warn' | 'bad';
}

export interface PlotPanel {
  readonly id: string;
  readonly title: string;
  /** Beside the title, and behind a figure that is read out. */
  readonly unit: string;
  /** `bars` stand on zero: above it a gain, below it a loss. */
  readonly kind: 'line' | 'bars';
  readonly tone: PlotTone;
  /** Of the smallest unit of `points`. */
  readonly decimals: number;
  readonly points: readonly PlotPoint[];
  readonly thresholds: readonly PlotThreshold[];
  /** Ends of the scale whatever the points are, in the same unit; null: as they fall. */
  readonly bounds: { readonly low: bigint; readonly high: bigint } | null;
  /** The exact figure, for the eye and the ear. */
  readonly format: (units: bigint) => string;
}

export interface HealthThresholds {
  readonly warningHealthBps: number;
  readonly criticalHealthBps: number;
}

const HEALTH_DECIMALS = 2;
const FULL_HEALTH = 10_000n;

const quote = (units: bigint): string => formatQuote(quoteAmount(units));
const signedQuote = (units: bigint): string => formatSignedQuote(quoteAmount(units));
const health = (units: bigint): string => formatHealthBps(Number(units));

/** Equity, health and funding of one vault over the same span. */
export function vaultPanels(
  chart: ValueChart,
  thresholds: HealthThresholds,
  symbol: string,
): readonly PlotPanel[] {
  return [
    {
      ...{ id: 'equity', title: 'Equity', unit: symbol, kind: 'line', tone: 'accent' },
      decimals: QUOTE_DECIMALS,
      points: equityPoints(chart.points),
      thresholds: [],
      bounds: null,
      format: quote,
    },
    healthPanel(chart.points, thresholds),
    {
      ...{ id: 'funding', title: 'Funding per step', unit: symbol, kind: 'bars', tone: 'good' },
      decimals: QUOTE_DECIMALS,
      points: fundingPoints(chart.points),
      thresholds: [],
      bounds: null,
      format: signedQuote,
    },
  ];
}

export const equityPoints = (points: readonly ChartPoint[]): readonly PlotPoint[] =>
  points.map((point) => ({
    atMs: point.untilMs,
    value: point.equity,
    low: point.lowestEquity,
    high: point.highestEquity,
    afterGap: point.afterGap,
    changed: point.holdingsChanged,
  }));

function healthPanel(
  points: readonly ChartPoint[],
  { warningHealthBps, criticalHealthBps }: HealthThresholds,
): PlotPanel {
  const lowest = Math.min(criticalHealthBps, ...points.map((point) => point.lowestHealthBps));
  return {
    ...{ id: 'health', title: 'Health', unit: 'of 100', kind: 'line', tone: 'good' },
    decimals: HEALTH_DECIMALS,
    points: points.map((point) => ({
      atMs: point.untilMs,
      value: BigInt(point.healthBps),
      low: BigInt(point.lowestHealthBps),
      high: BigInt(Math.max(point.healthBps, point.lowestHealthBps)),
      afterGap: point.afterGap,
      changed: false,
    })),
    thresholds: [
      { value: BigInt(warningHealthBps), label: 'Low', tone: 'warn' },
      { value: BigInt(criticalHealthBps), label: 'Critical', tone: 'bad' },
    ],
    bounds: { low: BigInt(Math.max(0, lowest - 500)), high: FULL_HEALTH },
    format: health,
  };
}

/**
 * What each step brought: the change of settled and unsettled funding since the step before. The first known one has
 * nothing to be compared with, and after a gap the sum of what was missed stands in one step.
 */
export function fundingPoints(points: readonly ChartPoint[]): readonly PlotPoint[] {
  const changes: PlotPoint[] = [];
  let before: bigint | null = null;
  for (const point of points) {
    const total = fundingOf(point);
    if (total !== null && before !== null) {
      const value = total - before;
      changes.push({
        ...{ atMs: point.untilMs, value, low: value, high: value },
        afterGap: point.afterGap,
        changed: false,
      });
    }
    if (total !== null) before = total;
  }
  return changes;
}

const fundingOf = ({ cumulativeFunding, unsettledFunding }: ChartPoint): bigint | null =>
  cumulativeFunding === null || unsettledFunding === null
    ? null
    : cumulativeFunding + unsettledFunding;

/** Equity of one money; where a vault of it was not observed there is no sum, and the line breaks. */
export function totalsPoints({ points }: TotalsLine): readonly PlotPoint[] {
  const drawn: PlotPoint[] = [];
  let broken = true;
  for (const { atMs, equity } of points) {
    if (equity !== null) {
      const extremes = { value: equity, low: equity, high: equity };
      drawn.push({ atMs, ...extremes, afterGap: broken, changed: false });
    }
    broken = equity === null;
  }
  return drawn;
}

export function totalsPanel(line: TotalsLine, title: string, symbol: string): PlotPanel {
  return {
    ...{ id: `${line.money}/${line.network}`, title, unit: symbol, kind: 'line' },
    tone: line.money,
    decimals: QUOTE_DECIMALS,
    points: totalsPoints(line),
    thresholds: [],
    bounds: null,
    format: quote,
  };
}
