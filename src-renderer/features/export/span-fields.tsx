import { Segmented } from '#renderer/ui/segmented.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { SPAN_LABELS, SPANS, type SpanChoice } from './export-span.ts';

export interface SpanFieldsProps {
  readonly value: SpanChoice;
  readonly onChange: (choice: SpanChoice) => void;
  /** Of the dates; null: none. */
  readonly problem: string | null;
}

export function SpanFields({ value, onChange, problem }: SpanFieldsProps) {
  return (
    <div className="export-choice">
      <span className="export-label" aria-hidden>
        Span
      </span>
      <Segmented
        label="Span"
        value={value.span}
        testId={TEST_IDS.exportSpan}
        options={SPANS.map((span) => ({ value: span, label: SPAN_LABELS[span] }))}
        onChange={(span) => onChange({ ...value, span })}
      />
      {value.span === 'dates' && (
        <div className="export-dates">
          <TextField
            label="First day"
            type="date"
            value={value.from}
            error={problem}
            hint="Days in UTC; empty: from the first"
            data-testid={TEST_IDS.exportFrom}
            onChange={(event) => onChange({ ...value, from: event.target.value })}
          />
          <TextField
            label="Last day"
            type="date"
            value={value.to}
            hint="Empty: to this moment"
            data-testid={TEST_IDS.exportTo}
            onChange={(event) => onChange({ ...value, to: event.target.value })}
          />
        </div>
      )}
    </div>
  );
}
