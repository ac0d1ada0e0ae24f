/** Keel's database as anybody else sees it: the file, opened read-only beside the running app. */
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface StoredFigures {
  readonly slot: bigint;
  /** Quote units of 10^-6. */
  readonly totalCollateral: bigint;
  readonly usdc: bigint;
  readonly driftPos: bigint;
  readonly verification: string;
  readonly failing: boolean;
}

export interface StoredAttempt {
  readonly number: number;
  readonly outcome: string;
  readonly errorCode: string | null;
  readonly nextDelayMs: number | null;
}

export interface StoredRun {
  readonly cause: string;
  readonly outcome: string;
  readonly attempts: readonly StoredAttempt[];
}

export interface VaultDatabase {
  readonly file: string;
  /** Null before the vault has figures. */
  figures(vaultName: string): StoredFigures | null;
  /** Ended runs with a failed attempt, oldest first. */
  troubledRuns(vaultName: string): readonly StoredRun[];
  countRuns(vaultName: string): number;
  /** Code of the halt in force, or null. */
  haltCode(vaultName: string): string | null;
  /** `ok`, or what is damaged. */
  integrity(): string;
}

/** @param profile the app's profile folder */
export function vaultDatabase(profile: string): VaultDatabase {
  const file = join(profile, 'database', 'keel.db');
  const read = <Value>(work: (db: Database.Database) => Value): Value => {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  return {
    file,
    figures: (name) => read((db) => loadFigures(db, name)),
    troubledRuns: (name) => read((db) => loadTroubledRuns(db, name)),
    countRuns: (name) =>
      read((db) => db.prepare<[string], number>(COUNT_RUNS).pluck().get(name) ?? 0),
    haltCode: (name) => read((db) => db.prepare<[string], string>(HALT).pluck().get(name) ?? null),
    integrity: () => read((db) => String(db.pragma('integrity_check', { simple: true }))),
  };
}

const COUNT_RUNS =
  'SELECT count(*) FROM sync_runs r JOIN vaults v ON v.no = r.vault WHERE v.name = ?';
const HALT = `SELECT json_extract(h.error, '$.code') FROM halts h JOIN vaults v ON v.no = h.vault
  WHERE v.name = ? AND h.ended_at_ms IS NULL`;

function loadFigures(db: Database.Database, name: string): StoredFigures | null {
  interface Row {
    readonly slot: bigint | null;
    readonly total: bigint;
    readonly usdc: bigint;
    readonly pos: bigint;
    readonly verification: string;
    readonly failing: bigint;
  }
  const row = db
    .prepare<[string], Row>(
      `SELECT s.slot, s.total_collateral AS total, s.usdc, s.drift_pos AS pos, s.verification,
         s.failure IS NOT NULL AS failing
       FROM sync_states s JOIN vaults v ON v.no = s.vault WHERE v.name = ?`,
    )
    .safeIntegers()
    .get(name);
  if (row === undefined || row.slot === null) return null;
  return {
    slot: row.slot,
    totalCollateral: row.total,
    usdc: row.usdc,
    driftPos: row.pos,
    verification: row.verification,
    failing: row.failing === 1n,
  };
}

function loadTroubledRuns(db: Database.Database, name: string): readonly StoredRun[] {
  interface Row {
    readonly seq: number;
    readonly cause: string;
    readonly outcome: string;
  }
  const attempts = db.prepare<[number], StoredAttempt>(
    `SELECT number, outcome, json_extract(error, '$.code') AS errorCode, next_delay_ms AS nextDelayMs
     FROM sync_attempts WHERE run = ? ORDER BY number`,
  );
  return db
    .prepare<[string], Row>(
      `SELECT r.seq, r.cause, r.outcome FROM sync_runs r JOIN vaults v ON v.no = r.vault
       WHERE v.name = ? AND r.has_failure = 1 ORDER BY r.seq`,
    )
    .all(name)
    .map(({ seq, cause, outcome }) => ({ cause, outcome, attempts: attempts.all(seq) }))
    .filter((run) => run.attempts.at(-1)?.nextDelayMs === null);
}
