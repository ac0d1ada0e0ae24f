import './hint.css';
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

export interface HintProps {
  /** The explanation, shown on hover and on keyboard focus. */
  readonly text: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  readonly side?: 'top' | 'bottom';
  readonly testId?: string;
}

/** Words that explain themselves when pointed at or reached by keyboard. */
export function Hint({ text, children, className = '', side = 'top', testId }: HintProps) {
  return (
    <Tooltip.Provider delayDuration={250}>
      <Tooltip.Root>
        <Tooltip.Trigger type="button" className={`hint ${className}`} data-testid={testId}>
          {children}
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="hint-text" side={side} sideOffset={6} collisionPadding={12}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
