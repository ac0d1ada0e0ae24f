import type { Migration } from './migration.ts';

/** The cluster that a vault's figures come from, by its genesis hash; null until its first read. It never changes. */
export const homeClusters: Migration = {
  version: 3,
  sql: `
    ALTER TABLE vaults ADD COLUMN genesis TEXT;
    CREATE TRIGGER vaults_home_never_changes BEFORE UPDATE OF genesis ON vaults
      WHEN OLD.genesis IS NOT NULL AND NEW.genesis IS NOT OLD.genesis
      BEGIN SELECT RAISE(ABORT, 'the home cluster of a vault never changes'); END;
  `,
};
