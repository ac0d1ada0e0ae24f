import { z } from 'zod';
import type { VaultId } from '#domain/ids.ts';
import type { ReadableDb } from '../database.ts';
import { parseRow } from '../rows.ts';

export type VaultNames = ReadonlyMap<VaultId, string>;

const nameRow = z.object({ id: z.string().transform((id) => id as VaultId), name: z.string() });

/** Numbers as numbers: `Vault 9` stands before `Vault 10`. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Names as they are now; of a sub-account that was never opened the one it was to have. */
export function loadVaultNames(db: ReadableDb): VaultNames {
  const rows = [
    ...db.all(
      `SELECT vault_id AS id, new_vault_name AS name FROM operation_lines
       WHERE new_vault_name IS NOT NULL`,
    ),
    ...db.all('SELECT id, name FROM vaults'),
  ];
  const names = new Map<VaultId, string>();
  for (const row of rows) {
    const { id, name } = parseRow(nameRow, row, 'name of a vault');
    names.set(id, name);
  }
  return names;
}

/** Whatever the case of the letters. */
export function vaultsNamedLike(names: VaultNames, text: string): readonly VaultId[] {
  const wanted = text.toLowerCase();
  return [...names].flatMap(([id, name]) => (name.toLowerCase().includes(wanted) ? [id] : []));
}

/** Each vault with its place in the order of names; equal names share one. */
export function placesByName(names: VaultNames): readonly (readonly [VaultId, number])[] {
  const sorted = [...names].sort(([, left], [, right]) => collator.compare(left, right));
  let place = 0;
  return sorted.map(([id, name], index) => {
    const before = sorted[index - 1];
    if (before !== undefined && collator.compare(before[1], name) !== 0) place += 1;
    return [id, place] as const;
  });
}
