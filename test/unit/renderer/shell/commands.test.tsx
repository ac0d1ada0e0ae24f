/** The registry: every key once, every screen by a key, and the handler that obeys it. */
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { capsOf } from '#renderer/features/commands/command-keys.ts';
import { commandsNow, STANDING_COMMANDS } from '#renderer/features/commands/registry.ts';
import { nextZoom } from '#renderer/features/commands/zoom.ts';
import { RAIL_SCREENS } from '#renderer/features/rail/screens.ts';
import { openVault, useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import { beginEachOnAnEmptyDesk, NOW, openDeskWith, wait } from '../open-desk.tsx';

beginEachOnAnEmptyDesk();

const open = () => openDeskWith(storyDesk('first', NOW));
const route = () => useNavigationStore.getState().route.kind;
const dialog = () => useNavigationStore.getState().dialog?.kind ?? null;
const press = (key: string, held: KeyboardEventInit = {}, on: Element = document.body) => {
  fireEvent.keyDown(on, { key, ...held });
  return wait(20);
};
const ctrl = { ctrlKey: true };

describe('the commands', () => {
  it('share no keys and no names', () => {
    const keys = STANDING_COMMANDS.flatMap((command) => command.keys ?? []).map((each) =>
      capsOf(each).join('+'),
    );
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    const ids = STANDING_COMMANDS.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('reach every screen of the rail', async () => {
    await open();
    for (const { kind, keys } of RAIL_SCREENS) {
      const key = capsOf(keys).at(-1) ?? '';
      await press(key.toLowerCase(), ctrl);
      expect(route()).toBe(kind);
    }
  });

  it('name each vault, and each of its acts once they are searched', async () => {
    await open();
    const titles = (everything: boolean) => commandsNow(everything).map(({ title }) => title);
    expect(titles(false)).toContain('Funding main');
    expect(titles(false)).not.toContain('Deposit into Funding main…');
    for (const wanted of ['Deposit into', 'Withdraw from', 'Transfer from', 'Rename', 'Archive']) {
      expect(titles(true)).toContain(`${wanted} Funding main…`);
    }
  });

  it('are left to a text field that has the focus, except those with Ctrl', async () => {
    await open();
    const field = document.createElement('input');
    document.body.append(field);
    await press('?', { shiftKey: true }, field);
    expect(dialog()).toBeNull();
    await press('k', ctrl, field);
    expect(dialog()).toBe('palette');
    field.remove();
  });

  it('wait for a dialog to close, except the stop', async () => {
    const fake = await open();
    await press('n', ctrl);
    expect(dialog()).toBe('create-vault');
    await press('2', ctrl);
    expect(route()).toBe('vaults');
    await press('3', ctrl);
    expect(route()).toBe('vaults');
    await press('H', { ctrlKey: true, shiftKey: true });
    expect(fake.asked.filter(({ name }) => name === 'trading.haltAll')).toHaveLength(1);
  });

  it('leave a vault for the vaults, and anything else for the overview', async () => {
    await open();
    openVault(vaultIdOf(1));
    await press('Escape');
    expect(route()).toBe('vaults');
    await press('4', ctrl);
    await press('Escape');
    expect(route()).toBe('overview');
  });

  it('go back and forward by keys and by the side buttons of a mouse', async () => {
    await open();
    await press('5', ctrl);
    await press('ArrowLeft', { altKey: true });
    expect(route()).toBe('vaults');
    fireEvent.mouseUp(document.body, { button: 4 });
    expect(route()).toBe('inbox');
    fireEvent.mouseUp(document.body, { button: 3 });
    expect(route()).toBe('vaults');
  });

  it('zoom in steps, and save it', async () => {
    const fake = await open();
    await press('=', ctrl);
    await press('+', { ctrlKey: true, shiftKey: true });
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.footerZoom).textContent).toBe('125 %');
    const saved = fake.asked.filter(({ name }) => name === 'settings.update').at(-1);
    expect(saved?.request).toMatchObject({ desk: { zoomPercent: 125 } });
    await press('0', ctrl);
    expect(screen.queryByTestId(TEST_IDS.footerZoom)).toBeNull();
    expect([nextZoom(50, -1), nextZoom(200, 1), nextZoom(103, 1)]).toEqual([50, 200, 110]);
  });

  it('stand in the keyboard map, every one that has keys', async () => {
    await open();
    await press('?', { shiftKey: true });
    const map = screen.getByTestId(TEST_IDS.keyboardMap).textContent;
    for (const { title } of STANDING_COMMANDS.filter(({ keys }) => keys !== undefined)) {
      expect(map).toContain(title);
    }
  });
});
