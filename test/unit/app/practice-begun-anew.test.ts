import { expect, it, vi } from 'vitest';
import type { EngineVault } from '#domain/engine-vault.ts';
import { address, networkId, PRACTICE_NETWORK, vaultId, type VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import { beginPracticeAnew } from '#main/app/practice-begun-anew.ts';
import type { PracticeHandover } from '#main/ipc/engine-protocol.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';

const NEW = vaultId('00000000-0000-4000-8000-0000000000ff');
const starter = {
  authority: address('9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM'),
  subAccountId: 0,
};
const handover = (begunAnewAtMs: number | null): PracticeHandover =>
  ({
    type: 'practice',
    network: { id: PRACTICE_NETWORK, genesisHash: 'new' },
    starter,
    ...(begunAnewAtMs !== null && { begunAnewAtMs: unixMs(begunAnewAtMs) }),
  }) as never;

function bench(vaults: readonly EngineVault[], homes: Readonly<Record<string, string>> = {}) {
  const engine = {
    views: () => vaults.map((vault) => ({ vault })) as never,
    addOnChainVault: vi.fn(() => ok({ vaultId: NEW })),
    activate: vi.fn<(id: VaultId) => unknown>(() => ok({})),
    setArchived: vi.fn<(id: VaultId, archived: boolean) => unknown>(() => ok({})),
  };
  const store = { loadHome: (id: VaultId) => homes[id] ?? null };
  return { engine, parts: { engine, store, logger: silentLogger } as never };
}

const old = onChainVault(1, { active: true, name: 'Mine' });
const idle = onChainVault(2);
const live = onChainVault(3, { network: networkId('mainnet') });
const paper = paperVault(4);
const AFTER = old.createdAtMs + 1_000;

it('adds a vault of the new chain, hands the badge on, and archives the old ones', () => {
  const { engine, parts } = bench([old, idle, live, paper], { [old.id]: 'old' });
  expect(beginPracticeAnew(parts, handover(AFTER))).toEqual(ok(null));
  expect(engine.addOnChainVault).toHaveBeenCalledExactlyOnceWith({
    ...{ name: 'Mine', engine: 'funding', network: PRACTICE_NETWORK },
    ...starter,
  });
  expect(engine.activate).toHaveBeenCalledExactlyOnceWith(NEW);
  expect(engine.setArchived.mock.calls).toEqual([
    [old.id, true],
    [idle.id, true],
  ]);
});

it('touches nothing where nobody had it begun anew', () => {
  const { engine, parts } = bench([old]);
  expect(beginPracticeAnew(parts, handover(null))).toEqual(ok(null));
  expect(engine.setArchived).not.toHaveBeenCalled();
  expect(engine.addOnChainVault).not.toHaveBeenCalled();
});

it('does nothing a second time', () => {
  const archived = { ...old, active: false, archivedAtMs: unixMs(AFTER) };
  const fresh = onChainVault(5, { ...starter, createdAtMs: unixMs(AFTER), active: true });
  const { engine, parts } = bench([archived, fresh], { [fresh.id]: 'new' });
  expect(beginPracticeAnew(parts, handover(AFTER))).toEqual(ok(null));
  expect(engine.setArchived).not.toHaveBeenCalled();
  expect(engine.addOnChainVault).not.toHaveBeenCalled();
});

it('leaves a vault that was added since, read or not', () => {
  const since = onChainVault(6, { createdAtMs: unixMs(AFTER + 1) });
  const read = onChainVault(7);
  const { engine, parts } = bench([since, read], { [read.id]: 'new' });
  beginPracticeAnew(parts, handover(AFTER));
  expect(engine.setArchived).not.toHaveBeenCalled();
});

it('goes on past a vault that cannot be archived', () => {
  const { engine, parts } = bench([old, idle]);
  const no = keelError('INPUT_INVALID', 'fix-input', 'It powers.', 'Choose.');
  engine.setArchived.mockReturnValueOnce(err(no) as never);
  expect(beginPracticeAnew(parts, handover(AFTER))).toEqual(ok(null));
  expect(engine.setArchived).toHaveBeenCalledTimes(2);
});
