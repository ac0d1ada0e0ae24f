import './copy-text.css';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { shortenAddress } from './format.ts';

/** How long a copied text says so. */
const SAID_MS = 1_600;

type Copied = 'not' | 'copied' | 'refused';

function useCopy(text: string): readonly [copied: Copied, copy: () => void] {
  const [copied, setCopied] = useState<Copied>('not');
  useEffect(() => {
    if (copied === 'not') return;
    const timer = setTimeout(() => setCopied('not'), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied('copied'),
      () => setCopied('refused'),
    );
  return [copied, copy];
}

export interface CopyButtonProps {
  /** What a press puts on the clipboard. */
  readonly text: string;
  /** For a screen reader, instead of what stands on the screen; has to hold the same words. */
  readonly says?: string;
  /** What stands on the screen; a screen reader hears “Copy” before it. */
  readonly children: ReactNode;
  readonly className?: string;
  readonly testId?: string;
  readonly title?: string;
}

/** Text that a press copies whole, with a mark that shows on hover, on focus, and once it is done. */
export function CopyButton(props: CopyButtonProps) {
  const { text, says, children, className = '', testId, title } = props;
  const [copied, copy] = useCopy(text);
  const Mark = copied === 'copied' ? Check : Copy;
  return (
    <>
      <button
        type="button"
        className={`copy ${className}`}
        title={title}
        aria-label={says === undefined ? undefined : `Copy ${says}`}
        data-copied={copied}
        data-testid={testId}
        onClick={(event) => {
          event.stopPropagation();
          copy();
        }}
      >
        <span className="visually-hidden">Copy </span>
        {children}
        <Mark className="copy-mark" size={12} aria-hidden />
      </button>
      <span role="status" className="visually-hidden">
        {copied === 'copied' && 'Copied'}
        {copied === 'refused' && 'Could not copy'}
      </span>
    </>
  );
}

export interface CopyTextProps {
  readonly text: string;
  /** What stands on the screen for it; the text itself unless told. */
  readonly shown?: string;
  /** Signatures, addresses, ids. */
  readonly mono?: boolean;
  readonly testId?: string;
}

/** A slot, an id, a signature, an amount: copied whole by a press. */
export function CopyText({ text, shown = text, mono = false, testId }: CopyTextProps) {
  return (
    <CopyButton
      text={text}
      {...(shown === text ? { className: 'copy-whole' } : { title: text })}
      {...(testId === undefined ? {} : { testId })}
    >
      <span className={mono ? 'mono' : ''}>{shown}</span>
    </CopyButton>
  );
}

/** An address, shortened on the screen and copied whole. */
export function CopyAddress({ address }: { readonly address: string }) {
  return <CopyText text={address} shown={shortenAddress(address)} mono />;
}
