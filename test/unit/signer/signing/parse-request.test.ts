import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewRequest, SignRequest } from '#domain/signing.ts';
import { parseReview, parseSign } from '#main/signer/signing/parse-request.ts';
import { compile, intentOf, messageFor } from '#test/support/capital-messages.ts';
import { createSigningBench, reviewOf, signOf } from '#test/support/signing-service.ts';

const good = {
  ...reviewOf(intentOf(), compile(messageFor(intentOf()))),
  simulation: [{ label: 'USDC', before: 1n, after: null, decimals: 6, unit: 'USDC' }],
};

type Path = readonly (string | number)[];

/** The good request with one field set, added or taken away. */
function changed(path: Path, value: unknown): ReviewRequest {
  const copy: unknown = structuredClone(good);
  let place = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as typeof place;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy as ReviewRequest;
}

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, each]) => pathsOf(each, [...path, name]));
}

describe('requests from the other process', () => {
  it('are taken when they are as the contract has them', () => {
    expect(parseReview(good).ok).toBe(true);
    expect(parseSign(signOf(good)).ok).toBe(true);
  });

  it('are refused when any field is missing, of another type, or one too many', () => {
    for (const path of pathsOf(good)) {
      const isShown = path.at(-1) === 'label' || path.at(-1) === 'unit';
      for (const wrong of [
        undefined,
        {},
        [],
        true,
        -1.5,
        Number.NaN,
        -(2n ** 200n),
        '\u0000',
        '‮',
      ]) {
        if (isShown && typeof wrong === 'string') continue;
        const parsed = parseReview(changed(path, wrong));
        expect(parsed.ok, `${path.join('.')} = ${inspect(wrong)}`).toBe(false);
        expect(parsed.ok ? '' : parsed.error.code).toBe('SIGNER_REFUSED');
      }
    }
    for (const path of [['more'], ['intent', 'more'], ['intent', 'token', 'more']]) {
      expect(parseReview(changed(path, null)).ok, path.join('.')).toBe(false);
    }
  });

  it('keep the words that are shown on one line and in sight', () => {
    const parsed = parseReview(
      changed(['simulation', 0, 'label'], `a\u0000b\u202ec\nd${'e'.repeat(900)}`),
    );
    const label = parsed.ok ? parsed.value.simulation[0]?.label : '';
    expect(label).toMatch(/^a b c de{152,}$/);
    expect(label).toHaveLength(160);
  });

  it.each<[string, Path, unknown]>([
    ['base64 with a space', ['message'], `${good.message} `],
    ['base64 of the other alphabet', ['message'], '__8='],
    ['a message of a megabyte', ['message'], 'A'.repeat(1_000_000)],
    ['an upper-case operation', ['intent', 'operationId'], good.intent.operationId.toUpperCase()],
    ['a negative value', ['value'], -1n],
    ['too many lines', ['simulation'], Array.from({ length: 41 }, () => good.simulation[0])],
    ['an address of 31 bytes', ['intent', 'authority'], '1'.repeat(31)],
    ['a name of 33 bytes', ['intent', 'accountName'], `${'ä'.repeat(16)}a`],
    ['a name that turns the line', ['intent', 'accountName'], 'a‮b'],
    ['a symbol with a foreign letter', ['intent', 'token', 'symbol'], 'USD\u0421'],
    ['a market above 65,535', ['intent', 'token', 'marketIndex'], 65_536],
  ])('are refused with %s', (_, path, value) => {
    expect(parseReview(changed(path, value)).ok).toBe(false);
  });

  it('are refused when the operation is another than the review’s', () => {
    const other = { ...signOf(good), operationId: good.intent.operationId.replace('1', '2') };
    expect(parseSign(other as SignRequest).ok).toBe(false);
  });

  it('never make the signer throw, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withBigInt: true, withMap: true }), async (any) => {
        const { service, state } = createSigningBench();
        expect((await service.review(any as ReviewRequest)).ok).toBe(false);
        expect((await service.sign(any as SignRequest)).ok).toBe(false);
        expect((await service.sign({ ...signOf(good), review: any } as SignRequest)).ok).toBe(
          false,
        );
        expect(state.signed).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
