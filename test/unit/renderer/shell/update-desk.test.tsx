import { act } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { zoomBy } from '#renderer/features/commands/zoom.ts';
import { updateDesk, wantedDesk } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import { beginEachOnAnEmptyDesk, NOW, openDeskWith, wait } from '../open-desk.tsx';

beginEachOnAnEmptyDesk();

const shown = () => useDeskStore.getState().settings.desk;

describe('how the desk looks', () => {
  it('takes two steps of zoom, also where old settings arrive between them', async () => {
    await openDeskWith(storyDesk('first', NOW));
    const { settings } = useDeskStore.getState();
    act(() => void zoomBy(1));
    act(() => useDeskStore.setState({ settings }));
    act(() => void zoomBy(1));
    await wait(100);
    expect(wantedDesk().zoomPercent).toBe(125);
    expect(shown().zoomPercent).toBe(125);
  });

  it('is shown at once, and put back where it could not be saved', async () => {
    const fake = await openDeskWith(storyDesk('first', NOW));
    fake.refuse(
      'settings.update',
      keelError('SETTINGS_INVALID', 'retry', 'Disk full.', 'Free some.'),
    );
    act(() => void updateDesk({ density: 'compact' }));
    expect(shown().density).toBe('compact');
    await wait(100);
    expect(shown().density).toBe('comfortable');
  });
});
