import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSocketMessage } from '#main/drift/watch/hint-messages.ts';

describe('parseSocketMessage', () => {
  it('reads answers, slots and account notices', () => {
    expect(parse({ jsonrpc: '2.0', id: 4, result: 17 })).toEqual({
      ok: true,
      value: { kind: 'answer', request: 4, subscription: 17 },
    });
    expect(parse({ id: 4, error: { code: -32_601, message: 'no' } })).toEqual({
      ok: true,
      value: { kind: 'answer', request: 4, subscription: null },
    });
    expect(parse({ method: 'slotNotification', params: { result: { slot: 9 } } })).toEqual({
      ok: true,
      value: { kind: 'slot', slot: 9n },
    });
    expect(
      parse({ method: 'accountNotification', params: { subscription: 3, result: {} } }),
    ).toEqual({
      ok: true,
      value: { kind: 'account', subscription: 3 },
    });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseSocketMessage(text)).toHaveProperty('ok');
      }),
    );
  });
});

function parse(message: unknown) {
  return parseSocketMessage(JSON.stringify(message));
}
