/** An address or another text in which each letter counts: fixed width, addresses in groups of four to compare. */
export function KeyText({ text, testId }: { readonly text: string; readonly testId?: string }) {
  const groups = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text)
    ? (text.match(/.{1,4}/g) ?? [])
    : [text];
  return (
    <span className="key-text selectable" data-testid={testId}>
      {groups.map((group, index) => (
        // Groups of one text never move: the index is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index}>{group}</span>
      ))}
    </span>
  );
}
