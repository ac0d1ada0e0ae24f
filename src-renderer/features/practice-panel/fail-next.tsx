import { useState } from 'react';
import type { PracticeFaults } from '#domain/practice.ts';
import { Button } from '#renderer/ui/button.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { FaultChange } from './fault-fields.ts';

type FailKind = NonNullable<PracticeFaults['failNext']>['kind'];

const FAIL_KINDS: readonly { readonly kind: FailKind; readonly label: string }[] = [
  { kind: 'timeout', label: 'time-out' },
  { kind: 'rate-limit', label: 'HTTP 429' },
  { kind: 'server-error', label: 'HTTP 503' },
  { kind: 'reset', label: 'reset' },
  { kind: 'truncate', label: 'truncated' },
  { kind: 'malformed', label: 'malformed' },
];

/** So many requests fail, and then all is well: for exact counts of attempts. */
export function FailNext({ onChange }: { readonly onChange: (change: FaultChange) => void }) {
  const [count, setCount] = useState('3');
  const [kind, setKind] = useState<FailKind>('timeout');
  const valid = /^[1-9]\d{0,3}$/.test(count);
  return (
    <div className="practice-row">
      <TextField
        label="Fail the next"
        unit="calls"
        inputMode="numeric"
        value={count}
        data-testid={TEST_IDS.practiceFailNextCount}
        error={valid ? null : 'A whole number from 1 to 9,999.'}
        onChange={(event) => setCount(event.target.value)}
      />
      <SelectField
        label="How"
        value={kind}
        data-testid={TEST_IDS.practiceFailNextKind}
        onChange={(event) => setKind(event.target.value as FailKind)}
      >
        {FAIL_KINDS.map((option) => (
          <option key={option.kind} value={option.kind}>
            {option.label}
          </option>
        ))}
      </SelectField>
      <Button
        aria-disabled={!valid}
        data-testid={TEST_IDS.practiceFailNext}
        onClick={() =>
          onChange((faults) => ({ ...faults, failNext: { count: Number(count), kind } }))
        }
      >
        Fail
      </Button>
    </div>
  );
}
