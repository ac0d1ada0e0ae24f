import './hint.css';
import { Tooltip } from 'radix-ui';
import { useState, type ReactElement, type ReactNode } from 'react';

export interface HintedProps {
  /** Null: no hint. */
  readonly text: ReactNode | null;
  /** One control that takes the pointer and the focus itself. */
  readonly children: ReactElement;
  readonly side?: 'top' | 'bottom';
}

/** Says why a control does nothing now, to the pointer and to the keyboard. */
export function Hinted({ text, children, side = 'bottom' }: HintedProps) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Provider delayDuration={120}>
      <Tooltip.Root open={open && text !== null} onOpenChange={setOpen}>
        <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="hint-text" side={side} sideOffset={6} collisionPadding={12}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
