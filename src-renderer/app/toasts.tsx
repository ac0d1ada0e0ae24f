import { CircleCheck, CircleX, Info, X } from 'lucide-react';
import { Toast as RadixToast } from 'radix-ui';
import { dismissToast, useToastStore, type ToastTone } from '#renderer/stores/toast-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

const ICONS = { good: CircleCheck, info: Info, bad: CircleX } as const;
/** An error stays until it has surely been read. */
const SHOWN_MS: Readonly<Record<ToastTone, number>> = { good: 5_000, info: 6_000, bad: 20_000 };

export function Toasts() {
  const toasts = useToastStore((state) => state.toasts);
  return (
    <RadixToast.Provider label="Message">
      {toasts.map(({ id, tone, title, text, act }) => {
        const Icon = ICONS[tone];
        return (
          <RadixToast.Root
            key={id}
            className={`toast toast-${tone}`}
            duration={act === null ? SHOWN_MS[tone] : 12_000}
            type={tone === 'bad' ? 'foreground' : 'background'}
            data-testid={TEST_IDS.toast}
            onOpenChange={(open) => !open && dismissToast(id)}
          >
            <Icon size={16} aria-hidden />
            <div className="toast-text">
              <RadixToast.Title className="toast-title">{title}</RadixToast.Title>
              {text !== '' && (
                <RadixToast.Description className="toast-description">
                  {text}
                </RadixToast.Description>
              )}
            </div>
            {act !== null && (
              <RadixToast.Action asChild altText={act.label}>
                <Button tone="quiet" onClick={act.act}>
                  {act.label}
                </Button>
              </RadixToast.Action>
            )}
            <RadixToast.Close asChild>
              <IconButton label="Dismiss">
                <X size={14} aria-hidden />
              </IconButton>
            </RadixToast.Close>
          </RadixToast.Root>
        );
      })}
      <RadixToast.Viewport className="toasts" />
    </RadixToast.Provider>
  );
}
