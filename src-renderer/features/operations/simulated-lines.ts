import type { CapitalOperation } from '#domain/capital-operation.ts';
import type { VaultId } from '#domain/ids.ts';
import { SOL_DECIMALS } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import { formatExact, formatQuote } from '#renderer/ui/format.ts';
import { formatToken } from './operation-words.ts';

export interface BeforeAfter {
  readonly label: string;
  /** Null: not known, and never shown as zero. */
  readonly before: string | null;
  readonly after: string;
}

export interface SimulatedVault {
  readonly vaultId: VaultId;
  readonly lines: readonly BeforeAfter[];
}

/** Snapshot of the vault as the desk has it; after the operation it is no longer the one before. */
export type SnapshotBefore = (id: VaultId) => VaultSnapshot | null;

/** What would change in each vault of the operation: its tokens that move, collateral, health. */
export function simulatedVaults(
  operation: CapitalOperation,
  snapshotBefore: SnapshotBefore,
): readonly SimulatedVault[] {
  return (operation.simulation?.after ?? []).map(({ vaultId, snapshot }) => ({
    vaultId,
    lines: [
      ...tokenLines(operation, vaultId, snapshot),
      ...figureLines(snapshotBefore(vaultId), snapshot),
    ],
  }));
}

/** Before is after less the expected change: it stays true once the vault has moved on. */
function tokenLines(
  { expectation }: CapitalOperation,
  vaultId: VaultId,
  after: VaultSnapshot,
): BeforeAfter[] {
  const changes = expectation?.changes.filter((change) => change.vaultId === vaultId) ?? [];
  return changes.map(({ symbol, decimals, marketIndex, change, scaledBefore }) => {
    const position = after.spotPositions.find((spot) => spot.marketIndex === marketIndex);
    const amount = position?.amount ?? 0n;
    return {
      label: symbol,
      // The chain rounds what it credits; nothing before is nothing, not a unit less.
      before: formatExact(scaledBefore === 0n ? 0n : amount - change, decimals),
      after: formatExact(amount, decimals),
    };
  });
}

function figureLines(before: VaultSnapshot | null, after: VaultSnapshot): BeforeAfter[] {
  const was = before?.figures;
  return [
    {
      label: 'Collateral',
      before: was === undefined ? null : formatQuote(was.totalCollateral),
      after: formatQuote(after.figures.totalCollateral),
    },
    {
      label: 'Health',
      before: was === undefined ? null : String(was.health),
      after: String(after.figures.health),
    },
  ];
}

/** “−1,000.00 USDC, −0.000005 SOL”; null on paper, where no wallet is touched. */
export function walletChange({ simulation, intent }: CapitalOperation): string | null {
  if (simulation === null) return null;
  const { walletTokenChange, walletLamportsChange } = simulation;
  const parts: string[] = [];
  if (walletTokenChange !== null && intent.kind !== 'create-sub-account') {
    parts.push(formatToken(walletTokenChange, intent.token, true));
  }
  if (walletLamportsChange !== null) {
    parts.push(formatToken(walletLamportsChange, { decimals: SOL_DECIMALS, symbol: 'SOL' }, true));
  }
  return parts.length === 0 ? null : parts.join(', ');
}

/** Whether the desk's figures of the vault are still those before the operation. */
export const stillBefore = ({ transitions }: CapitalOperation): boolean =>
  !transitions.some(({ state }) => state === 'confirmed' || state === 'synced');
