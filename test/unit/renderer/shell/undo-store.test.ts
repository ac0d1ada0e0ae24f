import { beforeEach, describe, expect, it } from 'vitest';
import { useToastStore } from '#renderer/stores/toast-store.ts';
import { newestUndo, offerUndo, undoNewest, useUndoStore } from '#renderer/stores/undo-store.ts';

beforeEach(() => {
  useUndoStore.setState({ entries: [] });
  useToastStore.setState({ toasts: [] });
});

const titles = () => useToastStore.getState().toasts.map(({ title }) => title);
const offer = (label: string, undone: string[], sensible?: () => boolean) =>
  offerUndo(
    label,
    () => {
      undone.push(label);
      return Promise.resolve(true);
    },
    sensible,
  );

describe('undo', () => {
  it('takes back the newest first, each once', async () => {
    const undone: string[] = [];
    offer('first', undone);
    offer('second', undone);
    expect([await undoNewest(), await undoNewest(), await undoNewest()]).toEqual([
      true,
      true,
      false,
    ]);
    expect(undone).toEqual(['second', 'first']);
  });

  it('is offered by a toast, which goes once it was used', async () => {
    const undone: string[] = [];
    offer('renamed', undone);
    const [toast] = useToastStore.getState().toasts;
    expect(toast?.act?.label).toBe('Undo');
    toast?.act?.act();
    await Promise.resolve();
    await Promise.resolve();
    expect(undone).toEqual(['renamed']);
    expect(titles()).toEqual(['Undone']);
    expect(newestUndo()).toBeNull();
  });

  it('passes over what makes no sense any more', async () => {
    const undone: string[] = [];
    offer('stands', undone);
    offer('gone', undone, () => false);
    expect(newestUndo()?.label).toBe('stands');
    await undoNewest();
    expect(undone).toEqual(['stands']);
  });

  it('says so from its toast, where it makes no sense any more', () => {
    const undone: string[] = [];
    offer('gone', undone, () => false);
    useToastStore.getState().toasts[0]?.act?.act();
    expect(undone).toEqual([]);
    expect(titles()).toEqual(['Nothing to undo']);
  });

  it('says that it failed, whether it was refused or broke', async () => {
    offerUndo('refused', () => Promise.resolve(false));
    offerUndo('broken', () => Promise.reject(new Error('broken')));
    await undoNewest();
    await undoNewest();
    expect(titles()).toEqual(['It could not be undone', 'It could not be undone']);
  });

  it('keeps the last twenty', () => {
    for (let index = 0; index < 25; index += 1) offer(`act ${index}`, []);
    expect(useUndoStore.getState().entries).toHaveLength(20);
    expect(useUndoStore.getState().entries[0]?.label).toBe('act 5');
  });
});
