import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventOfLink, linkAmong, parseDeepLink } from '#main/app/deep-links.ts';

const ID = '0a1b2c3d-0000-4000-8000-00000000000f';

it.each([
  [`keel://vault/${ID}`, { kind: 'vault', vaultId: ID }],
  [`keel://operation/${ID}`, { kind: 'operation', operationId: ID }],
  ['keel://inbox', { kind: 'inbox' }],
  ['keel://inbox/', { kind: 'inbox' }],
  // Some systems write the host of a link in their own way.
  [`KEEL://Vault/${ID.toUpperCase()}/`, { kind: 'vault', vaultId: ID }],
])('opens %s', (text, value) => {
  expect(parseDeepLink(text)).toEqual({ ok: true, value });
});

it.each([
  'keel:',
  'keel://',
  'keel:vault',
  'keel://vault',
  'keel://vault/',
  `keel://vault/${ID}/x`,
  `keel://vault/${ID}?halt=1`,
  `keel://vault/${ID}#x`,
  `keel://user@vault/${ID}`,
  `keel://vault:80/${ID}`,
  'keel://vault/../../etc/passwd',
  'keel://vault/%2e%2e',
  'keel://inbox/1',
  'keel://settings',
  'keel://withdraw/all',
  `keel://vault/${ID}\n`,
  ` keel://vault/${ID}`,
  `keel://vault/${'a'.repeat(500)}`,
  'javascript:alert(1)',
  `http://vault/${ID}`,
])('opens nothing of %j', (text) => {
  expect(parseDeepLink(text).ok).toBe(false);
});

it('never breaks, and repeats nothing of what it refuses', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string().map((end) => `keel://vault/${end}`),
  );
  fc.assert(
    fc.property(text, (link) => {
      const parsed = parseDeepLink(link);
      if (!parsed.ok) expect(parsed.error).toMatch(/^It (is|names) [a-zA-Z’ ]+\.$/);
    }),
  );
});

it('finds the link among the arguments of a start', () => {
  expect(linkAmong(['/opt/keel', '--user-data-dir=/x', 'keel://inbox', 'keel://vault'])).toBe(
    'keel://inbox',
  );
  expect(linkAmong(['/opt/keel', '--x=keel://inbox', '/home/keel:'])).toBeNull();
});

it('tells the window what to show, and of an unknown vault that there is none', () => {
  const told = (text: string) => eventOfLink(parseDeepLink(text), (id) => id === ID);
  expect(told(`keel://vault/${ID}`)).toEqual({ type: 'OPEN_VAULT', vaultId: ID });
  expect(told(`keel://operation/${ID}`)).toEqual({ type: 'OPEN_OPERATION', operationId: ID });
  expect(told('keel://inbox')).toEqual({ type: 'OPEN_INBOX' });
  expect(told('keel://nothing')).toMatchObject({ type: 'LINK_REFUSED' });
  const other = ID.replace('0a', '0b');
  expect(told(`keel://vault/${other}`)).toMatchObject({ type: 'LINK_REFUSED' });
});
