import type { Migration } from './migration.ts';

/** Vaults, their sync state, runs with attempts, halts, and the paper ledger. */
export const vaultsAndSyncs: Migration = {
  version: 1,
  sql: `
    CREATE TABLE vaults (
      no INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      engine TEXT NOT NULL,
      name TEXT NOT NULL,
      network TEXT NOT NULL,
      vault_type TEXT NOT NULL CHECK (vault_type IN ('virtual', 'onChain')),
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      created_at_ms INTEGER NOT NULL,
      archived_at_ms INTEGER,
      sort_index INTEGER NOT NULL,
      allocation INTEGER,
      program TEXT,
      authority TEXT,
      sub_account_id INTEGER CHECK (sub_account_id BETWEEN 0 AND 65535),
      CONSTRAINT type_has_its_columns CHECK (
        CASE vault_type
          WHEN 'virtual' THEN allocation IS NOT NULL AND program IS NULL
            AND authority IS NULL AND sub_account_id IS NULL
          ELSE allocation IS NULL AND program IS NOT NULL
            AND authority IS NOT NULL AND sub_account_id IS NOT NULL
        END
      )
    ) STRICT;
    CREATE UNIQUE INDEX vaults_identity
      ON vaults (network, program, authority, sub_account_id) WHERE vault_type = 'onChain';
    CREATE UNIQUE INDEX vaults_one_active_per_engine ON vaults (engine) WHERE active = 1;
    CREATE TRIGGER vaults_identity_never_changes BEFORE UPDATE ON vaults
      WHEN NEW.id IS NOT OLD.id OR NEW.vault_type IS NOT OLD.vault_type
        OR NEW.network IS NOT OLD.network OR NEW.program IS NOT OLD.program
        OR NEW.authority IS NOT OLD.authority OR NEW.sub_account_id IS NOT OLD.sub_account_id
      BEGIN SELECT RAISE(ABORT, 'the identity of a vault never changes'); END;

    CREATE TABLE sync_states (
      vault INTEGER PRIMARY KEY REFERENCES vaults (no),
      slot INTEGER,
      observed_at_ms INTEGER,
      snapshot TEXT,
      raw_quantities TEXT,
      total_collateral INTEGER,
      free_collateral INTEGER,
      unrealized_pnl INTEGER,
      health INTEGER CHECK (health BETWEEN 0 AND 100),
      usdc INTEGER,
      drift_pos INTEGER CHECK (drift_pos >= 0),
      sol INTEGER CHECK (sol = 0),
      verification TEXT NOT NULL CHECK (verification IN ('unverified', 'verified', 'discrepant')),
      verified_slot INTEGER,
      verification_at_ms INTEGER,
      verification_error TEXT,
      failure TEXT,
      CONSTRAINT observation_is_whole CHECK (
        (slot IS NULL AND observed_at_ms IS NULL AND snapshot IS NULL AND total_collateral IS NULL
          AND free_collateral IS NULL AND unrealized_pnl IS NULL AND health IS NULL
          AND usdc IS NULL AND drift_pos IS NULL AND sol IS NULL)
        OR (slot IS NOT NULL AND observed_at_ms IS NOT NULL AND snapshot IS NOT NULL
          AND total_collateral IS NOT NULL AND free_collateral IS NOT NULL
          AND unrealized_pnl IS NOT NULL AND health IS NOT NULL
          AND usdc IS NOT NULL AND drift_pos IS NOT NULL AND sol IS NOT NULL)
      ),
      CONSTRAINT balances_follow_the_formula CHECK (usdc = max(0, total_collateral - drift_pos)),
      CONSTRAINT verification_is_whole CHECK (
        CASE verification
          WHEN 'unverified' THEN verified_slot IS NULL AND verification_at_ms IS NULL
            AND verification_error IS NULL
          WHEN 'verified' THEN verified_slot IS NOT NULL AND verification_at_ms IS NOT NULL
            AND verification_error IS NULL AND slot IS NOT NULL
          ELSE verified_slot IS NULL AND verification_at_ms IS NOT NULL
            AND verification_error IS NOT NULL
        END
      )
    ) STRICT;
    CREATE TRIGGER sync_states_never_go_back BEFORE UPDATE ON sync_states
      WHEN OLD.slot IS NOT NULL AND (NEW.slot IS NULL OR NEW.slot < OLD.slot)
      BEGIN SELECT RAISE(ABORT, 'an older slot never replaces a newer one'); END;

    CREATE TABLE sync_runs (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      vault INTEGER NOT NULL REFERENCES vaults (no),
      cause TEXT NOT NULL,
      started_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('verified', 'failed', 'discrepant')),
      has_failure INTEGER NOT NULL CHECK (has_failure IN (0, 1))
    ) STRICT;
    CREATE INDEX sync_runs_of_vault ON sync_runs (vault);

    CREATE TABLE sync_attempts (
      run INTEGER NOT NULL REFERENCES sync_runs (seq) ON DELETE CASCADE,
      number INTEGER NOT NULL CHECK (number >= 1),
      started_at_ms INTEGER NOT NULL,
      duration_ms REAL NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('verified', 'moved-on', 'failed')),
      error TEXT,
      next_delay_ms REAL,
      slot INTEGER,
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE halts (
      no INTEGER PRIMARY KEY,
      vault INTEGER NOT NULL REFERENCES vaults (no),
      since_ms INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      error TEXT NOT NULL,
      ended_at_ms INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX halts_one_open_per_vault ON halts (vault) WHERE ended_at_ms IS NULL;

    CREATE TABLE paper_entries (
      vault INTEGER NOT NULL REFERENCES vaults (no),
      revision INTEGER NOT NULL CHECK (revision >= 0),
      kind TEXT NOT NULL CHECK (kind IN ('allocate', 'credit', 'debit', 'reset', 'seed')),
      change INTEGER NOT NULL,
      cash_after INTEGER NOT NULL CHECK (cash_after >= 0),
      at_ms INTEGER NOT NULL,
      note TEXT NOT NULL,
      PRIMARY KEY (vault, revision)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE paper_accounts (
      vault INTEGER PRIMARY KEY REFERENCES vaults (no),
      cash INTEGER NOT NULL CHECK (cash >= 0),
      revision INTEGER NOT NULL,
      changed_at_ms INTEGER NOT NULL,
      FOREIGN KEY (vault, revision) REFERENCES paper_entries (vault, revision)
    ) STRICT;
  `,
};
