import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import { useNavigationStore, type Route } from '#renderer/stores/navigation-store.ts';
import { operationStories } from '#test/support/renderer-preview/capital-stories.ts';
import { storyDesk, type StoryName } from '#test/support/renderer-preview/stories.ts';
import { beginEachOnAnEmptyDesk, NOW, openDeskWith, wait } from '#test/unit/renderer/open-desk.tsx';

const vault = (number: number): Route => ({
  kind: 'vault',
  id: `00000000-0000-4000-8000-00000000000${number}` as VaultId,
});

const SCREENS: readonly (readonly [name: string, route: Route])[] = [
  ['overview', { kind: 'overview' }],
  ['vaults', { kind: 'vaults' }],
  ['a vault', vault(1)],
  ['a levered vault', vault(2)],
  ['a paper vault', vault(3)],
  ['operations', { kind: 'operations' }],
  ['activity', { kind: 'activity' }],
  ['inbox', { kind: 'inbox' }],
  ['keys', { kind: 'keys' }],
  ['design', { kind: 'design' }],
];

/** Where figures of a vault stand, and so what has to be greyed while nobody vouches for them. */
const WITH_FIGURES = new Set(['overview', 'vaults', 'a vault', 'a levered vault', 'a paper vault']);

async function show(
  story: StoryName,
  route: Route,
  operations = operationStories(NOW),
): Promise<void> {
  await openDeskWith(storyDesk(story, NOW), operations);
  act(() => useNavigationStore.setState({ route }));
  await wait(400);
}

const figures = (): readonly HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('[data-figure]'),
];

const standingOf = (figure: HTMLElement): string | undefined =>
  figure.closest<HTMLElement>('[data-observed-at]')?.dataset['standing'];

const told = (figure: HTMLElement): string => figure.outerHTML.slice(0, 160);

describe('every figure', () => {
  beginEachOnAnEmptyDesk();

  describe.each(['first', 'failing', 'stale', 'start'] as const)('of the story “%s”', (story) => {
    it.each(SCREENS)('has an age that can be found: %s', async (name, route) => {
      await show(story, route);
      if (WITH_FIGURES.has(name) && story !== 'start') expect(figures().length).toBeGreaterThan(0);
      const ageless = figures().filter((figure) => figure.closest('[data-observed-at]') === null);
      expect(ageless.map(told)).toEqual([]);
      const inexact = figures().filter(({ dataset }) => (dataset['exact'] ?? '') === '');
      expect(inexact.map(told)).toEqual([]);
    });
  });

  it.each([
    ['failing', 'failing'],
    ['stale', 'stale'],
  ] as const)('of a %s vault says so on its page', async (story, standing) => {
    // What an operation moved is a fact of its own time, and stays one.
    await show(story, vault(1), []);
    const page = screen.getByRole('main');
    const standings = new Set(
      figures()
        .filter((figure) => page.contains(figure))
        .map(standingOf)
        .filter((found) => found !== undefined),
    );
    const fresh = figures().filter(
      (figure) => page.contains(figure) && standingOf(figure) === 'fresh',
    );
    expect(fresh.map(told)).toEqual([]);
    expect(standings.has(standing)).toBe(true);
  });

  it('of one vault that ages leaves the figures of the others as they are', async () => {
    await show('stale', { kind: 'vaults' });
    const standings = new Set(figures().map(standingOf));
    expect(standings).toContain('stale');
    expect(standings).toContain('fresh');
  });
});

describe('the tooltip of figures', () => {
  beginEachOnAnEmptyDesk();

  it('holds the exact value, the moment, the age and the slot, by pointer and by focus', async () => {
    await show('first', { kind: 'design' });
    const [figure] = figures().filter(({ dataset }) => dataset['figure'] === 'quote');
    if (figure === undefined) throw new Error('no figure on the design page');
    fireEvent.pointerOver(figure);
    await wait(300);
    const text = () => screen.queryByTestId('figure-tip')?.textContent ?? null;
    expect(text()).toMatch(/^1,204,512\.345678as of \d\d:\d\d:\d\d, \d s ago, slot 312,004,118$/);
    const before = text();
    await wait(2_000);
    expect(text()).not.toBe(before);
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(text()).toBeNull();
    expect(figure.isConnected).toBe(true);

    const button = figure.closest('button');
    if (button === null) throw new Error('the figure is not one that copies');
    act(() => button.focus());
    await wait(10);
    expect(text()).toContain('1,204,512.345678');
    act(() => button.blur());
    expect(text()).toBeNull();
  });

  it('says what is wrong with an old figure', async () => {
    await show('first', { kind: 'design' });
    const group = screen.getByRole('group', { name: 'Made-up figures, failing' });
    const [figure] = figures().filter((found) => group.contains(found));
    fireEvent.pointerOver(figure ?? group);
    await wait(300);
    expect(screen.getByTestId('figure-tip').textContent).toContain(': the last read failed');
    expect(group.getAttribute('aria-describedby')).not.toBeNull();
    const note = document.getElementById(group.getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toMatch(/^As of .*, slot 312,004,118, the last read failed$/);
  });
});
