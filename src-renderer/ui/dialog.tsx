import './dialog.css';
import { Dialog as RadixDialog } from 'radix-ui';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { TEST_IDS } from './test-ids.ts';
import { useFocusReturn } from './use-focus-return.ts';

export interface DialogProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly description?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** `large`: room for two columns. */
  readonly size?: 'large';
}

/**
 * A modal dialog. The backdrop is an element of its own: Radix' overlay locks scrolling with an injected
 * style sheet, which the window's content policy refuses.
 */
export function Dialog({ title, description, onClose, children, wide = false, size }: DialogProps) {
  const giveFocusBack = useFocusReturn();
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <div className="dialog-backdrop" />
        <RadixDialog.Content
          className={`dialog ${size === 'large' ? 'dialog-large' : wide ? 'dialog-wide' : ''}`}
          data-testid={TEST_IDS.dialog}
          onCloseAutoFocus={giveFocusBack}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="dialog-head">
            <RadixDialog.Title className="dialog-title">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label="Close">
                <X size={16} aria-hidden />
              </IconButton>
            </RadixDialog.Close>
          </header>
          {description !== undefined && (
            <RadixDialog.Description className="dialog-description">
              {description}
            </RadixDialog.Description>
          )}
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
