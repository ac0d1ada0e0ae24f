import { z } from 'zod';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { Address, NetworkId, VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import type { QuoteAmount } from '#domain/units.ts';
import type { ReadableDb, SqlValue, WritableDb } from './database.ts';
import {
  flagColumn,
  int64,
  integerAs,
  numberColumn,
  parseRow,
  unixMsColumn,
  wholeNumber,
} from './rows.ts';

const text = <Name extends string>() => z.string().transform((value) => value as Name);

const baseColumns = {
  id: text<VaultId>(),
  engine: z.string(),
  name: z.string(),
  network: text<NetworkId>(),
  active: flagColumn,
  createdAtMs: unixMsColumn,
  archivedAtMs: unixMsColumn.nullable(),
  sortIndex: numberColumn,
};

const vaultRow = z.discriminatedUnion('vaultType', [
  z.object({
    vaultType: z.literal('virtual'),
    ...baseColumns,
    allocation: integerAs<QuoteAmount>(),
  }),
  z.object({
    vaultType: z.literal('onChain'),
    ...baseColumns,
    program: text<Address>(),
    authority: text<Address>(),
    subAccountId: numberColumn,
  }),
]);

/** Made once: a zod schema costs more to make than to use. */
const numberRow = z.object({ no: z.bigint() });

const COLUMNS = `id, engine, name, network, vault_type AS vaultType, active, created_at_ms AS createdAtMs,
  archived_at_ms AS archivedAtMs, sort_index AS sortIndex, allocation, program, authority,
  sub_account_id AS subAccountId`;

/** All vaults, the archived ones too, in the order of the table. */
export function loadVaults(db: ReadableDb): readonly EngineVault[] {
  return db
    .all(`SELECT ${COLUMNS} FROM vaults ORDER BY sort_index, no`)
    .map((row) => parseRow(vaultRow, row, `vault ${String(row['id'])}`));
}

/** Throws `VAULT_EXISTS` for a second vault of one sub-account (V1). */
export function insertVault(db: WritableDb, vault: EngineVault): void {
  refusingTwins(vault, () =>
    db.run(
      `INSERT INTO vaults (engine, name, network, active, created_at_ms, archived_at_ms, sort_index,
         vault_type, allocation, program, authority, sub_account_id, id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...columnsOf(vault),
    ),
  );
}

/** One transaction; the badge may move between the given vaults. Throws `VAULT_NOT_FOUND`, `VAULT_EXISTS`. */
export function updateVaults(db: WritableDb, vaults: readonly EngineVault[]): void {
  db.transaction(() => {
    // An engine has one active vault at every moment, also between two statements: first take, then give.
    for (const { id } of vaults) db.run('UPDATE vaults SET active = 0 WHERE id = ?', id);
    for (const vault of vaults) refusingTwins(vault, () => updateVault(db, vault));
  });
}

function updateVault(db: WritableDb, vault: EngineVault): void {
  const changed = db.run(
    `UPDATE vaults SET engine = ?, name = ?, network = ?, active = ?, created_at_ms = ?,
       archived_at_ms = ?, sort_index = ?, vault_type = ?, allocation = ?, program = ?, authority = ?,
       sub_account_id = ? WHERE id = ?`,
    ...columnsOf(vault),
  );
  if (changed === 0) throw vaultNotFound(vault.id);
}

const homeRow = z.object({ genesis: z.string().nullable() });

/** Genesis hash of the cluster that the vault's figures come from, or null. Throws `VAULT_NOT_FOUND`. */
export function loadHome(db: ReadableDb, id: VaultId): string | null {
  const row = db.get('SELECT genesis FROM vaults WHERE id = ?', id);
  if (row === undefined) throw vaultNotFound(id);
  return parseRow(homeRow, row, `vault ${id}`).genesis;
}

/** Throws `VAULT_NOT_FOUND`, and `DATABASE_WRITE_FAILED` where the vault has another home. */
export function saveHome(db: WritableDb, id: VaultId, genesisHash: string): void {
  if (db.run('UPDATE vaults SET genesis = ? WHERE id = ?', genesisHash, id) === 0) {
    throw vaultNotFound(id);
  }
}

/** The row number that other tables refer to. Throws `VAULT_NOT_FOUND`. */
export function vaultNumber(db: ReadableDb, id: VaultId): bigint {
  const row = db.get('SELECT no FROM vaults WHERE id = ?', id);
  if (row === undefined) throw vaultNotFound(id);
  return parseRow(numberRow, row, `vault ${id}`).no;
}

function columnsOf(vault: EngineVault): SqlValue[] {
  const onChain = vault.vaultType === 'onChain' ? vault : null;
  return [
    vault.engine,
    vault.name,
    vault.network,
    vault.active ? 1n : 0n,
    wholeNumber('createdAtMs', vault.createdAtMs),
    vault.archivedAtMs === null ? null : wholeNumber('archivedAtMs', vault.archivedAtMs),
    wholeNumber('sortIndex', vault.sortIndex),
    vault.vaultType,
    vault.vaultType === 'virtual' ? int64('allocation', vault.allocation) : null,
    onChain?.program ?? null,
    onChain?.authority ?? null,
    onChain === null ? null : wholeNumber('subAccountId', onChain.subAccountId),
    vault.id,
  ];
}

function refusingTwins(vault: EngineVault, write: () => void): void {
  try {
    write();
  } catch (caught) {
    const error = caught instanceof KeelFault ? twinError(vault, caught) : null;
    throw error === null ? caught : new KeelFault(error, { cause: caught });
  }
}

function twinError(vault: EngineVault, fault: KeelFault) {
  const broken = fault.keelError.details?.['text'] ?? '';
  if (broken.includes('vaults.sub_account_id') && vault.vaultType === 'onChain') {
    return keelError(
      'VAULT_EXISTS',
      'fix-input',
      `Sub-account ${vault.subAccountId} of ${vault.authority} on ${vault.network} already has a vault.`,
      'Use that vault; look among the archived ones too.',
    );
  }
  if (broken.includes('vaults.engine')) {
    return keelError(
      'VAULT_EXISTS',
      'fix-input',
      `Engine ${vault.engine} already has an active vault.`,
      'Take the badge from the other vault in the same step.',
    );
  }
  if (broken.includes('vaults.id')) {
    return keelError(
      'VAULT_EXISTS',
      'stop',
      `A vault with the id ${vault.id} exists already.`,
      'Nothing was written. Report this with the log.',
    );
  }
  return null;
}

function vaultNotFound(id: VaultId): KeelFault {
  return new KeelFault(
    keelError('VAULT_NOT_FOUND', 'fix-input', `There is no vault ${id}.`, 'Reload the window.'),
  );
}
