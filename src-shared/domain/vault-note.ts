import type { Brand } from './brand.ts';
import type { VaultId } from './ids.ts';
import type { UnixMs } from './units.ts';

export type NoteId = Brand<string, 'NoteId'>;
export const noteId = (value: string): NoteId => value as NoteId;

export const LONGEST_NOTE = 4_000;

/** What the trader wrote down about a vault. */
export interface VaultNote {
  readonly id: NoteId;
  readonly vaultId: VaultId;
  /** Plain text, 1 … 4,000 characters. */
  readonly text: string;
  readonly writtenAtMs: UnixMs;
  /** Null: as it was written. */
  readonly editedAtMs: UnixMs | null;
}
