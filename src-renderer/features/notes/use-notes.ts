import { useCallback, useEffect, useState } from 'react';
import type { VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { VaultNote } from '#domain/vault-note.ts';
import { command, request } from '#renderer/stores/commands.ts';
import { offerUndo } from '#renderer/stores/undo-store.ts';

export interface Notes {
  /** Newest first; null: not loaded yet. */
  readonly notes: readonly VaultNote[] | null;
  readonly error: KeelError | null;
  readonly reload: () => void;
  readonly add: (text: string) => Promise<KeelError | null>;
  readonly edit: (note: VaultNote, text: string) => Promise<KeelError | null>;
  /** At once, with a way back. */
  readonly remove: (note: VaultNote) => Promise<void>;
}

/** What the trader wrote down about one vault. */
export function useNotes(vaultId: VaultId): Notes {
  const [notes, setNotes] = useState<readonly VaultNote[] | null>(null);
  const [error, setError] = useState<KeelError | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    void request('note.load', { vaultId }).then((answer) => {
      if (!current) return;
      setError(answer.ok ? null : answer.error);
      if (answer.ok) setNotes(newestFirst(answer.value.notes));
    });
    return () => {
      current = false;
    };
  }, [vaultId, attempt]);

  const put = useCallback(
    (note: VaultNote) =>
      setNotes((before) =>
        newestFirst([note, ...(before ?? []).filter(({ id }) => id !== note.id)]),
      ),
    [],
  );
  const add = async (text: string): Promise<KeelError | null> => {
    const answer = await request('note.add', { vaultId, text });
    if (answer.ok) put(answer.value.note);
    return answer.ok ? null : answer.error;
  };
  const edit = async (note: VaultNote, text: string): Promise<KeelError | null> => {
    const answer = await request('note.edit', { noteId: note.id, text });
    if (!answer.ok) return answer.error;
    put(answer.value.note);
    offerUndo('Note changed', async () => {
      const undone = await request('note.edit', { noteId: note.id, text: note.text });
      if (undone.ok) put(undone.value.note);
      return undone.ok;
    });
    return null;
  };
  const remove = async (note: VaultNote): Promise<void> => {
    const answer = await command('The note could not be removed', 'note.remove', {
      noteId: note.id,
    });
    if (answer === null) return;
    const removed = answer.note;
    setNotes((before) => (before ?? []).filter(({ id }) => id !== removed.id));
    offerUndo('Note removed', async () => {
      const undone = await request('note.restore', { note: removed });
      if (undone.ok) put(removed);
      return undone.ok;
    });
  };
  const reload = () => setAttempt((before) => before + 1);
  return { notes, error, reload, add, edit, remove };
}

/** Equal times by id, so that the order never flickers. */
export const newestFirst = (notes: readonly VaultNote[]): readonly VaultNote[] =>
  notes.toSorted(
    (left, right) => right.writtenAtMs - left.writtenAtMs || right.id.localeCompare(left.id),
  );
