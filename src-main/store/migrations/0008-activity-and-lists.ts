import type { Migration } from './migration.ts';

/**
 * The activity feed, and the operations as a list reads them: without their texts, so that a hundred thousand are
 * filtered and sorted in some milliseconds. The feed begins with what the database holds already: operations and alerts.
 * `once` names what must be told one single time. Nothing of an operation that a list shows changes but its state, its
 * value and its signature.
 */
export const activityAndLists: Migration = {
  version: 8,
  sql: `
    CREATE TABLE activity (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at_ms INTEGER NOT NULL,
      kind TEXT NOT NULL,
      tone TEXT NOT NULL CHECK (tone IN ('info', 'good', 'warning', 'critical')),
      actor TEXT NOT NULL CHECK (actor IN ('trader', 'keel', 'chain')),
      title TEXT NOT NULL CHECK (title <> ''),
      text TEXT NOT NULL,
      vault_id TEXT,
      network TEXT,
      operation_id TEXT,
      alert_id TEXT,
      once TEXT
    ) STRICT;
    CREATE UNIQUE INDEX activity_once ON activity (once) WHERE once IS NOT NULL;
    CREATE INDEX activity_of_vault ON activity (vault_id) WHERE vault_id IS NOT NULL;
    CREATE TRIGGER activity_never_changes BEFORE UPDATE ON activity
      BEGIN SELECT RAISE(ABORT, 'an entry of the feed never changes'); END;
    CREATE TRIGGER activity_leaves_from_its_end BEFORE DELETE ON activity
      WHEN EXISTS (SELECT 1 FROM activity WHERE id < OLD.id)
      BEGIN SELECT RAISE(ABORT, 'the oldest entry of the feed leaves first'); END;

    CREATE TABLE operation_lines (
      no INTEGER PRIMARY KEY REFERENCES operations (no),
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      state TEXT NOT NULL,
      vault_id TEXT NOT NULL,
      to_vault_id TEXT,
      new_vault_name TEXT,
      symbol TEXT,
      value INTEGER,
      signature TEXT,
      created_at_ms INTEGER NOT NULL
    ) STRICT;
    INSERT INTO operation_lines
      SELECT no, id, kind, state, vault_id, to_vault_id,
        CASE WHEN json_valid(operation)
          THEN CAST(json_extract(operation, '$.intent.vault.name') AS TEXT) END,
        CASE WHEN json_valid(operation)
          THEN CAST(json_extract(operation, '$.intent.token.symbol') AS TEXT) END,
        value, signature, created_at_ms
      FROM operations;
    CREATE INDEX operation_lines_by_start ON operation_lines (created_at_ms);
    CREATE INDEX operation_lines_of_vault ON operation_lines (vault_id, created_at_ms);
    CREATE INDEX operation_lines_to_vault ON operation_lines (to_vault_id)
      WHERE to_vault_id IS NOT NULL;
    CREATE INDEX operation_lines_of_new_vaults ON operation_lines (vault_id, new_vault_name)
      WHERE new_vault_name IS NOT NULL;
    CREATE TRIGGER operations_begin_a_line AFTER INSERT ON operations
      BEGIN INSERT INTO operation_lines VALUES (NEW.no, NEW.id, NEW.kind, NEW.state, NEW.vault_id,
        NEW.to_vault_id,
        CASE WHEN json_valid(NEW.operation)
          THEN CAST(json_extract(NEW.operation, '$.intent.vault.name') AS TEXT) END,
        CASE WHEN json_valid(NEW.operation)
          THEN CAST(json_extract(NEW.operation, '$.intent.token.symbol') AS TEXT) END,
        NEW.value, NEW.signature, NEW.created_at_ms); END;
    CREATE TRIGGER operations_keep_their_line AFTER UPDATE ON operations
      WHEN NEW.state IS NOT OLD.state OR NEW.value IS NOT OLD.value
        OR NEW.signature IS NOT OLD.signature
      BEGIN UPDATE operation_lines
        SET state = NEW.state, value = NEW.value, signature = NEW.signature WHERE no = NEW.no; END;

    WITH
      told AS MATERIALIZED (
        SELECT no, id, network, vault_type, kind, state, vault_id, created_at_ms, ended_at_ms,
          CASE WHEN json_valid(operation) THEN json_extract(operation, '$.intent') END AS intent
        FROM operations),
      amounts AS MATERIALIZED (
        SELECT *, json_extract(intent, '$.token.symbol') AS symbol,
          json_extract(intent, '$.token.decimals') AS decimals,
          CAST(json_extract(intent, '$.amount') AS TEXT) AS units
        FROM told),
      padded AS (
        SELECT *, CASE WHEN length(units) > decimals THEN units
          ELSE substr('00000000000000000000', 1, decimals + 1 - length(units)) || units END AS digits
        FROM amounts),
      parts AS (
        SELECT *, substr(digits, 1, length(digits) - decimals) AS whole,
          rtrim(substr(digits, length(digits) - decimals + 1), '0') AS fraction
        FROM padded),
      named AS MATERIALIZED (
        SELECT *, CASE kind
          WHEN 'create-sub-account'
            THEN coalesce('Opening “' || json_extract(intent, '$.accountName') || '”', 'A new sub-account')
          ELSE CASE kind WHEN 'deposit' THEN 'Deposit' WHEN 'withdraw' THEN 'Withdrawal' ELSE 'Transfer' END
            || coalesce(' of ' || whole || CASE fraction WHEN '' THEN '' ELSE '.' || fraction END
              || ' ' || symbol, '')
          END AS name
        FROM parts)
    INSERT INTO activity (at_ms, kind, tone, actor, title, text, vault_id, network, operation_id,
      alert_id, once)
    SELECT at_ms, kind, tone, actor, title, text, vault_id, network, operation_id, alert_id, once
    FROM (
      SELECT created_at_ms AS at_ms, 0 AS turn, no, 'operation' AS kind, 'info' AS tone,
        'trader' AS actor, name || ' requested' AS title, '' AS text, vault_id, network,
        id AS operation_id, NULL AS alert_id, 'operation/' || id || '/begun' AS once
      FROM named
      UNION ALL
      SELECT sent.at_ms, 1, no, 'operation', 'info', 'keel', name || ' sent to the chain', '', vault_id,
        network, id, NULL, 'operation/' || id || '/sent'
      FROM named JOIN (SELECT operation, min(at_ms) AS at_ms FROM operation_transitions
        WHERE state = 'submitted' GROUP BY operation) AS sent ON sent.operation = named.no
      WHERE vault_type = 'onChain'
      UNION ALL
      SELECT ended_at_ms, 2, no, 'operation',
        CASE state WHEN 'verified' THEN 'good' WHEN 'discrepant' THEN 'critical'
          WHEN 'denied' THEN 'info' ELSE 'warning' END,
        'keel', name || ' ' || state,
        coalesce((SELECT cause FROM operation_transitions
          WHERE operation = no ORDER BY number DESC LIMIT 1), ''),
        vault_id, network, id, NULL, 'operation/' || id || '/ended'
      FROM named WHERE ended_at_ms IS NOT NULL
      UNION ALL
      SELECT raised_at_ms, 3, no, CASE kind WHEN 'sync' THEN 'sync' WHEN 'halt' THEN 'trading' ELSE 'alert' END,
        severity, 'keel', title, text, vault_id, network, operation_id, id, 'alert/' || id || '/raised'
      FROM alerts WHERE title <> '' AND (kind <> 'operation' OR cleared_at_ms IS NOT raised_at_ms)
      UNION ALL
      SELECT cleared_at_ms, 4, no, CASE kind WHEN 'sync' THEN 'sync' ELSE 'alert' END, 'good', 'keel',
        'Over: ' || title, '', vault_id, network, operation_id, id, 'alert/' || id || '/cleared'
      FROM alerts WHERE title <> '' AND cleared_at_ms > raised_at_ms
    ) ORDER BY at_ms, turn, no;
  `,
};
