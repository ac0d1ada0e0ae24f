import { CircleAlert } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { SignerAct, SignerScreen } from '#domain/signer-window.ts';
import { Button } from '#renderer/ui/button.tsx';
import { PlayMoney } from '#renderer/ui/vault-chips.tsx';
import { SIGNER_TEST_IDS } from './signer-test-ids.ts';

export type ScreenOf<Kind extends SignerScreen['kind']> = Extract<SignerScreen, { kind: Kind }>;

/** What every screen is given. */
export interface ScreenProps<Kind extends SignerScreen['kind']> {
  readonly screen: ScreenOf<Kind>;
  readonly error: KeelError | null;
  /** An act was sent and the signer has not answered yet. */
  readonly busy: boolean;
  readonly act: (act: SignerAct) => void;
}

/** What happened and what to do, as one text for a field. */
export const errorText = (error: KeelError | null): string | null =>
  error === null ? null : `${error.message} ${error.advice}`;

export interface FrameProps {
  readonly title: string;
  readonly intro?: ReactNode;
  /** Stamped beside the title where the screen is about a key. */
  readonly money?: 'practice' | 'live';
  /** Where it belongs to no field. */
  readonly error?: KeelError | null;
  readonly children?: ReactNode;
  readonly actions: ReactNode;
  /** Enter in a field does this. */
  readonly onSubmit?: () => void;
}

/** Title, contents that scroll, and the row of buttons that always stays in view. */
export function Frame(props: FrameProps) {
  const { title, intro, money, error = null, children, actions, onSubmit } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <form className="signer-screen" onSubmit={submit} autoComplete="off" noValidate>
      {/* What is longer than the window must be readable by the keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="signer-body" role="region" aria-label={title} tabIndex={0}>
        <div className="signer-title">
          <h1 data-testid={SIGNER_TEST_IDS.title}>{title}</h1>
          {money !== undefined && <PlayMoney money={money} />}
        </div>
        {intro !== undefined && <p className="signer-intro">{intro}</p>}
        {error !== null && (
          <p className="callout callout-bad" role="alert" data-testid={SIGNER_TEST_IDS.error}>
            <CircleAlert size={15} aria-hidden />
            <span>{errorText(error)}</span>
          </p>
        )}
        {children}
      </div>
      <div className="signer-actions">{actions}</div>
    </form>
  );
}

export interface ActionsProps {
  readonly proceed: string;
  readonly busy: boolean;
  readonly danger?: boolean;
  /** Whether it can be pressed at all. */
  readonly ready?: boolean;
  readonly act: (act: SignerAct) => void;
  readonly back?: boolean;
}

/** Cancel, optionally back, and the one button that goes on. */
export function Actions({ proceed, busy, danger = false, ready = true, act, back }: ActionsProps) {
  return (
    <>
      <Button data-testid={SIGNER_TEST_IDS.cancel} onClick={() => act({ kind: 'close' })}>
        Cancel
      </Button>
      <span className="signer-gap" />
      {back === true && (
        <Button data-testid={SIGNER_TEST_IDS.back} onClick={() => act({ kind: 'back' })}>
          Back
        </Button>
      )}
      <Button
        type="submit"
        tone={danger ? 'danger' : 'primary'}
        busy={busy}
        aria-disabled={!ready || undefined}
        data-testid={SIGNER_TEST_IDS.proceed}
      >
        {proceed}
      </Button>
    </>
  );
}
