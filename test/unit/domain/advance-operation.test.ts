import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceOperation,
  isUnsent,
  mayCancel,
  mayFollow,
  newOperation,
  type OperationEvent,
} from '#domain/advance-operation.ts';
import {
  FINAL_STATES,
  isFinal,
  OPERATION_STATES,
  type CapitalOperation,
  type OperationState,
} from '#domain/capital-operation.ts';
import { address, networkId, operationId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { quoteAmount, slot, tokenAmount, unixMs } from '#domain/units.ts';
import { vaultIdOf } from '#test/support/vaults.ts';

const KEY = address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');
const ERROR = keelError('RPC_TIMEOUT', 'retry', 'Late.', 'Wait.');

function begun(): CapitalOperation {
  const token = { symbol: 'USDC', marketIndex: 0, mint: KEY, decimals: 6 };
  return newOperation({
    id: operationId('one'),
    network: networkId('practice'),
    vaultType: 'onChain',
    intent: { kind: 'withdraw', vaultId: vaultIdOf(1), token, amount: tokenAmount(5n) },
    signerKey: null,
    value: null,
    atMs: unixMs(1),
    cause: 'Asked for.',
  });
}

/** An event of each kind; `tag` tells two messages or signatures apart. */
function event(kind: OperationState, tag = '1', atMs = 2): OperationEvent {
  const at = { atMs: unixMs(atMs), cause: `It is ${kind}.` };
  const value = quoteAmount(5n);
  switch (kind) {
    case 'requested':
      return { ...at, kind: 'submitted' };
    case 'validated':
      return { ...at, kind, signerKey: KEY, value };
    case 'planned': {
      const expectation = { slotBefore: slot(1n), changes: [], opensSubAccount: null };
      return { ...at, kind, expectation, signerKey: KEY, value };
    }
    case 'simulated': {
      const nothing = { walletLamportsChange: null, walletTokenChange: null, computeUnits: 0 };
      return { ...at, kind, simulation: { slot: slot(1n), after: [], ...nothing } };
    }
    case 'approved':
      return {
        ...at,
        kind,
        approval: 'confirmed',
        transaction: {
          message: `message ${tag}`,
          blockhash: 'hash',
          lastValidBlockHeight: 9n,
          builtAtSlot: slot(1n),
          genesisHash: null,
          signature: null,
          wire: null,
        },
      };
    case 'signed':
      return { ...at, kind, signature: `signature ${tag}`, wire: `wire ${tag}` };
    case 'submitted':
    case 'synced':
    case 'verified':
      return { ...at, kind };
    case 'confirmed':
      return { ...at, kind, landedAtSlot: slot(7n) };
    case 'rejected':
      return { ...at, kind, error: ERROR, landedAtSlot: slot(7n) };
    case 'unresolved':
    case 'discrepant':
    case 'denied':
    case 'expired':
      return { ...at, kind, error: ERROR };
  }
}

function after(...kinds: OperationState[]): CapitalOperation {
  return kinds.reduce((operation, kind) => {
    const next = advanceOperation(operation, event(kind));
    if (!next.ok) throw new Error(next.error.message);
    return next.value;
  }, begun());
}

const TO_SUBMITTED = [
  'validated',
  'planned',
  'simulated',
  'approved',
  'signed',
  'submitted',
] as const;

describe('advanceOperation', () => {
  it('records each state with its time and cause', () => {
    const next = advanceOperation(begun(), event('validated', '1', 77));
    expect(next.ok ? next.value.transitions : null).toEqual([
      { state: 'requested', atMs: 1, cause: 'Asked for.' },
      { state: 'validated', atMs: 77, cause: 'It is validated.' },
    ]);
    const silent = advanceOperation(begun(), { ...event('validated'), cause: ' ' });
    expect(silent.ok).toBe(false);
  });

  it('keeps what it was given, and clears the simulation of an old plan', () => {
    const confirmed = after(...TO_SUBMITTED, 'unresolved', 'confirmed');
    expect(confirmed).toMatchObject({
      state: 'confirmed',
      value: 5n,
      signerKey: KEY,
      approval: 'confirmed',
      landedAtSlot: 7n,
      error: null,
      endedAtMs: null,
      transaction: { message: 'message 1', signature: 'signature 1', wire: 'wire 1' },
    });
    expect(after('validated', 'planned', 'simulated', 'planned').simulation).toBeNull();
  });

  it('signs nothing but an approved message, and that once', () => {
    for (const states of [[], ['validated'], ['validated', 'planned', 'simulated']] as const) {
      expect(advanceOperation(after(...states), event('signed')).ok).toBe(false);
    }
    const signed = after('validated', 'planned', 'simulated', 'approved', 'signed');
    expect(advanceOperation(signed, event('signed', '2')).ok).toBe(false);
    const tampered = { ...signed, state: 'approved' } as const;
    expect(advanceOperation(tampered, event('signed', '2')).ok).toBe(false);
  });

  it('refuses a message that is signed before its approval is on record', () => {
    const approval = event('approved');
    if (approval.kind !== 'approved') throw new Error('not an approval');
    const transaction = { ...approval.transaction, signature: 's', wire: 'w' };
    const ready = after('validated', 'planned', 'simulated');
    expect(advanceOperation(ready, { ...approval, transaction }).ok).toBe(false);
  });

  it('ends what may have been sent by proof only', () => {
    const proofs = ['confirmed', 'rejected', 'expired'];
    expect(OPERATION_STATES.filter((state) => mayFollow('unresolved', state)).sort()).toEqual(
      proofs.sort(),
    );
    expect(OPERATION_STATES.filter((state) => mayFollow(state, 'signed'))).toEqual(['approved']);
    expect(OPERATION_STATES.filter(mayCancel)).toEqual([
      'requested',
      'validated',
      'planned',
      'simulated',
    ]);
  });

  it('ends the signed as denied, for it was never sent; the submitted never', () => {
    const signed = after('validated', 'planned', 'simulated', 'approved', 'signed');
    expect(
      after('validated', 'planned', 'simulated', 'approved', 'signed', 'denied'),
    ).toMatchObject({
      state: 'denied',
      error: ERROR,
      transaction: { signature: 'signature 1', wire: 'wire 1' },
      endedAtMs: 2,
    });
    expect(OPERATION_STATES.filter(isUnsent)).toEqual(['requested', ...TO_SUBMITTED.slice(0, -1)]);
    // A row that claims to be signed only, and tells of a submission, is believed in the worse.
    const tampered = { ...after(...TO_SUBMITTED), state: 'signed' } as const;
    expect(advanceOperation(tampered, event('denied')).ok).toBe(false);
    expect(advanceOperation(signed, event('expired')).ok).toBe(false);
  });

  it('names the operation and both states of an event that cannot follow', () => {
    const refused = advanceOperation(begun(), event('verified'));
    expect(refused.ok ? null : refused.error.message).toBe(
      'Operation one: “verified” cannot follow “requested”.',
    );
  });
});

describe('any sequence of events', () => {
  const events = fc.array(
    fc.tuple(fc.constantFrom(...OPERATION_STATES), fc.constantFrom('1', '2')),
    { maxLength: 60 },
  );

  it('has one message, one signature and one end at most, and loses no transition', () => {
    fc.assert(
      fc.property(events, (steps) => {
        let operation = begun();
        const messages = new Set<string>();
        const signatures = new Set<string>();
        for (const [kind, tag] of steps) {
          const next = advanceOperation(operation, event(kind, tag));
          if (!next.ok) continue;
          expect(isFinal(operation.state)).toBe(false);
          expect(mayFollow(operation.state, next.value.state)).toBe(true);
          expect(next.value.transitions.slice(0, -1)).toEqual(operation.transitions);
          if (next.value.state === 'denied') {
            expect(operation.transitions.some(({ state }) => state === 'submitted')).toBe(false);
          }
          if (next.value.state === 'signed') expect(operation.state).toBe('approved');
          operation = next.value;
          if (operation.transaction !== null) messages.add(operation.transaction.message);
          const signature = operation.transaction?.signature ?? null;
          if (signature !== null) signatures.add(signature);
        }
        expect(messages.size).toBeLessThanOrEqual(1);
        expect(signatures.size).toBeLessThanOrEqual(1);
        expect(operation.endedAtMs !== null).toBe(isFinal(operation.state));
        if (operation.state === 'submitted') expect(signatures.size).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it('can always end: from every state an end is reachable', () => {
    const ends = new Set<OperationState>(FINAL_STATES);
    for (let round = 0; round < OPERATION_STATES.length; round += 1) {
      for (const state of OPERATION_STATES) {
        if ([...ends].some((end) => mayFollow(state, end))) ends.add(state);
      }
    }
    expect([...OPERATION_STATES].filter((state) => !ends.has(state))).toEqual([]);
  });
});
