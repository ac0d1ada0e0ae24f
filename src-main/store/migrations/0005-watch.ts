import type { Migration } from './migration.ts';

/**
 * What the watch keeps: alerts, the stop of everything, and since when an exchange has been paused. Stored snapshots get
 * health in hundredths of a percent: until the next read the whole percents are all that is known. A text that is no
 * JSON stays as it is. The trigger that guards ended operations is away only while their snapshots are filled.
 */
export const watch: Migration = {
  version: 5,
  sql: `
    UPDATE sync_states
      SET snapshot = json_insert(snapshot, '$.figures.healthBps',
        100 * json_extract(snapshot, '$.figures.health'))
      WHERE json_valid(snapshot);
    DROP TRIGGER operations_end_once;
    UPDATE operations
      SET operation = json_replace(operation, '$.simulation.after', json((
        SELECT json_group_array(json(json_insert(value, '$.snapshot.figures.healthBps',
          100 * json_extract(value, '$.snapshot.figures.health'))))
        FROM json_each(operations.operation, '$.simulation.after'))))
      WHERE CASE WHEN json_valid(operation)
        THEN json_type(operation, '$.simulation.after') = 'array' ELSE 0 END;
    CREATE TRIGGER operations_end_once BEFORE UPDATE ON operations
      WHEN OLD.ended_at_ms IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'an operation that has ended never changes'); END;

    CREATE TABLE alerts (
      no INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      key TEXT NOT NULL CHECK (key <> ''),
      kind TEXT NOT NULL,
      severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
      title TEXT NOT NULL,
      text TEXT NOT NULL,
      advice TEXT NOT NULL,
      vault_id TEXT,
      network TEXT,
      operation_id TEXT,
      raised_at_ms INTEGER NOT NULL,
      changed_at_ms INTEGER NOT NULL,
      cleared_at_ms INTEGER,
      acknowledged_at_ms INTEGER,
      rank INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE severity WHEN 'info' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END) VIRTUAL,
      CONSTRAINT cleared_after_it_was_raised CHECK (cleared_at_ms >= raised_at_ms)
    ) STRICT;
    CREATE UNIQUE INDEX alerts_one_raised_of_a_key ON alerts (key) WHERE cleared_at_ms IS NULL;
    CREATE INDEX alerts_unacknowledged ON alerts (no) WHERE acknowledged_at_ms IS NULL;
    CREATE TRIGGER alerts_identity_never_changes BEFORE UPDATE ON alerts
      WHEN NEW.no IS NOT OLD.no OR NEW.id IS NOT OLD.id OR NEW.key IS NOT OLD.key
        OR NEW.kind IS NOT OLD.kind OR NEW.raised_at_ms IS NOT OLD.raised_at_ms
      BEGIN SELECT RAISE(ABORT, 'an alert never becomes another one'); END;
    CREATE TRIGGER alerts_cleared_never_change BEFORE UPDATE ON alerts
      WHEN OLD.cleared_at_ms IS NOT NULL AND (
        NEW.severity IS NOT OLD.severity OR NEW.title IS NOT OLD.title
        OR NEW.text IS NOT OLD.text OR NEW.advice IS NOT OLD.advice
        OR NEW.vault_id IS NOT OLD.vault_id OR NEW.network IS NOT OLD.network
        OR NEW.operation_id IS NOT OLD.operation_id
        OR NEW.changed_at_ms IS NOT OLD.changed_at_ms
        OR NEW.cleared_at_ms IS NOT OLD.cleared_at_ms)
      BEGIN SELECT RAISE(ABORT, 'a cleared alert never changes'); END;
    CREATE TRIGGER alerts_are_acknowledged_once BEFORE UPDATE ON alerts
      WHEN OLD.acknowledged_at_ms IS NOT NULL
        AND NEW.acknowledged_at_ms IS NOT OLD.acknowledged_at_ms
        AND NEW.rank <= OLD.rank
      BEGIN SELECT RAISE(ABORT, 'an alert is acknowledged once, until it grows worse'); END;
    CREATE TRIGGER alerts_are_kept BEFORE DELETE ON alerts
      WHEN OLD.cleared_at_ms IS NULL OR OLD.acknowledged_at_ms IS NULL
      BEGIN SELECT RAISE(ABORT, 'an alert is kept until it is cleared and acknowledged'); END;

    CREATE TABLE halt_all (
      no INTEGER PRIMARY KEY,
      since_ms INTEGER NOT NULL,
      source TEXT NOT NULL CHECK (source IN ('window', 'keyboard', 'tray', 'notification')),
      ended_at_ms INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX halt_all_one_in_force ON halt_all ((1)) WHERE ended_at_ms IS NULL;
    CREATE TRIGGER halt_all_never_changes BEFORE UPDATE ON halt_all
      WHEN OLD.ended_at_ms IS NOT NULL OR NEW.no IS NOT OLD.no
        OR NEW.since_ms IS NOT OLD.since_ms OR NEW.source IS NOT OLD.source
      BEGIN SELECT RAISE(ABORT, 'a stop of everything is lifted, and never changes otherwise'); END;
    CREATE TRIGGER halt_all_is_kept BEFORE DELETE ON halt_all
      BEGIN SELECT RAISE(ABORT, 'a stop of everything stays on record'); END;

    CREATE TABLE exchange_pauses (
      no INTEGER PRIMARY KEY,
      network TEXT NOT NULL,
      operation TEXT NOT NULL,
      since_ms INTEGER NOT NULL,
      ended_at_ms INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX exchange_pauses_one_in_force ON exchange_pauses (network, operation)
      WHERE ended_at_ms IS NULL;
    CREATE TRIGGER exchange_pauses_never_change BEFORE UPDATE ON exchange_pauses
      WHEN OLD.ended_at_ms IS NOT NULL OR NEW.no IS NOT OLD.no
        OR NEW.network IS NOT OLD.network OR NEW.operation IS NOT OLD.operation
        OR NEW.since_ms IS NOT OLD.since_ms
      BEGIN SELECT RAISE(ABORT, 'a pause ends, and never changes otherwise'); END;
  `,
};
