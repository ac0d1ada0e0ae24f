/** K3: whatever is asked of an unlocked key and a trader who confirms everything, only honest messages are signed. */
import fc from 'fast-check';
import { PublicKey, SystemProgram, VersionedMessage } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { DRIFT_V2 } from '#main/drift/codec/addresses.ts';
import { examineMessage } from '#main/signer/policy/examine-message.ts';
import { compile, honestMessages, LIMITS } from '#test/support/capital-messages.ts';
import type { HonestMessage } from '#test/support/capital-messages.ts';
import { createSigningBench, reviewOf, signOf } from '#test/support/signing-service.ts';
import { hostileTo, specialMessages, type HostileMessage } from './hostile-messages.ts';

const honest = honestMessages();

/** Review and signature, and the signature alone, each asked of a signer that has just started. */
async function signaturesFor({ intent, message }: Omit<HostileMessage, 'name'>): Promise<number> {
  const first = createSigningBench();
  const request = reviewOf(intent, message);
  await first.service.review(request);
  await first.service.sign(signOf(request));
  const second = createSigningBench();
  await second.service.sign(signOf(request));
  return first.state.signed + second.state.signed;
}

describe('hostile messages', () => {
  it('are refused, every one, while each honest one is signed', async () => {
    for (const each of honest) {
      const asked = { intent: each.intent, message: compile(each) };
      expect(await signaturesFor(asked), each.name).toBe(2);
    }
    const hostile = [...honest.flatMap((each) => hostileTo(each)), ...specialMessages()];
    expect(new Set(hostile.map(({ name }) => name)).size).toBe(hostile.length);
    expect(hostile.length).toBeGreaterThanOrEqual(250);
    let signed = 0;
    const accepted: string[] = [];
    for (const each of hostile) {
      const signatures = await signaturesFor(each);
      signed += signatures;
      if (signatures > 0) accepted.push(each.name);
    }
    expect(accepted).toEqual([]);
    expect(signed).toBe(0);
  });

  it('are refused when they take the place of the reviewed one', async () => {
    let signed = 0;
    for (const each of honest) {
      const message = compile(each);
      const later = compile(each, { blockhash: SystemProgram.programId.toBase58() });
      const control = createSigningBench();
      expect((await control.service.sign(signOf(reviewOf(each.intent, message), later))).ok).toBe(
        true,
      );
      const others = hostileTo(each).filter(
        ({ intent }, i) => intent === each.intent && i % 5 === 0,
      );
      for (const hostile of others) {
        const bench = createSigningBench();
        const review = reviewOf(each.intent, message);
        expect((await bench.service.review(review)).ok).toBe(true);
        await bench.service.sign(signOf(review, hostile.message));
        signed += bench.state.signed;
      }
    }
    expect(signed).toBe(0);
  });

  it('are refused with the rule and in words', () => {
    for (const each of honest) {
      for (const { intent, message } of hostileTo(each)) {
        const examined = examineMessage(message, intent, LIMITS);
        if (examined.ok) continue;
        expect(examined.error.code).toBe('SIGNER_REFUSED');
        expect(examined.error.details?.['rule']).toMatch(/^[a-z-]+$/);
        expect(examined.error.message).toMatch(/\.$/);
      }
    }
  });
});

describe('random changes of an honest message', () => {
  const any = fc.constantFrom(...honest);

  it('are never accepted unless it still does the same', () => {
    const edit = fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(any, fc.array(edit, { minLength: 1, maxLength: 3 }), (each, edits) => {
        const message = compile(each);
        const altered = Uint8Array.from(message);
        for (const { at, to } of edits) altered[at % altered.length] = to;
        expectSameIfAccepted(each, message, altered);
      }),
      { numRuns: 1_500 },
    );
  });

  it('are never accepted when accounts change places', () => {
    fc.assert(
      fc.property(any, fc.nat(), fc.nat(), (each, first, second) => {
        const message = compile(each);
        const altered = Uint8Array.from(message);
        const count = message[4] ?? 0;
        const [a, b] = [5 + 32 * (first % count), 5 + 32 * (second % count)];
        altered.set(message.slice(a, a + 32), b);
        altered.set(message.slice(b, b + 32), a);
        expectSameIfAccepted(each, message, altered);
      }),
      { numRuns: 600 },
    );
  });

  it('are accepted where only the blockhash is another', () => {
    const blockhash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(
        any,
        blockhash,
        fc.constantFrom(0 as const, 'legacy' as const),
        (each, bytes, version) => {
          const text = new PublicKey(bytes).toBase58();
          const message = compile(each, { version, blockhash: text });
          expect(examineMessage(message, each.intent, LIMITS).ok).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('gives a refusal for arbitrary bytes, never an exception', () => {
  fc.assert(
    fc.property(fc.constantFrom(...honest), fc.uint8Array({ maxLength: 1_300 }), (each, bytes) => {
      expect(examineMessage(bytes, each.intent, LIMITS).ok).toBe(false);
      const headed = Uint8Array.of(...compile(each).slice(0, bytes.length), ...bytes);
      expect(examineMessage(headed, each.intent, LIMITS).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});

function expectSameIfAccepted(each: HonestMessage, message: Uint8Array, altered: Uint8Array): void {
  if (!examineMessage(altered, each.intent, LIMITS).ok) return;
  expect(meaningOf(altered)).toEqual(meaningOf(message));
}

/**
 * What a message does, by web3.js: everything but the blockhash, the fee within its cap, and which markets and
 * oracles the venue may read, in what order.
 */
function meaningOf(bytes: Uint8Array) {
  const message = VersionedMessage.deserialize(bytes);
  return message.compiledInstructions.flatMap(({ programIdIndex, accountKeyIndexes, data }) => {
    const program = message.staticAccountKeys[programIdIndex]?.toBase58();
    if (program?.startsWith('ComputeBudget') === true) return [];
    const accounts = accountKeyIndexes.map((index) => ({
      key: message.staticAccountKeys[index]?.toBase58(),
      isSigner: message.isAccountSigner(index),
      isWritable: message.isAccountWritable(index),
    }));
    const isVenue = program === DRIFT_V2.program.toBase58();
    const named = isVenue ? accounts.filter((account, i) => i < 6 || account.isWritable) : accounts;
    return [{ program, named, data: [...data] }];
  });
}
