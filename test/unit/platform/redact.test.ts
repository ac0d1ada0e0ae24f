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

  it.each([
    ['Authorization: Bearer abc.DEF-123_456', 'Authorization: [redacted]'],
    ['{"authorization":"Basic dXNlcjpwdw=="}', '{"authorization":"[redacted]"}'],
    ['"{\\"Authorization\\":\\"token-of-mine\\"}"', '"{\\"Authorization\\":\\"[redacted]\\"}"'],
    ['sent bearer abcdefgh12345678 to the node', 'sent bearer [redacted] to the node'],
    ['api-key=abc123&page=2', 'api-key=[redacted]&page=2'],
    ['API_KEY: abc123, retry', 'API_KEY: [redacted], retry'],
    ['access_token=abc auth-token="def"', 'access_token=[redacted] auth-token="[redacted]"'],
  ])('takes the value out of %s', (text, harmless) => {
    expect(redact(text)).toBe(harmless);
    expect(redact(harmless)).toBe(harmless);
  });

  it('takes tokens out of a URL within a longer text, known endpoint or not', () => {
    const labels = new Map([['https://node.example/key-of-mine', 'First']]);
    const text =
      'Node First (https://node.example/key-of-mine): see https://other.example/?token=mine.';
    expect(redact(text, labels)).toBe('Node First (<First>): see https://other.example/…');
  });

  it('leaves the texts of alerts as they are', () => {
    for (const text of [
      'Health of “Funding 1” is 49.8, below 50. Liquidation price of SOL-PERP 211.43, 4.1 % away.',
      'Endpoint Mine answers slowly: median 612 ms, above 500 ms. Nothing that adds risk may begin.',
      'Drift has paused deposits, withdrawals and fills since 08:34. You can still watch.',
      'Halt all is in force since 07:08, from the tray. Lift it to trade again.',
    ]) {
      expect(redact(text)).toBe(text);
    }
  });
});
