import { Check } from 'lucide-react';
import { Checkbox } from 'radix-ui';

export interface SureCheckProps {
  readonly id: string;
  readonly words: string;
  readonly sure: boolean;
  onSure(sure: boolean): void;
  readonly testId: string;
}

/** To be ticked before something is lost. */
export function SureCheck({ id, words, sure, onSure, testId }: SureCheckProps) {
  return (
    <div className="restore-check">
      <Checkbox.Root
        id={id}
        className="checkbox"
        checked={sure}
        data-testid={testId}
        onCheckedChange={(checked) => onSure(checked === true)}
      >
        <Checkbox.Indicator>
          <Check size={12} strokeWidth={3} aria-hidden />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <label htmlFor={id}>{words}</label>
    </div>
  );
}
