import '#renderer/ui/hint.css';
import { Tooltip } from 'radix-ui';
import { useState, type ReactElement } from 'react';

export interface RailTipProps {
  /** Null: the words stand there already. */
  readonly text: string | null;
  readonly children: ReactElement;
}

/** The words of an icon, at its right. */
export function RailTip({ text, children }: RailTipProps) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Provider delayDuration={120} disableHoverableContent>
      <Tooltip.Root open={open && text !== null} onOpenChange={setOpen}>
        <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="hint-text" side="right" sideOffset={8} collisionPadding={12}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
