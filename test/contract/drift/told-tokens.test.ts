/** A node that quotes the access token which it refuses: no error of Keel's, and so no alert, repeats it. */
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#main/platform/system-clock.ts';
import { ok } from '#domain/result.ts';
import { JsonRpcClient } from '#main/drift/rpc/json-rpc-client.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const TOKEN = '7f3c9a51e0d24b6c8e1f';

it.each([-32_000, -32_603, -32_005, 429])('is not repeated, told with code %i', async (code) => {
  const server = await RpcServer.start();
  onTestFinished(() => server.close());
  server.intercept = ({ id }, response) => {
    const message = `api-key ${TOKEN} of ${server.url}/?api-key=${TOKEN} is used up`;
    response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }));
    return true;
  };
  const client = new JsonRpcClient(
    {
      label: 'node 1',
      httpUrl: `${server.url}/?api-key=${TOKEN}`,
      webSocketUrl: server.webSocketUrl,
    },
    {
      clock: systemClock(),
      timeoutMs: () => 5_000,
      guard: { admit: () => Promise.resolve(ok(null)), ended: () => undefined },
    },
  );
  const reply = await client.call('getSlot', [], z.number());
  expect(JSON.stringify(reply)).not.toContain(TOKEN);
  expect(reply).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('used up') },
  });
});
