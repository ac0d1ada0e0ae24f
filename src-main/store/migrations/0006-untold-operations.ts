import type { Migration } from './migration.ts';

/**
 * Operations that have ended and that the inbox has not told of yet: a row comes with the end itself, in one commit.
 * What ended before there was an inbox is history, and is not told.
 */
export const untoldOperations: Migration = {
  version: 6,
  sql: `
    CREATE TABLE untold_operations (
      operation INTEGER PRIMARY KEY REFERENCES operations (no)
    ) STRICT;
    CREATE TRIGGER operations_end_untold AFTER UPDATE ON operations
      WHEN OLD.ended_at_ms IS NULL AND NEW.ended_at_ms IS NOT NULL
      BEGIN INSERT INTO untold_operations (operation) VALUES (NEW.no); END;
  `,
};
