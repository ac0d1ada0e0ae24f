import { describe, expect, it } from 'vitest';
import { tokensOf, withoutTokens } from '#domain/endpoint-secrets.ts';

const TOKEN = '7f3c9a51e0d24b6c8e1f';
const endpointOf = (httpUrl: string, webSocketUrl = 'wss://node.example/') => ({
  httpUrl,
  webSocketUrl,
});

describe('the tokens of an endpoint', () => {
  it.each([
    `https://node.example/${TOKEN}`,
    `https://node.example/v2/${TOKEN}/`,
    `https://node.example/?api-key=${TOKEN}`,
    `https://node.example/rpc?a=b&key=${TOKEN}#top`,
    `https://trader:${TOKEN}@node.example:8899`,
    `https://${TOKEN}@node.example/`,
    `https://node.example?${TOKEN}`,
  ])('are found in %s, of either address', (url) => {
    expect(tokensOf(endpointOf(url))).toContain(TOKEN);
    expect(tokensOf(endpointOf('https://node.example', url.replace('http', 'ws')))).toContain(
      TOKEN,
    );
  });

  it('are found encoded and decoded', () => {
    const found = tokensOf(endpointOf('https://node.example/?key=abc%2Fdef%2Fghi%2Fjkl'));
    expect(found).toContain('abc/def/ghi/jkl');
    expect(found).toContain('abc%2Fdef%2Fghi%2Fjkl');
  });

  it('are neither the host nor short words', () => {
    expect(tokensOf(endpointOf('https://a-very-long-host-name.example:8899/rpc/v2?x=1'))).toEqual(
      [],
    );
    expect(tokensOf(endpointOf('no address at all'))).toEqual([]);
  });
});

describe('a text', () => {
  const endpoint = endpointOf(`https://node.example/${TOKEN}`);

  it('loses the address and the token, and keeps its other words', () => {
    expect(withoutTokens(`Key ${TOKEN} is not valid at ${endpoint.httpUrl}.`, endpoint)).toBe(
      'Key … is not valid at ….',
    );
    expect(withoutTokens('Too many requests', endpoint)).toBe('Too many requests');
    expect(withoutTokens('Mine', { httpUrl: '', webSocketUrl: '' })).toBe('Mine');
  });
});
