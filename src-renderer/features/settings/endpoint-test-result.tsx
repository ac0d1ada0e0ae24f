import { CircleAlert, CircleCheck, CircleMinus, CircleX, LoaderCircle } from 'lucide-react';
import type { EndpointTestLine, EndpointTestStep } from '#domain/endpoint-view.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { TestState } from './use-endpoint-test.ts';

const STEPS: Readonly<Record<EndpointTestStep, string>> = {
  connect: 'Answers',
  cluster: 'Right network',
  slot: 'Up to date',
  accounts: 'Drift’s accounts',
  socket: 'Live updates',
};

const OUTCOMES = {
  ok: { Icon: CircleCheck, tone: 'sync-good', word: 'Good' },
  failed: { Icon: CircleX, tone: 'sync-bad', word: 'Failed' },
  skipped: { Icon: CircleMinus, tone: 'faint', word: 'Not tried' },
} as const;

/** What a test of an endpoint found, step by step. */
export function EndpointTestResult({ state }: { readonly state: TestState }) {
  switch (state.kind) {
    case 'none':
      return null;
    case 'running':
      return (
        <p className="endpoint-test" role="status">
          <LoaderCircle size={14} className="spin" aria-hidden />
          Trying it: this takes up to 20 s.
        </p>
      );
    case 'refused':
      return (
        <p className="callout callout-bad" role="alert">
          <CircleAlert size={15} aria-hidden />
          <span>{state.text}</span>
        </p>
      );
    case 'done': {
      const { usable, lines } = state.test;
      return (
        <div
          className="endpoint-tested"
          role="status"
          data-testid={TEST_IDS.endpointTestResult}
          data-usable={usable}
        >
          <p className={usable ? 'sync-good endpoint-verdict' : 'sync-bad endpoint-verdict'}>
            {verdictOf(usable, lines)}
          </p>
          <ul>
            {lines.map((line) => (
              <TestLine key={line.step} line={line} />
            ))}
          </ul>
        </div>
      );
    }
  }
}

function verdictOf(usable: boolean, lines: readonly EndpointTestLine[]): string {
  if (!usable) return 'Keel could not sync over it';
  return lines.every(({ outcome }) => outcome === 'ok')
    ? 'Keel can sync over it'
    : 'Keel can sync over it, by heartbeats alone';
}

function TestLine({ line: { step, outcome, text, tookMs } }: { readonly line: EndpointTestLine }) {
  const { Icon, tone, word } = OUTCOMES[outcome];
  return (
    <li data-step={step} data-outcome={outcome}>
      <Icon size={14} className={tone} role="img" aria-label={word} />
      <span className="endpoint-step">{STEPS[step]}</span>
      <span className="endpoint-step-text">{text}</span>
      <span className="endpoint-step-took num">{tookMs === null ? '' : `${tookMs} ms`}</span>
    </li>
  );
}
