import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import {
  beginEachOnAnEmptyDesk,
  expectAccessible,
  NOW,
  openDeskWith,
  wait,
} from '#test/unit/renderer/open-desk.tsx';

async function showDesign(): Promise<void> {
  await openDeskWith(storyDesk('first', NOW));
  act(() => useNavigationStore.setState({ route: { kind: 'design' } }));
  await wait(400);
}

const press = async (element: HTMLElement) => {
  fireEvent.pointerDown(element, { button: 0, pointerType: 'mouse' });
  fireEvent.click(element);
  await wait(60);
};

describe('the page of all parts', () => {
  beginEachOnAnEmptyDesk();

  it('finds nothing to mend on itself', async () => {
    await showDesign();
    await expectAccessible();
  });

  it('opens its menu, whose entries say why they cannot be had', async () => {
    await showDesign();
    await press(screen.getByRole('button', { name: 'Sample menu' }));
    const closed = screen.getByRole('menuitem', { name: /Withdraw/ });
    expect(closed.getAttribute('aria-disabled')).toBe('true');
    expect(closed.textContent).toContain('Everything is halted.');
    const check = screen.getByRole('menuitemcheckbox', { name: 'Show its slot' });
    expect(check.getAttribute('aria-checked')).toBe('true');
    fireEvent.click(check);
    await wait(60);
    const after = screen.getByRole('menuitemcheckbox', { name: 'Show its slot' });
    expect(after.getAttribute('aria-checked')).toBe('false');
  });

  it('opens the same menu on the right button', async () => {
    await showDesign();
    fireEvent.contextMenu(screen.getByText('right button'));
    await wait(60);
    expect(screen.getByRole('menuitem', { name: /Archive/ })).toBeTruthy();
  });

  it('copies a figure with every digit, and says so', async () => {
    const written: string[] = [];
    const clipboard = { writeText: async (text: string) => void written.push(text) };
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard }));
    await showDesign();
    const [button] = screen.getAllByRole('button', { name: /^Copy ?1,204,512.35$/ });
    if (button === undefined) throw new Error('no figure copies');
    await press(button);
    expect(written).toEqual(['1204512.345678']);
    const told = button.nextElementSibling;
    expect(told?.getAttribute('role')).toBe('status');
    expect(told?.textContent).toBe('Copied');
    await wait(1_700);
    expect(told?.textContent).toBe('');
  });

  it('breaks by itself when asked to, and takes nothing with it', async () => {
    vi.spyOn(console, 'error').mockReturnValue(undefined);
    await showDesign();
    await press(screen.getByTestId(TEST_IDS.designFault));
    expect(screen.queryByTestId(TEST_IDS.design)).toBeNull();
    expect(screen.getByTestId(TEST_IDS.regionFailed).textContent).toContain('This screen failed');
    expect(screen.getByTestId(TEST_IDS.footer)).toBeTruthy();
  });
});
