import { describe, expect, it } from 'vitest';
import { isTransient } from '#domain/keel-error.ts';
import { httpFailure, rpcFailure } from '#main/drift/rpc/rpc-failures.ts';

describe('httpFailure', () => {
  it.each([
    [429, 'RPC_RATE_LIMITED', true],
    [500, 'RPC_SERVER_ERROR', true],
    [503, 'RPC_SERVER_ERROR', true],
    [302, 'RPC_REFUSED', false],
    [401, 'RPC_REFUSED', false],
    [404, 'RPC_REFUSED', false],
  ])('maps HTTP %i to %s', (status, code, transient) => {
    const error = httpFailure('node 1', 'getSlot', status, null);
    expect(error.code).toBe(code);
    expect(isTransient(error)).toBe(transient);
    expect(error.message).toContain('node 1');
  });

  it('notes how long a node asks to wait', () => {
    const error = httpFailure('node 1', 'getSlot', 429, '30');
    expect(error.details).toEqual({ method: 'getSlot', retryAfter: '30' });
    expect(error.message).toContain('pause of 30');
  });
});

describe('rpcFailure', () => {
  it.each([
    [-32_005, 'NODE_BEHIND'],
    [-32_016, 'NODE_BEHIND'],
    [-32_603, 'RPC_SERVER_ERROR'],
    [-32_601, 'RPC_REFUSED'],
    [-32_602, 'RPC_REFUSED'],
  ])('maps JSON-RPC error %i to %s', (code, expected) => {
    expect(rpcFailure('node 1', 'getSlot', code, 'words').code).toBe(expected);
  });

  it('cuts what the node says to one short line', () => {
    const { message } = rpcFailure('node 1', 'getSlot', -1, `first\nsecond ${'x'.repeat(1_000)}`);
    expect(message).not.toContain('\n');
    expect(message.length).toBeLessThan(300);
  });
});
