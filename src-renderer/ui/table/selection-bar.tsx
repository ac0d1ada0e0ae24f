import { X } from 'lucide-react';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { TableAction } from './table-action.ts';

export interface SelectionBarProps {
  readonly count: number;
  readonly actions: readonly TableAction[];
  readonly onClear: () => void;
}

/** Under the table while rows are chosen: how many, and what can be done with them. */
export function SelectionBar({ count, actions, onClear }: SelectionBarProps) {
  return (
    <div
      className="dt-selection"
      role="toolbar"
      aria-label="With the chosen rows"
      data-testid={TEST_IDS.selectionBar}
    >
      <span className="dt-selection-count" role="status">
        {formatInteger(count)} chosen
      </span>
      {actions.map(({ id, label, icon: Icon, act, danger, testId }) => (
        <Button
          key={id}
          tone={danger === true ? 'danger' : 'plain'}
          icon={<Icon size={14} aria-hidden />}
          data-testid={testId}
          onClick={act}
        >
          {label}
        </Button>
      ))}
      <span className="spacer" />
      <IconButton label="Choose none (Esc)" onClick={onClear}>
        <X size={15} aria-hidden />
      </IconButton>
    </div>
  );
}
