import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS, totalsTestId } from '#renderer/ui/test-ids.ts';
import { alertsOf } from '#test/support/renderer-preview/alert-stories.ts';
import { operationStories } from '#test/support/renderer-preview/capital-stories.ts';
import { createFakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { storyDesk, TIMEOUT, type StoryName } from '#test/support/renderer-preview/stories.ts';
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

async function openOverview(story: StoryName, full = false) {
  useNavigationStore.setState({ route: { kind: 'overview' } });
  const fake = createFakeKeel(
    storyDesk(story, NOW),
    NOW,
    full ? operationStories(NOW) : [],
    full ? alertsOf('some', NOW) : [],
  );
  await showDesk(fake);
  await wait(1_000);
  return fake;
}

const lines = () => screen.getAllByTestId(TEST_IDS.overviewVault);

describe('the overview', () => {
  it('tells of every vault in one line, what needs the trader first', async () => {
    await openOverview('grave');
    expect(lines().map(({ dataset }) => dataset['attention'])).toEqual([
      ...['bad', 'bad', 'good', 'good'],
    ]);
    const [first] = lines();
    expect(first?.textContent).toContain('SOL carry');
    expect(first?.textContent).toContain('Do not trade.');
    expect(first?.dataset['standing']).toBe('discrepant');
    fireEvent.click(first as Element);
    await wait(50);
    expect(screen.getByTestId(TEST_IDS.vaultPage)).toBeTruthy();
  });

  it('shows an unread vault as unknown, never as zero', async () => {
    await openOverview('grave');
    const unread = lines().find(({ textContent }) => textContent?.includes('Wrong number'));
    expect(unread?.textContent).not.toContain('0.00');
    expect(unread?.dataset['observedAt']).toBe('never');
  });

  it('keeps the moneys apart, with funding and its standing', async () => {
    await openOverview('first');
    const practice = screen.getByTestId(totalsTestId('practice'));
    expect(practice.textContent).toContain('20,547.13');
    expect(practice.dataset['observedAt']).not.toBe('never');
    const funding = within(practice).getByTestId(TEST_IDS.fundingReceived);
    expect(funding.textContent).toContain('24 h');
    // Σ of what two vaults have received over their lives: 2 × (41.220904 − 0.214551).
    expect(funding.textContent).toContain('+82.01');
  });

  it('acknowledges from here, and shows what is under way and what happened', async () => {
    const fake = await openOverview('first', true);
    const alerts = within(screen.getByTestId(TEST_IDS.overviewAlerts));
    fireEvent.click(alerts.getAllByTestId(TEST_IDS.alertAcknowledge)[0] as Element);
    await wait(50);
    expect(fake.asked.some(({ name }) => name === 'alert.acknowledge')).toBe(true);
    expect(screen.getByTestId(TEST_IDS.overviewOperations).textContent).toContain(
      'The signer is locked',
    );
    const activity = screen.getByTestId(TEST_IDS.overviewActivity);
    expect(within(activity).getAllByRole('listitem')).toHaveLength(5);
  });

  it('draws only lines in view of many, and sums up the rest', async () => {
    await openOverview('full');
    expect(lines().length).toBeLessThan(40);
    expect(screen.getByTestId(TEST_IDS.overview).textContent).toMatch(
      /The other \d+ are right, fresh and safe/,
    );
  });

  it('begins with three ways where there is no vault', async () => {
    await openOverview('empty');
    const empty = screen.getByTestId(TEST_IDS.overviewEmpty);
    expect(within(empty).getAllByRole('listitem')).toHaveLength(3);
    expect(screen.queryByTestId(TEST_IDS.overviewVault)).toBeNull();
  });

  it('says that a list could not be read, instead of “nothing”', async () => {
    useNavigationStore.setState({ route: { kind: 'overview' } });
    const fake = createFakeKeel(storyDesk('first', NOW), NOW);
    fake.refuse('activity.load', TIMEOUT);
    fake.refuse('chart.loadTotals', TIMEOUT);
    await showDesk(fake);
    await wait(600);
    expect(screen.getByTestId(TEST_IDS.overviewActivity).textContent).toContain(TIMEOUT.message);
    expect(screen.getByTestId(TEST_IDS.overviewActivity).textContent).not.toContain(
      'Nothing has happened',
    );
  });

  it('is accessible, empty and full', async () => {
    await openOverview('first', true);
    await expectAccessible();
  });
});

describe('the chart of a vault', () => {
  async function openVaultPage() {
    const fake = await openDeskWith(storyDesk('first', NOW));
    const [first] = storyDesk('first', NOW).views;
    if (first === undefined) throw new Error('no vault');
    useNavigationStore.setState({ route: { kind: 'vault', id: first.vault.id } });
    await wait(400);
    return fake;
  }

  it('asks for the range that is chosen, and shows the same figures as a table', async () => {
    const fake = await openVaultPage();
    const asked = () =>
      fake.asked.filter(({ name }) => name === 'chart.loadVault').at(-1)?.request as {
        fromMs: number;
        toMs: number;
      };
    expect(asked().toMs - asked().fromMs).toBe(86_400_000);
    const chart = within(screen.getByTestId(TEST_IDS.chart));
    fireEvent.click(chart.getByRole('radio', { name: '1 y' }));
    await wait(400);
    expect(asked().toMs - asked().fromMs).toBe(365 * 86_400_000);
    // Without a canvas the table stands in for the picture.
    const table = chart.getByTestId(TEST_IDS.chartTable);
    expect(within(table).getAllByRole('row').length).toBeGreaterThan(5);
    expect(table.textContent).toContain('Equity');
    fireEvent.click(chart.getByTestId(TEST_IDS.chartAsTable));
    await wait(20);
    const plots = chart.getByTestId(TEST_IDS.chartPlots);
    fireEvent.keyDown(plots, { key: 'End' });
    fireEvent.keyDown(plots, { key: 'ArrowLeft' });
    expect(chart.getByTestId(TEST_IDS.chartReading).textContent).toMatch(
      /^\d{4}-\d\d-\d\d .*Equity [\d,.]+ USDC.*Health [\d.]+ of 100/,
    );
    const before = asked();
    fireEvent.keyDown(plots, { key: '+' });
    await wait(400);
    expect(asked().toMs - asked().fromMs).toBeLessThan((before.toMs - before.fromMs) * 0.6);
  });

  it('says why it failed, and tries again', async () => {
    const fake = createFakeKeel(storyDesk('first', NOW), NOW);
    const [first] = storyDesk('first', NOW).views.slice(1);
    if (first === undefined) throw new Error('no vault');
    useNavigationStore.setState({ route: { kind: 'vault', id: first.vault.id } });
    fake.refuse('chart.loadVault', TIMEOUT);
    await showDesk(fake);
    await wait(400);
    expect(screen.getByTestId(TEST_IDS.chartFailed).textContent).toContain(TIMEOUT.message);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await wait(400);
    expect(screen.queryByTestId(TEST_IDS.chartFailed)).toBeNull();
  });

  it('keeps notes: added, changed, removed and put back', async () => {
    const fake = await openVaultPage();
    const type = (text: string) =>
      fireEvent.change(screen.getAllByTestId(TEST_IDS.noteText).at(-1) as Element, {
        target: { value: text },
      });
    const rows = () => screen.queryAllByTestId(TEST_IDS.noteRow).map((row) => row.textContent);
    type('Short until the funding turns');
    await click(TEST_IDS.noteSave);
    expect(rows()).toEqual([expect.stringContaining('Short until the funding turns')]);
    await click(TEST_IDS.noteRemove);
    expect(rows()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await wait(60);
    expect(rows()).toHaveLength(1);
    type('x'.repeat(4_001));
    await wait(20);
    expect(screen.getByTestId(TEST_IDS.notes).textContent).toContain('1 too many');
    const asked = fake.asked.length;
    await click(TEST_IDS.noteSave);
    expect(fake.asked.slice(asked).some(({ name }) => name === 'note.add')).toBe(false);
  });
});
