/**
 * Secrets on their way out of the window. A field's text is read once, into bytes, and the field is emptied;
 * the bytes are overwritten as soon as they are sent. The text itself is a JavaScript string, which nobody
 * can overwrite: see docs/threat-model.md.
 */
import type { SignerAct } from '#domain/signer-window.ts';
import type { KeelSignerApi } from './signer-api.ts';

export type SecretElement = HTMLInputElement | HTMLTextAreaElement;

const encoder = new TextEncoder();

/** UTF-8 of what the field holds, composed (NFKC) so that every keyboard spells it alike; empties the field. */
export function takeSecret(field: SecretElement | null): Uint8Array {
  if (field === null) return new Uint8Array();
  const bytes = encoder.encode(field.value.normalize('NFKC'));
  field.value = '';
  return bytes;
}

/** Several fields as words with one space between, lower case; empties them. */
export function takeWords(fields: readonly HTMLInputElement[]): Uint8Array {
  const bytes = encoder.encode(fields.map((field) => field.value.trim().toLowerCase()).join(' '));
  for (const field of fields) field.value = '';
  return bytes;
}

/** Sends the act and overwrites the secrets in it, also where sending failed. */
export function sendAct(api: KeelSignerApi, act: SignerAct): void {
  try {
    api.send(act);
  } finally {
    for (const bytes of secretsOf(act)) bytes.fill(0);
  }
}

function secretsOf(act: SignerAct): readonly Uint8Array[] {
  switch (act.kind) {
    case 'passphrase':
      return [act.passphrase];
    case 'new-passphrase':
      return act.current === null ? [act.passphrase] : [act.current, act.passphrase];
    case 'phrase-checked':
      return [act.words];
    case 'import-text':
      return [act.text, act.phrasePassword];
    case 'phrase-noted':
    case 'import-file':
    case 'choose':
    case 'name':
    case 'confirm':
    case 'decline':
    case 'back':
    case 'close':
      return [];
  }
}
