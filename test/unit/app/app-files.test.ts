import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, contentTypeOf, fileForUrl } from '#main/app/app-files.ts';

const ROOT = '/opt/keel/renderer';

describe('files of the window', () => {
  it('serves the page and what it needs', () => {
    expect(fileForUrl('app://keel/index.html', ROOT)).toBe(`${ROOT}/index.html`);
    expect(fileForUrl('app://keel/', ROOT)).toBe(`${ROOT}/index.html`);
    expect(fileForUrl('app://keel/assets/desk-1a2b.js?x#y', ROOT)).toBe(
      `${ROOT}/assets/desk-1a2b.js`,
    );
  });

  it.each([
    'app://keel/..%2f..%2fetc/passwd',
    'app://keel/assets/..%2F..%2F..%2Fetc%2Fpasswd',
    'app://keel/%2e%2e%2f%2e%2e%2fetc/passwd',
    'app://keel/..%5c..%5cwindows',
    'app://keel/%252e%252e%252fetc/passwd',
    'app://keel/index.html%00.png',
    'app://keel/%',
    'app://other/index.html',
    'app://keel.example/index.html',
    'file:///etc/passwd',
    'https://keel/index.html',
    'nonsense',
  ])('refuses %s', (url) => {
    expect(fileForUrl(url, ROOT)).toBeNull();
  });

  it('never leaves its folder, whatever the path', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '%5c',
      '/',
      '\\',
      'a',
      '',
      '%00',
      '%25',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = fileForUrl(`app://keel/${pieces.join('/')}`, ROOT);
        expect(file === null || file.startsWith(`${ROOT}/`)).toBe(true);
        expect(file ?? '').not.toContain('..');
      }),
    );
  });

  it('knows only kinds of file that a page needs', () => {
    expect(contentTypeOf('x.js')).toContain('text/javascript');
    expect(contentTypeOf('x.js.map')).toBeNull();
    expect(contentTypeOf('keel.db')).toBeNull();
  });

  it('states the policy to the letter', () => {
    expect(CONTENT_SECURITY_POLICY).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
        "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });
});
