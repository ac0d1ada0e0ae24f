/**
 * One step forward. A migration is frozen once released: it is SQL in words of its own time and imports
 * nothing of the living code.
 */
export interface Migration {
  /** 1, 2, 3 …; the database's `user_version` after it. */
  readonly version: number;
  readonly sql: string;
}
