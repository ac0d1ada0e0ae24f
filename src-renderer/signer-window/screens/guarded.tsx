/** What needs the passphrase once more, each with what it leads to. */
import { TriangleAlert } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import type { KeyInfo } from '#domain/signer-state.ts';
import { KeyText } from '../key-text.tsx';
import { SecretField } from '../secret-field.tsx';
import { Actions, errorText, Frame, type ScreenProps } from '../screen.tsx';
import { takeSecret } from '../secrets.ts';
import { SIGNER_TEST_IDS } from '../signer-test-ids.ts';

type GuardedProps = Pick<ScreenProps<'export'>, 'error' | 'busy' | 'act'> & {
  readonly title: string;
  readonly intro: string;
  readonly money?: KeyInfo['networkKind'];
  readonly proceed: string;
  readonly danger?: boolean;
  readonly children?: ReactNode;
};

function Guarded(props: GuardedProps) {
  const { title, intro, money, proceed, danger = false, error, busy, act, children } = props;
  const field = useRef<HTMLInputElement>(null);
  const send = () => {
    if (busy || field.current?.value === '') return;
    act({ kind: 'passphrase', passphrase: takeSecret(field.current) });
  };
  return (
    <Frame
      title={title}
      intro={intro}
      {...(money === undefined ? {} : { money })}
      onSubmit={send}
      actions={<Actions proceed={proceed} busy={busy} danger={danger} act={act} />}
    >
      {children}
      <SecretField
        ref={field}
        first
        label="Passphrase"
        error={errorText(error)}
        testId={SIGNER_TEST_IDS.passphrase}
      />
    </Frame>
  );
}

export function ExportKey({ screen, ...rest }: ScreenProps<'export'>) {
  return (
    <Guarded
      {...rest}
      money={screen.key.networkKind}
      title="Export this key"
      intro="Writes a key file as solana-cli and most wallets read it, to a place that you choose."
      proceed="Export…"
    >
      <KeyFacts of={screen.key} />
      <Warning>
        The file is not encrypted. Whoever reads it can move the money, and it stays readable when
        you lock Keel or change the passphrase. Put it on a medium that you keep locked away.
      </Warning>
    </Guarded>
  );
}

export function RemoveKey({ screen, ...rest }: ScreenProps<'remove'>) {
  const { derivationPath } = screen.key;
  return (
    <Guarded
      {...rest}
      danger
      money={screen.key.networkKind}
      title="Remove this key"
      intro="Its secret is deleted from this computer. Nothing changes on the chain: the accounts and their money stay."
      proceed="Remove the key"
    >
      <KeyFacts of={screen.key} />
      <Warning>
        {derivationPath === null
          ? 'Without an exported file nobody, Keel included, can bring this key back or move what it owns.'
          : `It comes from a seed phrase, by the path ${derivationPath}. Without that phrase or an exported file nobody, Keel included, can bring it back or move what it owns.`}
      </Warning>
    </Guarded>
  );
}

export function SecondWrap({ screen, ...rest }: ScreenProps<'second-wrap'>) {
  return screen.enable ? (
    <Guarded
      {...rest}
      title="Wrap the keys a second time"
      intro="This computer’s secret store adds a secret of its own to your passphrase. A copied key file is then useless elsewhere, even to somebody who knows the passphrase."
      proceed="Wrap a second time"
    >
      <Warning>
        The key file then opens only for your account on this computer. If the secret store is lost,
        only the seed phrase or an exported file brings a key back.
      </Warning>
    </Guarded>
  ) : (
    <Guarded
      {...rest}
      title="Take the second wrap off"
      intro="The key file is then protected by the passphrase alone, and opens on every computer where somebody knows it."
      proceed="Take it off"
    />
  );
}

function KeyFacts({ of: key }: { readonly of: KeyInfo }) {
  return (
    <dl className="signer-facts">
      <dt>Key</dt>
      <dd>{key.name}</dd>
      <dt>Address</dt>
      <dd>
        <KeyText text={key.publicKey} testId={SIGNER_TEST_IDS.publicKey} />
      </dd>
    </dl>
  );
}

function Warning({ children }: { readonly children: ReactNode }) {
  return (
    <p className="callout callout-warn">
      <TriangleAlert size={15} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
