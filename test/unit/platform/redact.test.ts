import { generateKeyPairSync, randomBytes } from 'node:crypto';
import bs58 from 'bs58';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, REDACTED } from '#main/platform/redact.ts';

function secretKey(): Buffer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return Buffer.concat([
    privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32),
    publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
  ]);
}

const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

describe('redaction', () => {
  it('takes out a keypair in every form that wallets write, wherever it stands', () => {
    for (let round = 0; round < 20; round += 1) {
      const secret = secretKey();
      const forms = [
        bs58.encode(secret),
        secret.toString('hex'),
        secret.toString('base64'),
        JSON.stringify([...secret]),
        [...secret].join(', ').replace(/^/, '['),
        secret.subarray(0, 32).toString('hex'),
      ];
      for (const form of forms) {
        const text = redact(`import failed: ${form} was refused`);
        expect(text).not.toContain(form);
        expect(text).toContain(REDACTED);
        expect(text).toContain('was refused');
      }
    }
  });

  it.each([words, `${words} ${words}`, words.toUpperCase(), words.replaceAll(' ', ', ')])(
    'takes out a seed phrase: %s',
    (phrase) => {
      expect(redact(`phrase ${phrase}!`)).not.toMatch(/sausage/i);
    },
  );

  it('leaves signatures, addresses and words of its own as they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (bytes) => {
        const signature = bs58.encode(bytes);
        fc.pre(signature.length >= 80);
        expect(redact(`landed ${signature}`)).toBe(`landed ${signature}`);
      }),
    );
    const address = bs58.encode(randomBytes(32));
    const sentence = `Sub-account 3 of ${address} does not exist: check the number, then sync again.`;
    expect(redact(sentence)).toBe(sentence);
  });

  it('takes out runs that are too long for anything harmless, without decoding them', () => {
    expect(redact(`x ${'z'.repeat(500_000)} y`)).toBe(`x ${REDACTED} y`);
  });

  it('names endpoints by their labels and hides the rest of other URLs', () => {
    const labels = new Map([['https://node.example/abcdef0123456789', 'First node']]);
    expect(redact('GET https://node.example/abcdef0123456789 failed', labels)).toBe(
      'GET <First node> failed',
    );
    expect(redact('https://node.example/abcdef0123456789/health', labels)).toBe('<First node>');
    expect(redact('at https://me:pw@node.example/x?api-key=1')).toBe('at https://node.example/…');
    expect(redact('wss://node.example/?token=1')).toBe('wss://node.example/…');
    expect(redact('http://127.0.0.1:8899/')).toBe('http://127.0.0.1:8899');
  });
});
