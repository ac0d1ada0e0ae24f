import { Fragment } from 'react';

const ADDRESS = /\b[1-9A-HJ-NP-Za-km-z]{32,44}\b/;

/**
 * A text with an address in it: the address in fixed width and in groups of four, so that two can be compared.
 * The groups are apart on screen only: copied or read out, the text is whole.
 */
export function AddressedText({ text }: { readonly text: string }) {
  const found = ADDRESS.exec(text);
  if (found === null) return <span>{text}</span>;
  const [address] = found;
  return (
    <span>
      {text.slice(0, found.index)}
      <span className="address">
        {(address.match(/.{1,4}/g) ?? []).map((group, index) => (
          // Groups of one text never move: the index is their identity.
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={index}>
            <span>{group}</span>
            <wbr />
          </Fragment>
        ))}
      </span>
      {text.slice(found.index + address.length)}
    </span>
  );
}

/** A text in which each letter counts, all of it in fixed width. */
export function KeyText({ text, testId }: { readonly text: string; readonly testId?: string }) {
  return (
    <span className="key-text selectable" data-testid={testId}>
      <AddressedText text={text} />
    </span>
  );
}
