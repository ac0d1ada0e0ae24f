import type { Migration } from './migration.ts';

/**
 * Capital operations, their transitions and their locks; and the operation of a paper ledger's line. Vault ids
 * are no foreign keys: the vault of `create-sub-account` has no row yet. An operation's text leaves its
 * transitions out: they have a table of their own that is only ever added to.
 */
export const capitalOperations: Migration = {
  version: 4,
  sql: `
    CREATE TABLE operations (
      no INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      network TEXT NOT NULL,
      vault_type TEXT NOT NULL CHECK (vault_type IN ('virtual', 'onChain')),
      kind TEXT NOT NULL CHECK (kind IN ('deposit', 'withdraw', 'transfer', 'create-sub-account')),
      vault_id TEXT NOT NULL,
      to_vault_id TEXT,
      state TEXT NOT NULL CHECK (state IN ('requested', 'validated', 'planned', 'simulated',
        'approved', 'signed', 'submitted', 'unresolved', 'confirmed', 'synced',
        'verified', 'denied', 'rejected', 'expired', 'discrepant')),
      rank INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE state
          WHEN 'requested' THEN 0 WHEN 'validated' THEN 1 WHEN 'planned' THEN 2
          WHEN 'simulated' THEN 3 WHEN 'approved' THEN 4 WHEN 'signed' THEN 5
          WHEN 'submitted' THEN 6 WHEN 'unresolved' THEN 7 WHEN 'confirmed' THEN 8
          WHEN 'synced' THEN 9 ELSE 10
        END) VIRTUAL,
      value INTEGER CHECK (value >= 0),
      message TEXT,
      last_valid_block_height INTEGER,
      signature TEXT,
      wire TEXT,
      created_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER,
      operation TEXT NOT NULL,
      CONSTRAINT transfer_has_a_target CHECK ((kind = 'transfer') = (to_vault_id IS NOT NULL)),
      CONSTRAINT final_state_has_an_end CHECK ((rank = 10) = (ended_at_ms IS NOT NULL)),
      CONSTRAINT message_has_its_block_height CHECK (
        (message IS NULL) = (last_valid_block_height IS NULL)),
      CONSTRAINT signature_has_its_bytes CHECK (
        (signature IS NULL) = (wire IS NULL) AND (signature IS NULL OR message IS NOT NULL)),
      CONSTRAINT approved_has_its_message CHECK (rank NOT BETWEEN 4 AND 9 OR message IS NOT NULL),
      CONSTRAINT signed_has_its_signature CHECK (
        (rank NOT BETWEEN 5 AND 9 AND state NOT IN ('verified', 'discrepant'))
        OR signature IS NOT NULL)
    ) STRICT;
    CREATE UNIQUE INDEX operations_signature ON operations (signature) WHERE signature IS NOT NULL;
    CREATE INDEX operations_open ON operations (no) WHERE ended_at_ms IS NULL;
    CREATE INDEX operations_of_vault ON operations (vault_id);
    CREATE INDEX operations_to_vault ON operations (to_vault_id) WHERE to_vault_id IS NOT NULL;

    CREATE TRIGGER operations_identity_never_changes BEFORE UPDATE ON operations
      WHEN NEW.no IS NOT OLD.no OR NEW.id IS NOT OLD.id OR NEW.network IS NOT OLD.network
        OR NEW.vault_type IS NOT OLD.vault_type OR NEW.kind IS NOT OLD.kind
        OR NEW.vault_id IS NOT OLD.vault_id OR NEW.to_vault_id IS NOT OLD.to_vault_id
        OR NEW.created_at_ms IS NOT OLD.created_at_ms
      BEGIN SELECT RAISE(ABORT, 'the intent of an operation never changes'); END;
    CREATE TRIGGER operations_end_once BEFORE UPDATE ON operations
      WHEN OLD.ended_at_ms IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'an operation that has ended never changes'); END;
    CREATE TRIGGER operations_never_go_back BEFORE UPDATE ON operations
      WHEN OLD.rank >= 4 AND NEW.rank < OLD.rank
      BEGIN SELECT RAISE(ABORT, 'an approved operation never goes back'); END;
    CREATE TRIGGER operations_sent_are_never_denied BEFORE UPDATE ON operations
      WHEN OLD.rank BETWEEN 6 AND 9 AND NEW.state = 'denied'
      BEGIN SELECT RAISE(ABORT, 'an operation that was sent is never denied'); END;
    CREATE TRIGGER operations_landed_stay_landed BEFORE UPDATE ON operations
      WHEN OLD.rank BETWEEN 8 AND 9 AND NEW.state IN ('rejected', 'expired')
      BEGIN SELECT RAISE(ABORT, 'an operation that landed neither failed nor expired'); END;
    CREATE TRIGGER operations_message_never_changes BEFORE UPDATE ON operations
      WHEN OLD.message IS NOT NULL AND (NEW.message IS NOT OLD.message
        OR NEW.last_valid_block_height IS NOT OLD.last_valid_block_height)
      BEGIN SELECT RAISE(ABORT, 'an operation has one message'); END;
    CREATE TRIGGER operations_signature_never_changes BEFORE UPDATE ON operations
      WHEN OLD.signature IS NOT NULL
        AND (NEW.signature IS NOT OLD.signature OR NEW.wire IS NOT OLD.wire)
      BEGIN SELECT RAISE(ABORT, 'an operation is signed once'); END;
    CREATE TRIGGER operations_are_kept BEFORE DELETE ON operations
      BEGIN SELECT RAISE(ABORT, 'an operation is never deleted'); END;

    CREATE TABLE operation_transitions (
      operation INTEGER NOT NULL REFERENCES operations (no),
      number INTEGER NOT NULL CHECK (number >= 1),
      state TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      cause TEXT NOT NULL,
      PRIMARY KEY (operation, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER transitions_are_numbered BEFORE INSERT ON operation_transitions
      WHEN NEW.number <> 1 + (
        SELECT count(*) FROM operation_transitions WHERE operation = NEW.operation)
      BEGIN SELECT RAISE(ABORT, 'a transition follows the one before it'); END;
    CREATE TRIGGER transitions_never_change BEFORE UPDATE ON operation_transitions
      BEGIN SELECT RAISE(ABORT, 'a transition never changes'); END;
    CREATE TRIGGER transitions_are_kept BEFORE DELETE ON operation_transitions
      BEGIN SELECT RAISE(ABORT, 'a transition is never deleted'); END;

    CREATE TABLE operation_locks (
      name TEXT PRIMARY KEY,
      operation INTEGER NOT NULL REFERENCES operations (no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX operation_locks_of ON operation_locks (operation);
    CREATE TRIGGER locks_are_of_open_operations BEFORE INSERT ON operation_locks
      WHEN (SELECT ended_at_ms FROM operations WHERE no = NEW.operation) IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'an operation that has ended takes no lock'); END;
    CREATE TRIGGER locks_never_change BEFORE UPDATE ON operation_locks
      BEGIN SELECT RAISE(ABORT, 'a lock never changes hands'); END;
    CREATE TRIGGER locks_are_kept BEFORE DELETE ON operation_locks
      WHEN (SELECT ended_at_ms FROM operations WHERE no = OLD.operation) IS NULL
      BEGIN SELECT RAISE(ABORT, 'an open operation keeps its locks'); END;
    CREATE TRIGGER locks_end_with_the_operation AFTER UPDATE ON operations
      WHEN NEW.ended_at_ms IS NOT NULL
      BEGIN DELETE FROM operation_locks WHERE operation = NEW.no; END;

    ALTER TABLE paper_entries ADD COLUMN operation TEXT;
    CREATE UNIQUE INDEX paper_entries_operation
      ON paper_entries (vault, operation) WHERE operation IS NOT NULL;
  `,
};
