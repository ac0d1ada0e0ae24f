import { useEffect, useState } from 'react';
import { unixMs, type QuoteAmount } from '#domain/units.ts';
import type { TotalsChart } from '#domain/value-chart.ts';
import type { Money } from '#domain/vault-totals.ts';
import { useDeskSummary } from '#renderer/features/verdict/desk-summary.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { request } from '#renderer/stores/commands.ts';
import { GainLoss, Unknown } from '#renderer/ui/figures.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { fundingNow, fundingSince, type FundingChange } from './money-groups.ts';

const DAY_MS = 86_400_000;
const AGAIN_MS = 300_000;
const STEPS = 96;
const SPANS = [
  { days: 1, label: '24 h' },
  { days: 7, label: '7 d' },
] as const;
const LOADING = 'Loading';

type Charts = Readonly<Partial<Record<number, TotalsChart>>>;

let shared: { readonly beat: number; readonly charts: Promise<Charts> } | null = null;

/** One answer for all moneys, asked every few minutes. */
function loadCharts(beat: number): Promise<Charts> {
  if (shared?.beat !== beat) shared = { beat, charts: askAll() };
  return shared.charts;
}

async function askAll(): Promise<Charts> {
  const { nowMs } = useClockStore.getState();
  const answers = await Promise.all(
    SPANS.map(async ({ days }) => {
      const span = { fromMs: unixMs(nowMs - days * DAY_MS), toMs: nowMs };
      const answer = await request('chart.loadTotals', { ...span, steps: STEPS });
      return answer.ok ? [[days, answer.value.chart] as const] : [];
    }),
  );
  return Object.fromEntries(answers.flat());
}

export interface FundingReceivedProps {
  readonly money: Money;
  readonly vaults: number;
}

/** Funding that came in (or was paid) in a day, a week, and over the life of the accounts. */
export function FundingReceived({ money, vaults }: FundingReceivedProps) {
  const summary = useDeskSummary();
  const beat = useClockStore(({ nowMs }) => Math.floor(nowMs / AGAIN_MS));
  const [charts, setCharts] = useState<Charts | null>(null);
  useEffect(() => {
    let current = true;
    void loadCharts(beat).then((loaded) => current && setCharts(loaded));
    return () => {
      current = false;
    };
  }, [beat]);
  const now = fundingNow(summary.vaults, money);
  const since = (days: number, label: string): FundingChange => {
    if (charts === null) return { kind: 'unknown', why: LOADING };
    const chart = charts[days];
    if (chart === undefined) return { kind: 'unknown', why: 'It could not be loaded' };
    const lines = chart.lines.filter((line) => line.money === money);
    return fundingSince(lines, now, vaults, { ...chart, label });
  };
  const figures = [
    ...SPANS.map(({ days, label }) => ({ label, change: since(days, label) })),
    { label: 'all', change: changeOfAll(now) },
  ];
  const why = figures.flatMap(({ change }) => (change.kind === 'unknown' ? [change.why] : []))[0];
  return (
    <dl className="totals-funding" data-testid={TEST_IDS.fundingReceived}>
      <dt>Funding</dt>
      {figures.map(({ label, change }) => (
        <FundingFigure key={label} label={label} change={change} />
      ))}
      {why !== undefined && why !== LOADING && <dd className="faint totals-funding-why">{why}</dd>}
    </dl>
  );
}

const changeOfAll = (now: QuoteAmount | null): FundingChange =>
  now === null
    ? { kind: 'unknown', why: 'A vault has never been read' }
    : { kind: 'known', amount: now };

interface FundingFigureProps {
  readonly label: string;
  readonly change: FundingChange;
}

function FundingFigure({ label, change }: FundingFigureProps) {
  return (
    <dd>
      <span className="faint">{label}</span>{' '}
      {change.kind === 'known' ? <GainLoss amount={change.amount} /> : <Unknown why={change.why} />}
    </dd>
  );
}
