import { useState } from 'react';
import { PRACTICE_NODES, type PracticeFaults, type PracticeNode } from '#domain/practice.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { faultTestId, practiceNodeTestId, TEST_IDS } from '#renderer/ui/test-ids.ts';
import { FailNext } from './fail-next.tsx';
import {
  activeFaultCount,
  FAULT_GROUPS,
  faultsOf,
  withFault,
  type FaultChange,
  type FaultField,
  type FaultsByNode,
} from './fault-fields.ts';
import { Fold } from './fold.tsx';

const NODE_NAMES: Readonly<Record<PracticeNode, string>> = { both: 'Both nodes', a: 'A', b: 'B' };

interface FaultsSectionProps {
  readonly faults: FaultsByNode;
  readonly onChange: (node: PracticeNode, change: FaultChange) => void;
}

/** What goes wrong, and at which of the two nodes: where only one fails, Keel goes over to the other. */
export function FaultsSection({ faults, onChange }: FaultsSectionProps) {
  const [node, setNode] = useState<PracticeNode>('both');
  const shown = faultsOf(faults, node);
  const changeHere = (change: FaultChange) => onChange(node, change);
  const count =
    node === 'both'
      ? activeFaultCount({ ...faults.a, ...faults.b })
      : activeFaultCount(faults[node]);
  return (
    <Fold title="Faults on demand" aside={standing(faults)} isOpenAtFirst>
      <div className="practice-nodes">
        <Segmented
          label="Node that fails"
          value={node}
          options={PRACTICE_NODES.map((value) => ({
            value,
            label: nodeLabel(value, faults),
            testId: practiceNodeTestId(value),
          }))}
          onChange={setNode}
        />
        <Button
          tone="quiet"
          data-testid={TEST_IDS.practiceClearFaults}
          aria-disabled={count === 0}
          onClick={() => changeHere(() => ({}))}
        >
          {count === 0 ? 'Clear' : `Clear ${count}`}
        </Button>
      </div>
      <FailNext onChange={changeHere} />
      {FAULT_GROUPS.map(({ title, fields }) => (
        <fieldset key={title} className="practice-group">
          <legend>{title}</legend>
          {fields.map((field) => (
            <FaultControl key={field.fault} field={field} faults={shown} onChange={changeHere} />
          ))}
        </fieldset>
      ))}
    </Fold>
  );
}

const nodeLabel = (node: PracticeNode, faults: FaultsByNode): string => {
  const count = node === 'both' ? 0 : activeFaultCount(faults[node]);
  return count === 0 ? NODE_NAMES[node] : `${NODE_NAMES[node]} · ${count}`;
};

function standing({ a, b }: FaultsByNode): string {
  const [ofA, ofB] = [activeFaultCount(a), activeFaultCount(b)];
  if (ofA + ofB === 0) return 'none';
  if (ofA > 0 && ofB > 0) return 'both nodes fail';
  return ofA > 0 ? 'node A fails' : 'node B fails';
}

interface FaultControlProps {
  readonly field: FaultField;
  readonly faults: PracticeFaults;
  readonly onChange: (change: FaultChange) => void;
}

function FaultControl({ field, faults, onChange }: FaultControlProps) {
  if (field.kind === 'flag') {
    return (
      <Switch
        label={field.label}
        checked={faults[field.fault] ?? false}
        testId={faultTestId(field.fault)}
        onChange={(on) => onChange((before) => withFault(before, field.fault, on))}
      />
    );
  }
  const percent = field.kind === 'rate';
  const stored = faults[field.fault] ?? 0;
  const shown = percent ? Math.round(stored * 100) : stored;
  const max = percent ? 100 : field.max;
  const commit = (typed: string) => {
    const value = Math.min(max, Math.max(0, Math.round(Number(typed)) || 0));
    if (value === shown) return;
    onChange((before) => withFault(before, field.fault, percent ? value / 100 : value));
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
