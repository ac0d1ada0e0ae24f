import { Fragment } from 'react';

const ADDRESS = /\b[1-9A-HJ-NP-Za-km-z]{32,44}\b/;

/**
 * A text in which each letter counts: fixed width, and an address within it in groups of four, so that two
 * can be compared. The groups are apart on screen only: copied or read out, the text is whole.
 */
export function KeyText({ text, testId }: { readonly text: string; readonly testId?: string }) {
  const found = ADDRESS.exec(text);
  const address = found?.[0] ?? '';
  const before = found === null ? text : text.slice(0, found.index);
  const after = found === null ? '' : text.slice(found.index + address.length);
  return (
    <span className="key-text selectable" data-testid={testId}>
      {before}
      {(address.match(/.{1,4}/g) ?? []).map((group, index) => (
        // Groups of one text never move: the index is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          <span>{group}</span>
          <wbr />
        </Fragment>
      ))}
      {after}
    </span>
  );
}
