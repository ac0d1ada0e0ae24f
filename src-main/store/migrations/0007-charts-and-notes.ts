import type { Migration } from './migration.ts';

/**
 * What the charts read, and the notes. A point records funding and health in hundredths from now on (null: it was not
 * recorded), and what thinning folded into it (null: nothing was): since when it stands, its lowest and highest. Points
 * that were thinned before stand since the beginning of their minute or hour. The rollup holds one row for each hour and
 * each day in which a vault was observed; it is filled from the points that there are.
 */
export const chartsAndNotes: Migration = {
  version: 7,
  sql: `
    ALTER TABLE value_history ADD COLUMN health_bps INTEGER CHECK (health_bps BETWEEN 0 AND 10000);
    ALTER TABLE value_history ADD COLUMN cumulative_funding INTEGER;
    ALTER TABLE value_history ADD COLUMN unsettled_funding INTEGER;
    ALTER TABLE value_history ADD COLUMN since_ms INTEGER CHECK (since_ms <= from_ms);
    ALTER TABLE value_history ADD COLUMN lowest_equity INTEGER
      CHECK (lowest_equity <= total_collateral);
    ALTER TABLE value_history ADD COLUMN highest_equity INTEGER
      CHECK (highest_equity >= total_collateral);
    ALTER TABLE value_history ADD COLUMN lowest_health_bps INTEGER
      CHECK (lowest_health_bps BETWEEN 0 AND 10000);

    CREATE TABLE value_rollup (
      vault INTEGER NOT NULL REFERENCES vaults (no),
      span_ms INTEGER NOT NULL CHECK (span_ms IN (3600000, 86400000)),
      start_ms INTEGER NOT NULL CHECK (start_ms % span_ms = 0),
      first_ms INTEGER NOT NULL,
      last_ms INTEGER NOT NULL,
      last_from_ms INTEGER NOT NULL,
      equity INTEGER NOT NULL,
      lowest_equity INTEGER NOT NULL,
      highest_equity INTEGER NOT NULL,
      free_collateral INTEGER NOT NULL,
      drift_pos INTEGER NOT NULL,
      unrealized_pnl INTEGER NOT NULL,
      health_bps INTEGER NOT NULL,
      lowest_health_bps INTEGER NOT NULL,
      cumulative_funding INTEGER,
      unsettled_funding INTEGER,
      holdings_changed INTEGER NOT NULL CHECK (holdings_changed IN (0, 1)),
      PRIMARY KEY (vault, span_ms, start_ms),
      CONSTRAINT observed_within_the_span CHECK (
        start_ms <= first_ms AND first_ms <= last_ms AND last_ms < start_ms + span_ms),
      CONSTRAINT last_is_between_the_extremes CHECK (
        lowest_equity <= equity AND equity <= highest_equity AND lowest_health_bps <= health_bps)
    ) STRICT, WITHOUT ROWID;

    UPDATE value_history AS point SET since_ms = thinned.since
      FROM (
        SELECT vault, from_ms, tie, max(from_ms - from_ms % bucket,
          coalesce(lag(until_ms) OVER (PARTITION BY vault ORDER BY from_ms, tie), 0)) AS since
        FROM (
          SELECT vault, from_ms, tie, until_ms, CASE
            WHEN from_ms < (SELECT from_ms FROM history_thinning AS mark
              WHERE mark.vault = value_history.vault AND bucket_ms = 3600000) THEN 3600000
            WHEN from_ms < (SELECT from_ms FROM history_thinning AS mark
              WHERE mark.vault = value_history.vault AND bucket_ms = 60000) THEN 60000
            ELSE 1 END AS bucket
          FROM value_history)) AS thinned
      WHERE point.vault = thinned.vault AND point.from_ms = thinned.from_ms
        AND point.tie = thinned.tie AND point.holdings_changed = 0
        AND thinned.since < point.from_ms;

    INSERT INTO value_rollup
      WITH RECURSIVE span (ms) AS (VALUES (3600000), (86400000)),
      piece (vault, from_ms, tie, until_ms, ms, start) AS (
        SELECT vault, from_ms, tie, until_ms, ms, from_ms - from_ms % ms FROM value_history, span
        UNION ALL
        SELECT vault, from_ms, tie, until_ms, ms, start + ms FROM piece WHERE start + ms <= until_ms),
      ranked AS (
        SELECT piece.*, row_number() OVER last_first AS place, point.total_collateral,
          min(point.total_collateral) OVER whole AS lowest_equity,
          max(point.total_collateral) OVER whole AS highest_equity,
          point.free_collateral, point.drift_pos, point.unrealized_pnl, point.health,
          min(point.health) OVER whole AS lowest_health,
          min(coalesce(point.since_ms, point.from_ms)) OVER whole AS first,
          max(point.until_ms) OVER whole AS last,
          max(point.holdings_changed AND point.from_ms >= piece.start) OVER whole AS changed
        FROM piece JOIN value_history AS point USING (vault, from_ms, tie)
        WINDOW whole AS (PARTITION BY piece.vault, piece.ms, piece.start),
          last_first AS (PARTITION BY piece.vault, piece.ms, piece.start
            ORDER BY piece.from_ms DESC, piece.tie DESC))
      SELECT vault, ms, start, max(start, first), min(start + ms - 1, last), from_ms,
        total_collateral, lowest_equity, highest_equity, free_collateral, drift_pos,
        unrealized_pnl, 100 * health, 100 * lowest_health, NULL, NULL, changed
      FROM ranked WHERE place = 1;

    CREATE TABLE vault_notes (
      id TEXT PRIMARY KEY,
      vault_id TEXT NOT NULL,
      text TEXT NOT NULL CHECK (text <> ''),
      written_at_ms INTEGER NOT NULL,
      edited_at_ms INTEGER
    ) STRICT;
    CREATE INDEX vault_notes_of_vault ON vault_notes (vault_id, written_at_ms);
    CREATE TRIGGER vault_notes_identity_never_changes BEFORE UPDATE ON vault_notes
      WHEN NEW.id IS NOT OLD.id OR NEW.vault_id IS NOT OLD.vault_id
        OR NEW.written_at_ms IS NOT OLD.written_at_ms
      BEGIN SELECT RAISE(ABORT, 'a note stays with its vault and its moment'); END;
  `,
};
