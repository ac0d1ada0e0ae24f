/** What a pasted key looks like. A hint while typing: the signer reads it for itself. */

const PHRASE_LENGTHS: readonly number[] = [12, 15, 18, 21, 24];

export type SecretForm =
  | { readonly kind: 'empty' | 'key-file' | 'base58' | 'address' | 'unknown' }
  | { readonly kind: 'phrase'; readonly words: number };

export function formOf(text: string): SecretForm {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  if (/^\[[\d\s,]*\]?$/.test(trimmed)) return { kind: 'key-file' };
  if (/^[1-9A-HJ-NP-Za-km-z]{80,90}$/.test(trimmed)) return { kind: 'base58' };
  if (/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(trimmed)) return { kind: 'address' };
  const words = trimmed.split(/\s+/);
  if (words.length > 1 && words.every((word) => /^\p{L}+$/u.test(word))) {
    return { kind: 'phrase', words: words.length };
  }
  return { kind: 'unknown' };
}

export function sameForm(one: SecretForm, other: SecretForm): boolean {
  return describeForm(one) === describeForm(other);
}

export function describeForm(form: SecretForm): string {
  switch (form.kind) {
    case 'empty':
      return 'A seed phrase, a base58 secret key, or the numbers of a solana-cli key file.';
    case 'key-file':
      return 'Reads as a solana-cli key file.';
    case 'base58':
      return 'Reads as a base58 secret key.';
    case 'address':
      return 'This is as short as a public address. A base58 secret key has 87 or 88 characters.';
    case 'phrase':
      return PHRASE_LENGTHS.includes(form.words)
        ? `Reads as a seed phrase of ${form.words} words.`
        : `${form.words} words so far: seed phrases have 12, 15, 18, 21 or 24.`;
    case 'unknown':
      return 'Not a form that Keel knows yet: check for missing or foreign characters.';
  }
}
