import { CircleCheck, CircleX, Info, LoaderCircle, LockKeyhole, PenLine } from 'lucide-react';
import { RefreshCw, ServerCrash, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { OperationView, OperationWait } from '#domain/capital-operation.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { unlockSigner } from '#renderer/stores/commands.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { goingWords, outcomeWords, waitWords } from './operation-words.ts';

/** On top, always: what it does, what it waits for, or how it ended. */
export function Outcome({ view }: { readonly view: OperationView }) {
  const outcome = outcomeWords(view);
  return (
    <>
      {outcome !== null && (
        <div
          className={`callout callout-${outcome.tone} operation-callout`}
          role="status"
          data-testid={TEST_IDS.operationOutcome}
        >
          <OutcomeIcon tone={outcome.tone} />
          <div>
            <p className="operation-callout-title">{outcome.title}</p>
            <p>{outcome.text}</p>
          </div>
        </div>
      )}
      {view.wait === null ? <Going view={view} /> : <Waiting wait={view.wait} />}
    </>
  );
}

function Going({ view }: { readonly view: OperationView }) {
  const words = goingWords(view.operation.state);
  if (words === null) return null;
  return (
    <div className="callout operation-callout" role="status">
      <LoaderCircle size={16} className="spin" aria-hidden />
      <div>
        <p className="operation-callout-title">{words.title}</p>
        <p>{words.text}</p>
      </div>
    </div>
  );
}

const OUTCOME_ICONS: Readonly<Record<'good' | 'warn' | 'bad' | 'neutral', LucideIcon>> = {
  good: CircleCheck,
  warn: TriangleAlert,
  bad: CircleX,
  neutral: Info,
};

function OutcomeIcon({ tone }: { readonly tone: 'good' | 'warn' | 'bad' | 'neutral' }) {
  const Icon = OUTCOME_ICONS[tone];
  return <Icon size={16} aria-hidden />;
}

const WAIT_ICONS: Readonly<Record<OperationWait['kind'], LucideIcon>> = {
  unlock: LockKeyhole,
  confirmation: PenLine,
  node: ServerCrash,
  sync: RefreshCw,
};

function Waiting({ wait }: { readonly wait: OperationWait }) {
  const words = useAtNow((nowMs) => waitWords(wait, nowMs));
  const Icon = WAIT_ICONS[wait.kind];
  const needsTrader = wait.kind === 'unlock' || wait.kind === 'confirmation';
  return (
    <div
      className={`callout operation-callout operation-wait ${needsTrader ? 'callout-warn' : ''}`}
      data-testid={TEST_IDS.operationWait}
    >
      <Icon size={16} aria-hidden />
      <div className="operation-wait-text">
        <p className={needsTrader ? 'operation-callout-title' : ''}>{words}</p>
        {wait.kind === 'node' && <p className="faint">{wait.error.message}</p>}
      </div>
      {wait.kind === 'unlock' && (
        <Button
          tone="primary"
          autoFocus
          data-testid={TEST_IDS.operationUnlock}
          onClick={() => void unlockSigner()}
        >
          Unlock to go on
        </Button>
      )}
    </div>
  );
}
