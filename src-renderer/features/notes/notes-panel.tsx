import './notes.css';
import { Pencil, Trash2 } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import { LONGEST_NOTE, type VaultNote } from '#domain/vault-note.ts';
import { Age } from '#renderer/ui/age.tsx';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { Notes } from './use-notes.ts';

export interface NotesPanelProps {
  readonly book: Notes;
}

/** The trader's own words about a vault: never of any weight for money, and never sent anywhere. */
export function NotesPanel({ book }: NotesPanelProps) {
  const { notes, error, reload, add } = book;
  return (
    <Panel title="Notes" testId={TEST_IDS.notes} className="notes">
      <NoteForm label="New note" save="Add note" initial="" onSave={add} />
      {error !== null && (
        <p className="panel-empty" role="alert">
          The notes could not be loaded: {error.message}{' '}
          <button type="button" className="link" onClick={reload}>
            Try again
          </button>
        </p>
      )}
      {notes === null && error === null && <p className="panel-empty">Loading…</p>}
      {notes?.length === 0 && (
        <p className="panel-empty">No note yet. Each one is marked on the chart at its moment.</p>
      )}
      {notes !== null && notes.length > 0 && (
        <ul className="note-list">
          {notes.map((note) => (
            <NoteRow key={note.id} note={note} book={book} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface NoteRowProps {
  readonly note: VaultNote;
  readonly book: Notes;
}

function NoteRow({ note, book }: NoteRowProps) {
  const [editing, setEditing] = useState(false);
  // The button that began the change has the focus again after it.
  const [wasEdited, setWasEdited] = useState(false);
  const end = () => {
    setWasEdited(true);
    setEditing(false);
  };
  if (editing) {
    const save = async (text: string) => {
      const error = await book.edit(note, text);
      if (error === null) end();
      return error;
    };
    return (
      <li className="note" data-testid={TEST_IDS.noteRow}>
        <NoteForm label="Note" save="Save" initial={note.text} onSave={save} onCancel={end} />
      </li>
    );
  }
  return (
    <li className="note" data-testid={TEST_IDS.noteRow}>
      <div className="note-text selectable">{note.text}</div>
      <p className="note-facts faint">
        <Age atMs={note.writtenAtMs} suffix=" ago" />
        {note.editedAtMs !== null && (
          <>
            , changed <Age atMs={note.editedAtMs} suffix=" ago" />
          </>
        )}
        <span className="note-acts">
          <IconButton
            label="Change this note"
            autoFocus={wasEdited}
            data-testid={TEST_IDS.noteEdit}
            onClick={() => setEditing(true)}
          >
            <Pencil size={13} aria-hidden />
          </IconButton>
          <IconButton
            label="Remove this note"
            data-testid={TEST_IDS.noteRemove}
            onClick={() => void book.remove(note)}
          >
            <Trash2 size={13} aria-hidden />
          </IconButton>
        </span>
      </p>
    </li>
  );
}

interface NoteFormProps {
  readonly label: string;
  readonly save: string;
  readonly initial: string;
  readonly onSave: (text: string) => Promise<KeelError | null>;
  readonly onCancel?: () => void;
}

/** Where counting begins to matter. */
const NEARLY_FULL = LONGEST_NOTE - 500;

function NoteForm({ label, save, initial, onSave, onCancel }: NoteFormProps) {
  const [text, setText] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<KeelError | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const isChange = onCancel !== undefined;
  useEffect(() => {
    const { current } = field;
    if (isChange) current?.setSelectionRange(current.value.length, current.value.length);
    if (isChange) current?.focus();
  }, [isChange]);
  const { length } = text.trim();
  const why = length > LONGEST_NOTE ? `${formatInteger(length - LONGEST_NOTE)} too many` : null;
  const submit = async () => {
    if (length === 0 || why !== null || busy) return;
    setBusy(true);
    const failed = await onSave(text.trim());
    setBusy(false);
    setError(failed);
    if (failed === null && onCancel === undefined) setText('');
    field.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
    else if (event.key === 'Escape' && onCancel !== undefined) {
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        ref={field}
        aria-label={label}
        aria-describedby={hintId}
        aria-invalid={why !== null || error !== null}
        placeholder="Why you hold it, what you wait for…"
        rows={onCancel === undefined && text === '' ? 2 : 4}
        value={text}
        data-testid={TEST_IDS.noteText}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      <div className="note-bar">
        <span id={hintId} className={why !== null || error !== null ? 'note-wrong' : 'faint'}>
          {error !== null
            ? `${error.message} ${error.advice}`
            : why !== null || length > NEARLY_FULL
              ? `${formatInteger(length)} of ${formatInteger(LONGEST_NOTE)} characters${why === null ? '' : `: ${why}`}`
              : 'Ctrl+Enter saves'}
        </span>
        {onCancel !== undefined && <Button onClick={onCancel}>Cancel</Button>}
        <Button
          type="submit"
          busy={busy}
          aria-disabled={length === 0 || why !== null}
          data-testid={TEST_IDS.noteSave}
        >
          {save}
        </Button>
      </div>
    </form>
  );
}
