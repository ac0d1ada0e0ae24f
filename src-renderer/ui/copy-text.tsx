import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './button.tsx';
import { shortenAddress } from './format.ts';

/** A shortened address with a button that copies it whole. */
export function CopyAddress({ address }: { readonly address: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span className="copy-address">
      <span className="mono selectable" title={address}>
        {shortenAddress(address)}
      </span>
      <IconButton
        label={copied ? 'Copied' : `Copy ${address}`}
        onClick={() => void copy()}
        onBlur={() => setCopied(false)}
      >
        {copied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
      </IconButton>
    </span>
  );
}
