import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react';
import { memo, type KeyboardEvent, type ReactNode } from 'react';
import { quoteAmount, type QuoteAmount } from '#domain/units.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openVault } from '#renderer/stores/navigation-store.ts';
import { Age } from '#renderer/ui/age.tsx';
import { observedMarks, standingOf } from '#renderer/ui/figure-standing.tsx';
import { GainLoss, Quote, Unknown } from '#renderer/ui/figures.tsx';
import { formatAge } from '#renderer/ui/format.ts';
import { HealthBar } from '#renderer/ui/health-bar.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { MONEY_WORDS } from '#renderer/ui/vault-chips.tsx';
import { Sparkline } from './sparkline.tsx';
import { useDay, type Day } from './use-day-change.ts';
import type { LineAnswer, SortedLine } from './vault-line.ts';

const ICONS = { good: CircleCheck, warn: TriangleAlert, bad: OctagonAlert } as const;

export interface VaultLineRowProps {
  readonly row: SortedLine;
}

/** One vault in one line; the line is the way to its page. Drawn again only when something of it has changed. */
export const VaultLineRow = memo(function VaultLineRow({ row }: VaultLineRowProps) {
  const { view, line, health, money } = row;
  const { vault, state } = view;
  const figures = state.observation?.snapshot.figures;
  const standing = standingOf(view, health);
  const day = useDay(vault.id);
  return (
    <button
      type="button"
      className={`vault-line vault-line-${line.tone} ${health === 'fresh' ? '' : 'is-old'}`}
      data-testid={TEST_IDS.overviewVault}
      data-vault={vault.id}
      data-attention={line.tone}
      {...observedMarks(standing)}
      onKeyDown={walk}
      onClick={() => openVault(vault.id)}
    >
      <span className="vault-line-who">
        <span className="vault-line-name">{vault.name}</span>
        <span className="vault-line-note" title={line.todo ?? undefined}>
          {line.todo ?? `${MONEY_WORDS[money]} · engine ${vault.engine}`}
        </span>
      </span>
      <span className="vault-line-answers">
        <AnswerMark question="Right" answer={line.right} />
        <AnswerMark question="Fresh" answer={line.fresh}>
          {standing.observedAtMs !== null && <Age atMs={standing.observedAtMs} />}
        </AnswerMark>
        <AnswerMark question="Safe" answer={line.safe} />
      </span>
      <span className="vault-line-health">
        {figures === undefined ? <Unknown /> : <VaultHealth {...figures} />}
      </span>
      <span className="vault-line-day">{day !== null && <Sparkline points={day.points} />}</span>
      <span className="vault-line-equity">
        {figures === undefined ? <Unknown /> : <Quote amount={figures.totalCollateral} />}
        {figures !== undefined && <DayChange day={day} equity={figures.totalCollateral} />}
      </span>
    </button>
  );
}, sameRow);

/** Arrow keys go from line to line. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const item = event.currentTarget.closest('li');
  const next = event.key === 'ArrowDown' ? item?.nextElementSibling : item?.previousElementSibling;
  const button = next?.querySelector('button');
  if (button === null || button === undefined) return;
  event.preventDefault();
  button.focus();
}

function sameRow({ row: before }: VaultLineRowProps, { row: after }: VaultLineRowProps): boolean {
  return (
    before.view === after.view &&
    before.health === after.health &&
    before.line.todo === after.line.todo &&
    before.line.safe.word === after.line.safe.word &&
    before.line.tone === after.line.tone
  );
}

interface AnswerMarkProps {
  readonly question: string;
  readonly answer: LineAnswer;
  readonly children?: ReactNode;
}

/** Shape, question and word: never colour alone. */
function AnswerMark({ question, answer: { tone, word }, children }: AnswerMarkProps) {
  const Icon = ICONS[tone];
  return (
    <span className={`answer-mark answer-${tone}`}>
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{question}: </span>
      {word !== '' && <span className="answer-word">{word}</span>}
      {children}
    </span>
  );
}

function VaultHealth(figures: { readonly health: number; readonly healthBps: number }) {
  const thresholds = useDeskStore((state) => state.settings.watch);
  return (
    <HealthBar health={figures.health} healthBps={figures.healthBps} thresholds={thresholds} />
  );
}

interface DayChangeProps {
  readonly day: Day | null;
  readonly equity: QuoteAmount | null;
}

const MOST_OF_A_DAY_MS = 82_800_000;
const HOUR_MS = 3_600_000;

/** “19 h”, not “19 h 30 min”: the room is the sentence's beside it. */
const wholeHours = (spanMs: number): number =>
  spanMs < HOUR_MS ? spanMs : spanMs - (spanMs % HOUR_MS);

const CHANGE_NOTE =
  'Equity now less equity 24 h ago: deposits and withdrawals are in it, so it is no profit or loss.';

/** What the vault holds more or less than a day ago, and says what is in that. */
function DayChange({ day, equity }: DayChangeProps) {
  const first = day?.points[0];
  if (day === null || first === undefined || equity === null) {
    return (
      <Unknown why={day === null ? 'Change of 24 h: loading' : 'No history of the last 24 h'} />
    );
  }
  const spanMs = day.askedAtMs - first.atMs;
  return (
    <span className="vault-line-change" title={CHANGE_NOTE}>
      <GainLoss amount={quoteAmount(equity - first.equity)} />
      <span className="visually-hidden">, deposits and withdrawals included</span>
      {spanMs < MOST_OF_A_DAY_MS && (
        <span className="faint"> in {formatAge(wholeHours(spanMs))}</span>
      )}
    </span>
  );
}
