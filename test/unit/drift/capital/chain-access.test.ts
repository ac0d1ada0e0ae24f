import { expect, it, onTestFinished } from 'vitest';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { ChainAccess } from '#main/drift/capital/chain-access.ts';
import { EndpointPool } from '#main/drift/rpc/endpoint-pool.ts';
import { networkAt } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

function accessOver(...urls: readonly string[]) {
  const clock = new FakeClock();
  const endpoints = urls.map((httpUrl, index) => ({
    ...{ label: `node ${index}`, httpUrl },
    webSocketUrl: 'ws://127.0.0.1:1',
  }));
  const pool = new EndpointPool({
    network: { ...networkAt(), endpoints },
    clock,
    logger: silentLogger,
    rpcTimeoutMs: () => 1_000,
    limits: () => DEFAULT_WATCH_SETTINGS,
  });
  onTestFinished(() => pool.close());
  const { current } = pool;
  if (current === null) throw new Error('no endpoint');
  return new ChainAccess(pool, clock).othersThan(current).map(({ endpoint }) => endpoint.label);
}

it('takes a node for a witness only where its address is another one, and once', () => {
  expect(accessOver('https://a.example', 'https://b.example')).toEqual(['node 1']);
  expect(accessOver('https://a.example', 'https://a.example')).toEqual([]);
  expect(accessOver('https://a.example', 'https://A.example/')).toEqual([]);
  expect(accessOver('https://a.example/?key=1', 'https://a.example/?key=2')).toEqual(['node 1']);
  expect(accessOver('https://a.example', 'https://b.example', 'https://b.example:443')).toEqual([
    'node 1',
  ]);
});
