import type { SyncCommit } from '#main/engine/ports.ts';
import { syncRunId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import { commitOf, unreachable } from '#test/unit/store/observations.ts';
import { onChainVault } from '#test/support/vaults.ts';

export const KILLED_VAULTS = [onChainVault(1), onChainVault(2), onChainVault(3)] as const;

/** One batch over all vaults, every figure of which tells the number. */
export function numberedCommits(number: number): readonly SyncCommit[] {
  return KILLED_VAULTS.map((vault) => {
    const value = BigInt(number);
    const commit = commitOf(vault, {
      slot: value,
      atMs: number * 5_000,
      collateral: value * 1_000_000n,
      mark: value,
      scaled: value / 5n,
    });
    const halt = { error: unreachable, attempts: number, sinceMs: unixMs(number) };
    return {
      ...commit,
      run: { ...commit.run, id: syncRunId(`${vault.subAccountId}-${number}`) },
      state: { ...commit.state, halt },
    };
  });
}
