/** The list of operations against a plain model over all rows. */
import fc from 'fast-check';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import { FINAL_STATES, OPERATION_STATES } from '#domain/capital-operation.ts';
import { address, networkId, type VaultId } from '#domain/ids.ts';
import {
  EVERY_OPERATION,
  OPERATION_KINDS,
  OPERATION_OUTCOMES,
  OPERATION_SORTS,
  type OperationOutcome,
  type OperationQuery,
} from '#domain/operation-query.ts';
import { tokenAmount, unixMs } from '#domain/units.ts';
import { onChainVault, vaultIdOf } from '#test/support/vaults.ts';
import { openTestStore, testFolder } from '../open-test-store.ts';
import { lifeOf, operationIdOf, TRANSFER, WHOLE_LIFE, WITHDRAWAL } from '../operations.ts';

const NAMES = ['Vault 10', 'Vault 9', "O'Brien 100%", 'Vault 9'];
const ENDS = ['verified', 'denied', 'expired', 'discrepant', 'open'] as const;
const SYMBOLS = ['USDC', 'SOL', 'B_TC'];

const seeds = fc.array(
  fc.record({
    kind: fc.nat(3),
    vault: fc.nat(3),
    symbol: fc.nat(2),
    end: fc.nat(4),
    startMs: fc.nat(4),
  }),
  { minLength: 1, maxLength: 14 },
);

/** Mostly nothing, so that what is let through is enough to be sorted. */
const mostly = <Value>(nothing: Value, something: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(nothing) }, { weight: 1, arbitrary: something });
const time = fc.nat(4).map((ms) => unixMs(1_000 + ms));
const texts = [
  'vault 9',
  '%',
  '_',
  "'",
  'usdc',
  'signature 2',
  'SIGNATURE 2',
  '-9000-',
  'New',
  '" OR',
];

const queries = fc.record({
  filter: fc.record({
    vaultIds: mostly([], fc.subarray([1, 2, 3, 4, 50].map(vaultIdOf))),
    kinds: mostly([], fc.subarray([...OPERATION_KINDS])),
    outcomes: mostly([], fc.subarray([...OPERATION_OUTCOMES])),
    text: mostly('', fc.constantFrom(...texts)),
    fromMs: mostly(null, fc.option(time)),
    toMs: mostly(null, fc.option(time)),
  }),
  sort: fc.record({ by: fc.constantFrom(...OPERATION_SORTS), descending: fc.boolean() }),
  offset: mostly(0, fc.nat(6)),
  limit: fc.integer({ min: 1, max: 20 }),
});

type Seed = Parameters<Parameters<typeof seeds.map>[0]>[0][number];

function operationOf(number: number, seed: Seed): readonly CapitalOperation[] {
  const vaultId = vaultIdOf(seed.vault + 1);
  const token = { ...(WITHDRAWAL as { token: object }).token, symbol: SYMBOLS[seed.symbol] };
  const kind = OPERATION_KINDS[seed.kind] ?? 'deposit';
  const base = { ...TRANSFER, token, vaultId, amount: tokenAmount(BigInt(number)) };
  const { toVaultId: _, ...single } = base as typeof base & { toVaultId: VaultId };
  const opened = { ...onChainVault(50), name: 'New one' };
  const intent = (
    kind === 'transfer'
      ? { ...base, kind, toVaultId: vaultIdOf(((seed.vault + 1) % 4) + 1) }
      : kind === 'create-sub-account'
        ? { kind, vault: opened, accountName: 'New one' }
        : { ...single, kind }
  ) as CapitalIntent;
  const end = ENDS[seed.end] ?? 'open';
  const steps =
    end === 'verified'
      ? WHOLE_LIFE
      : end === 'denied'
        ? (['denied'] as const)
        : end === 'open'
          ? (['validated'] as const)
          : ([...WHOLE_LIFE.slice(0, end === 'expired' ? 6 : 9), end] as const);
  return lifeOf(number, steps, intent).map((operation) => ({
    ...operation,
    createdAtMs: unixMs(1_000 + seed.startMs),
  }));
}

/** As the domain says it, with no thought of speed. */
function model(all: readonly CapitalOperation[], { filter, sort, offset, limit }: OperationQuery) {
  const nameOf = (id: VaultId): string =>
    id === vaultIdOf(50) ? 'New one' : (NAMES[[1, 2, 3, 4].map(vaultIdOf).indexOf(id)] ?? '');
  const vaultsOf = ({ intent }: CapitalOperation): VaultId[] =>
    intent.kind === 'create-sub-account'
      ? [intent.vault.id]
      : [intent.vaultId, ...(intent.kind === 'transfer' ? [intent.toVaultId] : [])];
  const outcomeOf = ({ state }: CapitalOperation): OperationOutcome => {
    if (!(FINAL_STATES as readonly string[]).includes(state)) return 'open';
    if (state === 'verified' || state === 'discrepant') return state;
    return 'not-done';
  };
  const isIn = <Value>(wanted: readonly Value[], value: Value) =>
    wanted.length === 0 || wanted.includes(value);
  const found = all.filter((operation) => {
    const { intent, transaction, id } = operation;
    const words = [
      ...vaultsOf(operation).map(nameOf),
      'token' in intent ? intent.token.symbol : '',
      id,
    ];
    // In a signature the case of a letter is part of it.
    const isSigned = (transaction?.signature ?? '').includes(filter.text);
    return (
      (filter.vaultIds.length === 0 ||
        vaultsOf(operation).some((vault) => filter.vaultIds.includes(vault))) &&
      isIn(filter.kinds, intent.kind) &&
      isIn(filter.outcomes, outcomeOf(operation)) &&
      (isSigned || words.some((word) => word.toLowerCase().includes(filter.text.toLowerCase()))) &&
      operation.createdAtMs >= (filter.fromMs ?? 0) &&
      operation.createdAtMs <= (filter.toMs ?? Infinity)
    );
  });
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const sign = sort.descending ? -1 : 1;
  const compare = (left: CapitalOperation, right: CapitalOperation): number => {
    switch (sort.by) {
      case 'started':
        return (
          sign * (left.createdAtMs - right.createdAtMs || all.indexOf(left) - all.indexOf(right))
        );
      case 'value':
        if (left.value === null || right.value === null) {
          return Number(left.value === null) - Number(right.value === null);
        }
        return sign * Number(left.value - right.value);
      case 'kind':
        return (
          sign *
          (OPERATION_KINDS.indexOf(left.intent.kind) - OPERATION_KINDS.indexOf(right.intent.kind))
        );
      case 'vault':
        return sign * collator.compare(nameOf(vaultsOf(left)[0]!), nameOf(vaultsOf(right)[0]!));
      case 'state':
        return (
          sign * (OPERATION_STATES.indexOf(left.state) - OPERATION_STATES.indexOf(right.state))
        );
    }
  };
  const sorted = found.toSorted(
    (left, right) =>
      compare(left, right) ||
      right.createdAtMs - left.createdAtMs ||
      all.indexOf(right) - all.indexOf(left),
  );
  return { ids: sorted.slice(offset, offset + limit).map(({ id }) => id), total: found.length };
}

it('lists, filters, sorts and pages as a plain model does', () => {
  fc.assert(
    fc.property(seeds, fc.array(queries, { minLength: 20, maxLength: 80 }), (given, asked) => {
      const store = openTestStore(join(testFolder(), 'keel.db'));
      NAMES.forEach((name, index) =>
        store.vaultStore.insertVault({
          ...onChainVault(index + 1),
          ...{ name, network: networkId('practice'), active: false },
          authority: address('9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin'),
          subAccountId: index,
        }),
      );
      const all = given.map((seed, index) => {
        const [first, ...rest] = operationOf(index + 1, seed);
        store.journal.open(first!, []);
        for (const next of rest) store.journal.advance(next);
        return rest.at(-1) ?? first!;
      });
      for (const query of asked) {
        const page = store.deskRecords.operations.query(query);
        expect({ ids: page.rows.map(({ id }) => id), total: page.total }).toEqual(
          model(all, query),
        );
      }
      store.close();
    }),
    { numRuns: 10 },
  );
}, 60_000);

it('tells the figures of the operation itself', () => {
  const store = openTestStore(join(testFolder(), 'keel.db'));
  const rows = lifeOf(7);
  store.journal.open(rows[0], []);
  for (const next of rows.slice(1)) store.journal.advance(next);
  const query = { filter: EVERY_OPERATION, offset: 0, limit: 5 } as const;
  const page = store.deskRecords.operations.query({
    ...query,
    sort: { by: 'started', descending: true },
  });
  expect(page).toEqual({
    total: 1,
    rows: [
      {
        id: operationIdOf(7),
        network: 'practice',
        vaultType: 'onChain',
        kind: 'withdraw',
        vaultId: vaultIdOf(1),
        toVaultId: null,
        symbol: 'USDC',
        decimals: 6,
        amount: 2n ** 64n - 1n,
        value: 7_000_000n,
        state: 'verified',
        signature: 'signature 7',
        lastStep: 'verified of 7',
        createdAtMs: rows[0].createdAtMs,
        endedAtMs: rows.at(-1)?.endedAtMs,
      },
    ],
  });
});
