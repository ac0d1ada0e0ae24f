import type { Migration } from './migration.ts';

/**
 * The history of values and what thins it. Each vault's history begins with the observation that it already
 * has; the quantities that a change of holdings is told by move from the state to the head of the history.
 */
export const valueHistory: Migration = {
  version: 2,
  sql: `
    CREATE TABLE value_history (
      vault INTEGER NOT NULL REFERENCES vaults (no),
      from_ms INTEGER NOT NULL,
      tie INTEGER NOT NULL,
      until_ms INTEGER NOT NULL,
      slot INTEGER NOT NULL,
      total_collateral INTEGER NOT NULL,
      usdc INTEGER NOT NULL,
      drift_pos INTEGER NOT NULL,
      free_collateral INTEGER NOT NULL,
      unrealized_pnl INTEGER NOT NULL,
      health INTEGER NOT NULL CHECK (health BETWEEN 0 AND 100),
      holdings_changed INTEGER NOT NULL CHECK (holdings_changed IN (0, 1)),
      PRIMARY KEY (vault, from_ms, tie),
      CHECK (until_ms >= from_ms),
      CONSTRAINT balances_follow_the_formula CHECK (usdc = max(0, total_collateral - drift_pos))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE history_heads (
      vault INTEGER PRIMARY KEY REFERENCES vaults (no),
      from_ms INTEGER NOT NULL,
      tie INTEGER NOT NULL,
      raw_quantities TEXT NOT NULL,
      FOREIGN KEY (vault, from_ms, tie) REFERENCES value_history (vault, from_ms, tie)
    ) STRICT;

    CREATE TABLE history_thinning (
      vault INTEGER NOT NULL REFERENCES vaults (no),
      bucket_ms INTEGER NOT NULL,
      from_ms INTEGER NOT NULL,
      tie INTEGER NOT NULL,
      PRIMARY KEY (vault, bucket_ms)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sync_run_hours (
      vault INTEGER NOT NULL REFERENCES vaults (no),
      hour_start_ms INTEGER NOT NULL,
      runs INTEGER NOT NULL CHECK (runs >= 1),
      min_ms INTEGER NOT NULL,
      sum_ms INTEGER NOT NULL,
      max_ms INTEGER NOT NULL,
      PRIMARY KEY (vault, hour_start_ms)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sync_runs_to_roll_up ON sync_runs (seq) WHERE has_failure = 0;

    INSERT INTO value_history
      SELECT vault, observed_at_ms, 0, observed_at_ms, slot, total_collateral, usdc, drift_pos,
        free_collateral, unrealized_pnl, health, 1
      FROM sync_states WHERE slot IS NOT NULL AND verification <> 'discrepant';
    INSERT INTO history_heads
      SELECT vault, observed_at_ms, 0, coalesce(raw_quantities, '')
      FROM sync_states WHERE slot IS NOT NULL AND verification <> 'discrepant';
    ALTER TABLE sync_states DROP COLUMN raw_quantities;
  `,
};
