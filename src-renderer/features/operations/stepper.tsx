import { Check, Circle, CircleDot, LoaderCircle, Minus, TriangleAlert, X } from 'lucide-react';
import type { OperationStep, OperationView } from '#domain/capital-operation.ts';
import { useEffect, useRef } from 'react';
import { TimeOf } from '#renderer/ui/age.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { deriveSteps, type StepLine } from './derive-steps.ts';
import { STEP_WORDS } from './operation-words.ts';

/** Every step with its time and cause; the one under way says what it does. */
export function Stepper({ view }: { readonly view: OperationView }) {
  const { operation, wait } = view;
  const lines = deriveSteps(operation);
  const list = useRef<HTMLOListElement>(null);
  // In a low window the steps scroll; the one that matters must not be below the edge.
  useEffect(() => {
    const steps = list.current?.querySelectorAll('[aria-current="step"], .step-failed');
    steps?.item(steps.length - 1)?.scrollIntoView?.({ block: 'nearest' });
  }, [operation.state]);
  const skipped = lines.filter(({ progress }) => progress === 'skipped');
  return (
    <ol className="stepper" ref={list}>
      {lines
        .filter(({ progress }) => progress !== 'skipped')
        .map((line) => (
          <Line key={line.state} line={line} waiting={wait !== null} />
        ))}
      {skipped.length > 0 && <NotReached lines={skipped} />}
    </ol>
  );
}

/** What the end cut off, in one line: nine crossed-out steps would hide the one that matters. */
function NotReached({ lines }: { readonly lines: readonly StepLine[] }) {
  return (
    <li className="step step-skipped">
      <span className="step-mark">
        <Minus size={13} aria-hidden />
      </span>
      <p className="step-cause">
        Not reached: {lines.map((line) => wordOf(line).toLowerCase()).join(', ')}.
      </p>
    </li>
  );
}

const PROGRESS_WORDS = {
  done: 'done',
  current: 'under way',
  failed: 'ended here',
  pending: 'to come',
  skipped: 'not reached',
} as const;

function Line({ line, waiting }: { readonly line: StepLine; readonly waiting: boolean }) {
  const { state, progress, transition } = line;
  return (
    <li
      className={`step step-${progress} step-of-${state}`}
      data-testid={TEST_IDS.operationStep}
      data-step={state}
      data-progress={progress}
      aria-current={progress === 'current' ? 'step' : undefined}
    >
      <span className="step-mark">
        <Mark line={line} waiting={waiting} />
        <span className="visually-hidden">{PROGRESS_WORDS[progress]}</span>
      </span>
      <div className="step-text">
        <div className="step-line">
          <span className="step-word">{wordOf(line)}</span>
          {transition !== null && <TimeOf className="step-time" atMs={transition.atMs} />}
        </div>
        {transition !== null && transition.cause !== '' && (
          <p className="step-cause" title={transition.cause}>
            {transition.cause}
          </p>
        )}
      </div>
    </li>
  );
}

const ENDS: Readonly<Record<string, string>> = {
  denied: 'Denied',
  rejected: 'Rejected',
  expired: 'Expired',
  discrepant: 'Discrepant',
  unresolved: 'Unresolved: watching the chain…',
};

function wordOf({ state, progress }: StepLine): string {
  const end = ENDS[state];
  if (end !== undefined) return end;
  const words = STEP_WORDS[state as OperationStep];
  return progress === 'current' ? words.doing : words.done;
}

function Mark({ line, waiting }: { readonly line: StepLine; readonly waiting: boolean }) {
  switch (line.progress) {
    case 'done':
      return <Check size={13} strokeWidth={3} aria-hidden />;
    case 'current':
      if (line.state === 'unresolved') return <TriangleAlert size={13} aria-hidden />;
      return waiting ? (
        <CircleDot size={13} aria-hidden />
      ) : (
        <LoaderCircle size={13} className="spin" aria-hidden />
      );
    case 'failed':
      return <X size={13} strokeWidth={3} aria-hidden />;
    case 'skipped':
      return <Minus size={13} aria-hidden />;
    case 'pending':
      return <Circle size={9} aria-hidden />;
  }
}
