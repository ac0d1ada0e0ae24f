import { fireEvent, screen } from '@testing-library/react';
import { Circle } from 'lucide-react';
import { describe, expect, it } from 'vitest';
import type { Command } from '#renderer/features/commands/command.ts';
import { rank, scoreOf } from '#renderer/features/palette/rank.ts';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { operationStories } from '#test/support/renderer-preview/capital-stories.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import {
  beginEachOnAnEmptyDesk,
  expectAccessible,
  NOW,
  openDeskWith,
  wait,
} from '../open-desk.tsx';

beginEachOnAnEmptyDesk();

const named = (title: string, keywords = ''): Command => ({
  id: title,
  title,
  group: 'Desk',
  icon: Circle,
  keywords,
  run: () => undefined,
});

describe('ranking', () => {
  const commands = [
    named('Deposit into Funding main…'),
    named('Halt all', 'stop everything'),
    named('Sync all vaults', 'refresh'),
    named('Funding main'),
  ];
  const titles = (query: string, recent: readonly string[] = []) =>
    rank(commands, query, recent).map(({ title }) => title);

  it('puts a title that begins so before one that only holds it', () => {
    expect(titles('fund')).toEqual(['Funding main', 'Deposit into Funding main…']);
  });

  it('finds by other words, by several words, and by letters in their order', () => {
    expect(titles('stop')).toEqual(['Halt all']);
    expect(titles('dep main')).toEqual(['Deposit into Funding main…']);
    expect(titles('hlt')).toEqual(['Halt all']);
  });

  it('finds nothing that is not there', () => {
    expect(titles('zebra')).toEqual([]);
    expect(scoreOf(named('Halt all'), 'halt zebra')).toBe(0);
  });

  it('prefers what was used lately among equals', () => {
    expect(titles('all')[0]).toBe('Halt all');
    expect(titles('all', ['Sync all vaults'])[0]).toBe('Sync all vaults');
  });
});

describe('the palette', () => {
  const openPalette = async () => {
    await openDeskWith(storyDesk('first', NOW), operationStories(NOW));
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    await wait(200);
  };
  const lines = () =>
    screen.queryAllByTestId(TEST_IDS.paletteLine).map(({ dataset }) => dataset['command'] ?? '');
  const type = async (query: string) => {
    fireEvent.change(screen.getByTestId(TEST_IDS.paletteInput), { target: { value: query } });
    await wait(200);
  };
  const enter = async () => {
    fireEvent.keyDown(screen.getByTestId(TEST_IDS.paletteInput), { key: 'Enter' });
    await wait(60);
  };

  it('goes to a vault by its name', async () => {
    await openPalette();
    await type('sol car');
    await enter();
    expect(screen.queryByTestId(TEST_IDS.palette)).toBeNull();
    expect(useNavigationStore.getState().route).toEqual({ kind: 'vault', id: vaultIdOf(2) });
  });

  it('opens a form over the screen in front', async () => {
    await openPalette();
    await type('rename funding');
    await enter();
    expect(useNavigationStore.getState().dialog).toEqual({
      kind: 'rename',
      vaultId: vaultIdOf(1),
    });
  });

  it('lists operations, and finds them by their words', async () => {
    await openPalette();
    expect(lines().some((id) => id.startsWith('operation.'))).toBe(true);
  });

  it('says when nothing is called that', async () => {
    await openPalette();
    await type('qqqqqqqq');
    expect(lines().filter((id) => !id.startsWith('operation.'))).toEqual([]);
  });

  it('shows what was used lately first', async () => {
    await openPalette();
    await type('keyboard map');
    await enter();
    useNavigationStore.setState({ dialog: { kind: 'palette' } });
    await wait(200);
    expect(lines()[0]).toBe('help.keys');
  });

  it('is accessible', async () => {
    await openPalette();
    await expectAccessible();
  });
});
