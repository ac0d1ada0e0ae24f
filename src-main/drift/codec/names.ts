/** Names on chain are 32 bytes of UTF-8, padded with spaces. */
const NAME_BYTES = 32;

export function decodeName(bytes: readonly number[]): string {
  // Some accounts pad with zeros instead.
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/[\0 ]+$/u, '');
}

/** Cut to 32 bytes. */
export function encodeName(name: string): number[] {
  const bytes = Buffer.alloc(NAME_BYTES, ' ');
  bytes.write(name, 'utf8');
  return [...bytes];
}
