import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_DESK_SETTINGS, type TourState } from '#domain/desk-settings.ts';
import { keelError } from '#domain/keel-error.ts';
import { networkId } from '#domain/ids.ts';
import type { Desk } from '#ipc/contract.ts';
import { INITIAL_TOUR, useTourStore } from '#renderer/features/tour/tour-store.ts';
import { openVault, useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { storyDesk, deskOf, verified } from '#test/support/renderer-preview/stories.ts';
import { createFakeKeel, type FakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { onChainVault, paperVault, vaultIdOf } from '#test/support/vaults.ts';
import {
  beginEachOnAnEmptyDesk,
  click,
  expectAccessible,
  NOW,
  openDeskWith,
  showDesk,
  wait,
} from '../open-desk.tsx';

beginEachOnAnEmptyDesk();
beforeEach(() => {
  useTourStore.setState(INITIAL_TOUR);
  useNavigationStore.setState({ route: { kind: 'overview' } });
});

const withTour = (desk: Desk, tour: TourState): Desk => ({
  ...desk,
  settings: { ...desk.settings, desk: { ...DEFAULT_DESK_SETTINGS, tour } },
});

/** As an empty desk begins: one vault of play money, and one on paper. */
const first = (tour: TourState = 'new'): Desk =>
  withTour(
    deskOf([
      verified(onChainVault(1, { name: 'Funding', active: true }), { cash: 50_000_000n }, NOW),
      verified(paperVault(2), { cash: 50_000_000n, paper: true }, NOW),
    ]),
    tour,
  );

const BROKEN = { refuseConnections: true, closeSockets: true };

const card = () => screen.queryByTestId(TEST_IDS.tour);
const act = (id: string) => card()?.querySelector(`[data-act="${id}"]`) as HTMLElement;
const press = async (id: string) => {
  fireEvent.click(act(id));
  await wait(60);
};
const faultsSet = ({ asked }: FakeKeel) =>
  asked.filter(({ name }) => name === 'practice.setFaults').map(({ request }) => request);
const toursSaved = ({ asked }: FakeKeel) =>
  asked
    .filter(({ name }) => name === 'settings.update')
    .map(({ request }) => (request as { desk: { tour: TourState } }).desk.tour);

async function toBreak(): Promise<void> {
  await click(TEST_IDS.tourBegin);
  await click(TEST_IDS.tourSkip);
  await click(TEST_IDS.tourSkip);
  expect(card()?.dataset['step']).toBe('break');
}

describe('the offer', () => {
  it('is a calm card on the desk as it first stands, in nobody’s way', async () => {
    await openDeskWith(first());
    expect(screen.getByTestId(TEST_IDS.tourOffer).textContent).toContain('play money');
    expect(screen.queryByRole('dialog')).toBeNull();
    await expectAccessible();
  });

  it('is not made to one who has more than the first vaults, or real money', async () => {
    await openDeskWith(withTour(storyDesk('first', NOW), 'new'));
    expect(screen.queryByTestId(TEST_IDS.tourOffer)).toBeNull();
  });

  it('is not made beside a vault of a live network', async () => {
    const live = onChainVault(1, { network: networkId('mainnet') });
    await openDeskWith(
      withTour(
        deskOf([verified(live, { cash: 1n }, NOW), verified(onChainVault(2), { cash: 1n }, NOW)]),
        'new',
      ),
    );
    expect(screen.queryByTestId(TEST_IDS.tourOffer)).toBeNull();
  });

  it('can be put off and put away', async () => {
    const fake = await openDeskWith(first());
    await click(TEST_IDS.tourLater);
    expect(screen.getByTestId(TEST_IDS.tourOffer).textContent).toContain('takes 3 minutes');
    await click(TEST_IDS.tourDecline);
    expect(screen.queryByTestId(TEST_IDS.tourOffer)).toBeNull();
    expect(toursSaved(fake)).toEqual(['later', 'done']);
  });

  it('is not made once the tour is done', async () => {
    await openDeskWith(first('done'));
    expect(screen.queryByTestId(TEST_IDS.tourOffer)).toBeNull();
  });
});

describe('the card', () => {
  it('offers to go on only when the desk bears the step out', async () => {
    await openDeskWith(first());
    await click(TEST_IDS.tourBegin);
    expect(document.activeElement).toBe(card());
    expect(screen.queryByTestId(TEST_IDS.tourNext)).toBeNull();
    openVault(vaultIdOf(1));
    await wait(60);
    expect(card()?.dataset['done']).toBe('true');
    await click(TEST_IDS.tourNext);
    expect(card()?.dataset['step']).toBe('deposit');
    expect(document.activeElement).toBe(card());
    await expectAccessible();
  });

  it('tells each step to a screen reader', async () => {
    await openDeskWith(first());
    await click(TEST_IDS.tourBegin);
    const told = card()?.querySelector('[role="status"]');
    expect(told?.textContent).toBe('Tour, step 1 of 7: See a vault. Open Funding.');
  });

  it('has the keyboard by F6, and gives it back', async () => {
    await openDeskWith(first());
    await click(TEST_IDS.tourBegin);
    fireEvent.keyDown(document.body, { key: 'F6', code: 'F6' });
    expect(card()?.contains(document.activeElement)).toBe(false);
    fireEvent.keyDown(document.body, { key: 'F6', code: 'F6' });
    expect(document.activeElement).toBe(card());
  });

  it('says why a network cannot be had', async () => {
    await openDeskWith(first());
    await click(TEST_IDS.tourBegin);
    for (const step of ['see', 'deposit', 'break']) {
      expect(card()?.dataset['step']).toBe(step);
      await click(TEST_IDS.tourSkip);
    }
    expect(card()?.dataset['step']).toBe('own');
    expect(card()?.textContent).toContain('Mainnet is locked: Live networks are locked');
  });
});

describe('what the tour breaks', () => {
  it('is told on the desk, and mended by leaving', async () => {
    const fake = await openDeskWith(first());
    await toBreak();
    expect(screen.queryByTestId(TEST_IDS.tourNotice)).toBeNull();
    await press('break');
    expect(screen.getByTestId(TEST_IDS.tourNotice)).toBeDefined();
    await click(TEST_IDS.tourLeave);
    expect(card()).toBeNull();
    expect(screen.queryByTestId(TEST_IDS.tourNotice)).toBeNull();
    expect(faultsSet(fake)).toEqual([
      { refuseConnections: true, closeSockets: true, node: 'both' },
      { node: 'both' },
    ]);
  });

  it('is mended when the steps that need it are passed over', async () => {
    const fake = await openDeskWith(first());
    await toBreak();
    await press('break');
    await click(TEST_IDS.tourSkip);
    expect(card()?.dataset['step']).toBe('own');
    expect(faultsSet(fake).at(-1)).toEqual({ node: 'both' });
  });

  it('is mended again and again until it is, and the desk says so meanwhile', async () => {
    const fake = await openDeskWith(first());
    await toBreak();
    await press('break');
    fake.refuse('practice.setFaults', keelError('ENGINE_UNAVAILABLE', 'retry', 'Down.', 'Wait.'));
    await click(TEST_IDS.tourLeave);
    expect(screen.getByTestId(TEST_IDS.tourNotice).textContent).toContain('still broken');
    await wait(2_100);
    expect(screen.queryByTestId(TEST_IDS.tourNotice)).toBeNull();
    expect(faultsSet(fake).at(-1)).toEqual({ node: 'both' });
  });

  it('leaves alone what others set', async () => {
    const fake = await openDeskWith(first());
    await fake.api.invoke('practice.setFaults', { latencyMs: 20, node: 'a' });
    await toBreak();
    await press('break');
    await click(TEST_IDS.tourLeave);
    expect(faultsSet(fake).slice(-2)).toEqual([{ latencyMs: 20, node: 'a' }, { node: 'b' }]);
  });

  it('is mended when the window goes out of sight, which is said', async () => {
    const fake = await openDeskWith(first());
    await toBreak();
    await press('break');
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    await wait(60);
    expect(faultsSet(fake).at(-1)).toEqual({ node: 'both' });
    expect(screen.getByTestId(TEST_IDS.toast).textContent).toContain('out of sight');
  });

  it('is mended by the next window, which says so', async () => {
    const fake = createFakeKeel(first('later'), NOW);
    await fake.api.invoke('practice.setFaults', { ...BROKEN, latencyMs: 20 });
    await showDesk(fake);
    await wait(60);
    expect(faultsSet(fake).at(-1)).toEqual({ latencyMs: 20, node: 'both' });
    expect(screen.getByTestId(TEST_IDS.toast).textContent).toContain('is mended');
  });

  it('is not mistaken for what somebody broke without a tour', async () => {
    const fake = createFakeKeel(first('done'), NOW);
    await fake.api.invoke('practice.setFaults', BROKEN);
    await showDesk(fake);
    await wait(60);
    expect(faultsSet(fake)).toEqual([BROKEN]);
  });
});
