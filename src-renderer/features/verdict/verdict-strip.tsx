import './verdict-strip.css';
import { CircleCheck, CircleDashed, OctagonAlert, PenLine, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { OperationView } from '#domain/capital-operation.ts';
import { figuresAtMs } from '#renderer/features/vault-table/columns.ts';
import { titleOf, unresolvedTitle } from '#renderer/features/operations/operation-words.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { isStopped } from '#renderer/ui/gate-standing.ts';
import { openOperation } from '#renderer/stores/navigation-store.ts';
import { needsTrader, useOpenOperations } from '#renderer/stores/operation-store.ts';
import { deriveVerdict, type Answer, type VerdictVault } from '#renderer/stores/verdict.ts';
import { formatAge } from '#renderer/ui/format.ts';
import { Hint } from '#renderer/ui/hint.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { useDeskSummary, type SummaryVault } from './desk-summary.ts';

/** In the same place on every screen: is it right, is it fresh, is it safe (D1). */
export function VerdictStrip() {
  const { nowMs, vaults: rows } = useDeskSummary();
  const thresholds = useDeskStore((state) => state.settings.watch);
  const verdict = useMemo(
    () => deriveVerdict(verdictVaults(rows, nowMs), thresholds, formatAge),
    [rows, nowMs, thresholds],
  );
  if (rows.length === 0) return null;
  const { right, fresh, safe } = verdict;
  return (
    <div className="verdict" role="group" aria-label="All vaults" data-testid={TEST_IDS.verdict}>
      <div className="verdict-row">
        <AnswerItem question="Right" answer={right} />
        <AnswerItem question="Fresh" answer={fresh} />
        <AnswerItem question="Safe" answer={safe} />
        <OperationInView />
      </div>
    </div>
  );
}

const verdictVaults = (rows: readonly SummaryVault[], nowMs: number): readonly VerdictVault[] =>
  rows.map(({ view, health, gate }) => {
    const atMs = figuresAtMs(view);
    return {
      name: view.vault.name,
      sync: health,
      ageMs: atMs === null ? null : nowMs - atMs,
      healthBps: view.state.observation?.snapshot.figures.healthBps ?? null,
      stopped: isStopped(gate),
    };
  });

const ICONS = {
  good: CircleCheck,
  warn: TriangleAlert,
  bad: OctagonAlert,
  none: CircleDashed,
} as const;

interface AnswerItemProps {
  readonly question: string;
  readonly answer: Answer;
}

function AnswerItem({ question, answer: { tone, text, more } }: AnswerItemProps) {
  const Icon = ICONS[tone];
  return (
    <Hint text={more} side="bottom" className={`verdict-item verdict-${tone}`}>
      <Icon size={15} aria-hidden />
      <span className="verdict-question">{question}</span>
      <AnswerText text={text} />
    </Hint>
  );
}

/** The first word is the first to go where room is short: “lowest health 34” says as much without it. */
function AnswerText({ text }: { readonly text: string }) {
  const [, lead = '', rest = text] = /^((?:lowest|oldest) )(.*)$/.exec(text) ?? [];
  return (
    <span className="verdict-text">
      {lead !== '' && <span className="verdict-lead">{lead}</span>}
      {rest}
    </span>
  );
}

/** What must not be overlooked: an operation that waits for the trader, or one whose end nobody knows yet. */
function OperationInView() {
  const open = useOpenOperations();
  const waiting = open.filter(needsTrader);
  const unresolved = open.filter(({ operation }) => operation.state === 'unresolved');
  return waiting.length > 0 ? (
    <WaitingOperation waiting={waiting} />
  ) : (
    <UnresolvedOperation unresolved={unresolved} />
  );
}

function UnresolvedOperation({ unresolved }: { readonly unresolved: readonly OperationView[] }) {
  const [first] = unresolved;
  if (first === undefined) return null;
  const title = titleOf(first.operation.intent);
  return (
    <button
      type="button"
      className="verdict-item verdict-warn verdict-operation"
      title={`${title}: ${unresolvedTitle(first)}`}
      onClick={() => openOperation(first.operation.id)}
    >
      <TriangleAlert size={14} aria-hidden />
      <span className="verdict-question">
        {unresolved.length === 1 ? 'Unresolved' : `${unresolved.length} unresolved`}
      </span>
      <span className="verdict-text">watching</span>
    </button>
  );
}

/** Stands still until the trader acts; a press shows it. */
function WaitingOperation({ waiting }: { readonly waiting: readonly OperationView[] }) {
  const [first, ...others] = waiting;
  if (first === undefined) return null;
  const act = first.wait?.kind === 'unlock' ? 'unlock' : 'confirm';
  const title = titleOf(first.operation.intent);
  return (
    <button
      type="button"
      className="verdict-item verdict-warn verdict-operation"
      title={`${title} waits for you: ${act}`}
      onClick={() => openOperation(first.operation.id)}
    >
      <PenLine size={14} aria-hidden />
      <span className="verdict-question">
        {others.length === 0 ? 'Waits for you' : `${waiting.length} wait for you`}
      </span>
      <span className="verdict-text">{act}</span>
    </button>
  );
}
