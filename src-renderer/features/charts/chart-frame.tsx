import './charts.css';
import { ChartLine, Minus, Plus, RotateCw, Table2 } from 'lucide-react';
import { useRef, useState, type ReactNode, type RefObject } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { formatDateTime } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { CHART_RANGES, RANGE_WORDS, type ChartView } from './chart-span.ts';
import { ChartTable } from './chart-table.tsx';
import { PlotStack } from './plot-stack.tsx';
import type { PlotPanel } from './plot-panels.ts';
import type { PlotGrid } from './plot-points.ts';
import type { ChartMark } from './plot-marks.tsx';
import { canDraw } from './plot-engine.ts';

export interface ChartFrameProps {
  readonly title: string;
  readonly view: ChartView;
  readonly onView: (view: ChartView) => void;
  /** Null: nothing has been loaded yet. */
  readonly data: { readonly panels: readonly PlotPanel[]; readonly grid: PlotGrid } | null;
  readonly error: KeelError | null;
  readonly loading: boolean;
  readonly onRetry: () => void;
  /** In place of a picture where there is nothing to draw. */
  readonly empty: ReactNode;
  /** Nobody vouches for what comes after; null: it is up to date. */
  readonly staleSinceMs: number | null;
  readonly marks?: readonly ChartMark[];
  readonly widthRef: RefObject<HTMLDivElement | null>;
  /** Height of the picture: it is kept whatever the state, so that nothing jumps. */
  readonly size: 'small' | 'tall';
  readonly aside?: ReactNode;
}

/** A chart with its range, its states, its keys and its table. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, view, onView, data, error, loading, onRetry, empty, size, aside } = props;
  const { staleSinceMs, widthRef, marks = [] } = props;
  const [asTable, setAsTable] = useState(!canDraw());
  const plots = useRef<{ zoom: (factor: number) => void }>(null);
  const none = data !== null && data.panels.every(({ points }) => points.length === 0);
  const range = view.kind === 'range' ? view.range : ('' as const);
  const beginsMs = none || data === null ? null : beginningIn(data);
  return (
    <Panel
      title={title}
      testId={TEST_IDS.chart}
      className={`chart chart-${size}`}
      aside={
        <>
          {aside}
          <Segmented
            label={`Span of ${title}`}
            value={range as (typeof CHART_RANGES)[number]}
            options={RANGE_OPTIONS}
            onChange={(next) => onView({ kind: 'range', range: next })}
          />
          <span className="chart-tools">
            <IconButton label="Zoom in (+)" onClick={() => plots.current?.zoom(0.5)}>
              <Plus size={15} aria-hidden />
            </IconButton>
            <IconButton label="Zoom out (−)" onClick={() => plots.current?.zoom(2)}>
              <Minus size={15} aria-hidden />
            </IconButton>
            <IconButton
              label={asTable ? 'Show as chart' : 'Show as table'}
              aria-pressed={asTable}
              data-testid={TEST_IDS.chartAsTable}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <ChartLine size={15} aria-hidden /> : <Table2 size={15} aria-hidden />}
            </IconButton>
          </span>
        </>
      }
    >
      <div className="chart-body" ref={widthRef} aria-busy={loading}>
        <Standing error={error} onRetry={onRetry} data={data} staleSinceMs={staleSinceMs} />
        {beginsMs !== null && !asTable && (
          <p className="chart-beginning">Nothing is known before {formatDateTime(beginsMs)}</p>
        )}
        {data === null || none ? (
          <Nothing error={error} loading={loading} data={data} empty={empty} onRetry={onRetry} />
        ) : asTable ? (
          <ChartTable title={title} {...data} />
        ) : (
          <PlotStack
            ref={plots}
            title={title}
            {...data}
            stale={staleSinceMs !== null}
            marks={marks}
            onView={onView}
          />
        )}
      </div>
    </Panel>
  );
}

const RANGE_OPTIONS = CHART_RANGES.map((value) => ({ value, label: RANGE_WORDS[value].short }));

/** The first moment known, where most of the span lies before it; null: the picture speaks for itself. */
function beginningIn({ panels, grid }: NonNullable<ChartFrameProps['data']>): number | null {
  const firsts = panels.flatMap(({ points }) => points[0]?.atMs ?? []);
  const firstMs = Math.min(...firsts);
  const middleMs = grid.fromMs + (grid.stepMs * grid.count) / 2;
  return firsts.length > 0 && firstMs > middleMs ? firstMs : null;
}

type NothingProps = Pick<ChartFrameProps, 'error' | 'loading' | 'data' | 'empty' | 'onRetry'>;

function Nothing({ error, loading, data, empty, onRetry }: NothingProps) {
  if (error !== null) {
    return (
      <div className="chart-nothing" role="alert" data-testid={TEST_IDS.chartFailed}>
        <p>
          <strong>The history could not be loaded.</strong> {error.message}
        </p>
        <p className="muted">{error.advice}</p>
        <Button icon={<RotateCw size={14} aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
      </div>
    );
  }
  if (data === null || loading) {
    return (
      <div className="chart-skeleton" role="status">
        <span className="visually-hidden">Loading the history</span>
      </div>
    );
  }
  return (
    <div className="chart-nothing" data-testid={TEST_IDS.chartEmpty}>
      {empty}
    </div>
  );
}

type StandingProps = Pick<ChartFrameProps, 'error' | 'onRetry' | 'data' | 'staleSinceMs'>;

/** What is not right with what is drawn, over it and never in its way. */
function Standing({ error, onRetry, data, staleSinceMs }: StandingProps) {
  if (data === null) return null;
  if (error !== null) {
    return (
      <p className="chart-standing" role="alert">
        Not loaded anew: {error.message}
        <button type="button" className="link" onClick={onRetry}>
          Try again
        </button>
      </p>
    );
  }
  if (staleSinceMs === null) return null;
  return <p className="chart-standing">Known until {formatDateTime(staleSinceMs)}</p>;
}
