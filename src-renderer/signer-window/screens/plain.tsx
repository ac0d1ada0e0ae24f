import { CircleAlert, CircleCheck, Unplug } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { AddressedText } from '../key-text.tsx';
import { Frame, type ScreenProps } from '../screen.tsx';
import { SIGNER_TEST_IDS } from '../signer-test-ids.ts';

export function Working({ screen }: ScreenProps<'working'>) {
  return (
    <div className="signer-screen signer-plain" role="status">
      <h1 data-testid={SIGNER_TEST_IDS.title}>{screen.text}</h1>
      <div className="progress" role="progressbar" aria-label={screen.text}>
        <div className="progress-bar" />
      </div>
    </div>
  );
}

/** The end of a task: well, or with an error, of which the text then is the advice. */
export function Done({ screen, error, act }: ScreenProps<'done'>) {
  return (
    <Frame
      title={screen.title}
      onSubmit={() => act({ kind: 'close' })}
      actions={
        <>
          <span className="signer-gap" />
          <Button type="submit" tone="primary" data-first data-testid={SIGNER_TEST_IDS.proceed}>
            Close
          </Button>
        </>
      }
    >
      {error !== null && (
        <p className="callout callout-bad" role="alert" data-testid={SIGNER_TEST_IDS.error}>
          <CircleAlert size={15} aria-hidden />
          <span>{error.message}</span>
        </p>
      )}
      <ul className={error === null ? 'done-lines done-well' : 'done-lines'}>
        {screen.text.split('\n').map((line) => (
          <li key={line}>
            {error === null && <CircleCheck size={15} aria-hidden />}
            <AddressedText text={line} />
          </li>
        ))}
      </ul>
    </Frame>
  );
}

/** Before the first view, and where a view cannot be read: nothing of it is shown, nothing can be approved. */
export function NoView({ unreadable }: { readonly unreadable: boolean }) {
  if (!unreadable) {
    return (
      <div className="signer-screen signer-plain" role="status">
        <p className="muted">Waiting for the signer…</p>
      </div>
    );
  }
  return (
    <div className="signer-screen signer-plain" role="alert">
      <Unplug size={22} aria-hidden />
      <h1 data-testid={SIGNER_TEST_IDS.title}>The signer said something that cannot be read</h1>
      <p className="muted">
        Nothing was signed and nothing was sent. Close this window and start Keel again; if it comes
        back, install Keel anew.
      </p>
    </div>
  );
}
