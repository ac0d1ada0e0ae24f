import './practice-panel.css';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { PracticeFaults } from '#domain/practice.ts';
import { togglePractice } from '#renderer/stores/navigation-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { CopyAddress } from '#renderer/ui/copy-text.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { faultTestId, TEST_IDS } from '#renderer/ui/test-ids.ts';
import { activeFaultCount, FAULT_GROUPS, withFault, type FaultField } from './fault-fields.ts';
import { OtherClient } from './other-client.tsx';
import { usePractice } from './use-practice.ts';
import { VenueControls } from './venue-controls.tsx';

/** The practice network's control desk: another client's deposits, and faults on demand. */
export function PracticePanel() {
  const { status, error, setFaults } = usePractice();
  return (
    <aside className="practice" aria-label="Practice network" data-testid={TEST_IDS.practicePanel}>
      <header className="practice-head">
        <h2>Practice network</h2>
        <IconButton label="Close the practice panel" onClick={togglePractice}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {error !== null && (
        <p className="callout callout-bad" role="alert">
          {error.message} {error.advice}
        </p>
      )}
      {status !== null && (
        <>
          <p className="practice-intro">
            A simulated Drift with play money on this computer. Try here what must not happen with
            real money.
          </p>
          <dl className="practice-facts">
            <dt>Trader</dt>
            <dd>
              <CopyAddress address={status.authority} />
            </dd>
            <dt>RPC</dt>
            <dd className="mono selectable">{status.rpcUrl}</dd>
          </dl>
          <OtherClient />
          <VenueControls />
          <Faults faults={status.faults} onChange={(faults) => void setFaults(faults)} />
        </>
      )}
    </aside>
  );
}

interface FaultsProps {
  readonly faults: PracticeFaults;
  readonly onChange: (faults: PracticeFaults) => void;
}

function Faults({ faults, onChange }: FaultsProps) {
  const count = activeFaultCount(faults);
  return (
    <section aria-labelledby="practice-faults">
      <div className="practice-section-head">
        <h3 id="practice-faults">Faults on demand</h3>
        <Button
          data-testid={TEST_IDS.practiceClearFaults}
          aria-disabled={count === 0}
          onClick={() => onChange({})}
        >
          {count === 0 ? 'No faults' : `Clear ${count}`}
        </Button>
      </div>
      <FailNext faults={faults} onChange={onChange} />
      {FAULT_GROUPS.map(({ title, fields }) => (
        <fieldset key={title} className="practice-group">
          <legend>{title}</legend>
          {fields.map((field) => (
            <FaultControl key={field.fault} field={field} faults={faults} onChange={onChange} />
          ))}
        </fieldset>
      ))}
    </section>
  );
}

interface FaultControlProps extends FaultsProps {
  readonly field: FaultField;
}

function FaultControl({ field, faults, onChange }: FaultControlProps) {
  if (field.kind === 'flag') {
    return (
      <Switch
        label={field.label}
        checked={faults[field.fault] ?? false}
        testId={faultTestId(field.fault)}
        onChange={(on) => onChange(withFault(faults, field.fault, on))}
      />
    );
  }
  const percent = field.kind === 'rate';
  const stored = faults[field.fault] ?? 0;
  const shown = percent ? Math.round(stored * 100) : stored;
  const max = percent ? 100 : field.max;
  const commit = (typed: string) => {
    const value = Math.min(max, Math.max(0, Math.round(Number(typed)) || 0));
    if (value !== shown) onChange(withFault(faults, field.fault, percent ? value / 100 : value));
  };
  return (
    <label className="practice-number">
      <span>{field.label}</span>
      <span className="practice-number-box">
        <input
          key={shown}
          type="number"
          min={0}
          max={max}
          defaultValue={shown}
          data-testid={faultTestId(field.fault)}
          onBlur={(event) => commit(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
        />
        <span>{percent ? '%' : field.unit}</span>
      </span>
    </label>
  );
}

type FailKind = NonNullable<PracticeFaults['failNext']>['kind'];

const FAIL_KINDS: readonly { readonly kind: FailKind; readonly label: string }[] = [
  { kind: 'timeout', label: 'time-out' },
  { kind: 'rate-limit', label: 'HTTP 429' },
  { kind: 'server-error', label: 'HTTP 503' },
  { kind: 'reset', label: 'reset' },
  { kind: 'truncate', label: 'truncated' },
  { kind: 'malformed', label: 'malformed' },
];

function FailNext({ faults, onChange }: FaultsProps) {
  const [count, setCount] = useState('3');
  const [kind, setKind] = useState<FailKind>('timeout');
  const valid = /^[1-9]\d{0,3}$/.test(count);
  return (
    <div className="practice-fail-next">
      <TextField
        label="Fail the next"
        unit="requests"
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
        onClick={() => onChange({ ...faults, failNext: { count: Number(count), kind } })}
      >
        Fail
      </Button>
    </div>
  );
}
