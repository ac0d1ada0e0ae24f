import { z } from 'zod';
import type { VaultId } from '#domain/ids.ts';
import type { ReadableDb } from '../database.ts';
import { integerColumn, parseRow } from '../rows.ts';
import { moneyCell, type Cell } from './export-text.ts';

const vaultRow = z.object({
  no: integerColumn,
  id: z.string(),
  name: z.string(),
  network: z.string(),
  vaultType: z.string(),
});

export interface ExportedVault {
  readonly no: bigint;
  readonly id: string;
  readonly name: string;
  /** Id, name, network, money. */
  readonly cells: readonly Cell[];
}

/** In the order in which they were added. @param wanted empty: all of them */
export function exportedVaults(
  db: ReadableDb,
  wanted: readonly VaultId[],
): readonly ExportedVault[] {
  const chosen = new Set<string>(wanted);
  return db
    .all(`SELECT no, id, name, network, vault_type AS vaultType FROM vaults ORDER BY no`)
    .map((row) => parseRow(vaultRow, row, `vault ${String(row['id'])}`))
    .filter(({ id }) => chosen.size === 0 || chosen.has(id))
    .map(({ no, id, name, network, vaultType }) => ({
      ...{ no, id, name },
      cells: [id, name, network, moneyCell(vaultType, network)],
    }));
}
