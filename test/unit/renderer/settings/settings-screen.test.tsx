// @vitest-environment jsdom
/** The screen of the settings: what was typed is not lost, what is found is jumped to, endpoints go in and do not come out. */
import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { discardAll } from '#renderer/features/settings/drafts.ts';
import { findSettings, SETTINGS } from '#renderer/features/settings/settings-index.ts';
import {
  openSettings,
  openVaults,
  type SettingsSection,
} from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { FakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import {
  beginEachOnAnEmptyDesk,
  click,
  expectAccessible,
  NOW,
  openDeskWith,
  wait,
} from '../open-desk.tsx';

beginEachOnAnEmptyDesk();
beforeEach(discardAll);

const SECTIONS: readonly SettingsSection[] = [
  'general',
  'appearance',
  'networks',
  'sync',
  'watching',
  'capital',
  'keys',
  'notifications',
  'data',
];

async function openAt(section: SettingsSection): Promise<FakeKeel> {
  const fake = await openDeskWith(storyDesk('first', NOW));
  await show(section);
  return fake;
}

async function show(section: SettingsSection): Promise<void> {
  openSettings(section);
  await wait(60);
}

const asked = ({ asked: all }: FakeKeel, name: string) =>
  all.filter((each) => each.name === name).map(({ request }) => request);
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('every section', () => {
  it.each(SECTIONS)('stands under its name and violates nothing: %s', async (section) => {
    await openAt(section);
    expect(screen.getByRole('tab', { selected: true }).textContent).toBeTruthy();
    await expectAccessible();
  });

  it('shows each setting that the search can find', async () => {
    await openAt('general');
    for (const { id, section } of SETTINGS) {
      await show(section);
      if (id !== 'data') expect(document.getElementById(`setting-${id}`), id).not.toBeNull();
    }
  });
});

describe('the search', () => {
  it('finds by what a setting is called, then by what it does', () => {
    expect(findSettings('daily cap').map(({ id }) => id)).toEqual(['capital.dailyCap']);
    expect(findSettings('dark').map(({ id }) => id)).toContain('theme');
    expect(findSettings('  ')).toEqual([]);
    expect(findSettings('no such thing')).toEqual([]);
  });

  it('jumps to the field', async () => {
    await openAt('general');
    const search = screen.getByTestId(TEST_IDS.settingsSearch);
    fireEvent.change(search, { target: { value: 'stale' } });
    await wait(60);
    fireEvent.click(within(screen.getByTestId(TEST_IDS.settingsFound)).getByText('Stale after'));
    await wait(60);
    expect(document.activeElement).toBe(screen.getByLabelText('Stale after'));
  });
});

describe('numbers', () => {
  it('wait for Save, and are there again after leaving', async () => {
    const fake = await openAt('sync');
    type('Retries', '5');
    expect(asked(fake, 'settings.update')).toEqual([]);
    openVaults();
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.toast).textContent).toContain('Not saved: Sync');
    await show('capital');
    expect(screen.getByRole('tab', { name: /Sync/ }).querySelector('[role=img]')).not.toBeNull();
    await show('sync');
    expect((screen.getByLabelText('Retries') as HTMLInputElement).value).toBe('5');
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'settings.update')).toMatchObject([{ sync: { maxRetries: 5 } }]);
    expect(screen.queryByTestId(TEST_IDS.dialogSubmit)).toBeNull();
  });

  it('go back as they were when discarded, and to the default when asked', async () => {
    await openAt('watching');
    type('Furthest behind', '7');
    await click(TEST_IDS.dialogCancel);
    expect((screen.getByLabelText('Furthest behind') as HTMLInputElement).value).toBe('50');
    type('Furthest behind', '7');
    fireEvent.click(screen.getByLabelText('Furthest behind: back to the default, 50 slots'));
    await wait(60);
    expect((screen.getByLabelText('Furthest behind') as HTMLInputElement).value).toBe('50');
    expect(screen.queryByTestId(TEST_IDS.dialogSubmit)).toBeNull();
  });

  it('say at the field what is wrong, once it is left', async () => {
    await openAt('sync');
    type('Heartbeat', '9');
    expect(screen.queryByText(/Must be below “Stale after”/)).toBeNull();
    fireEvent.blur(screen.getByLabelText('Heartbeat'));
    expect(screen.getByText(/Must be below “Stale after”/)).toBeTruthy();
  });

  it('keep what was typed where saving is refused', async () => {
    const fake = await openAt('capital');
    type('Daily cap per vault', '2,500');
    fake.refuse(
      'settings.update',
      keelError('SETTINGS_INVALID', 'operator', 'You kept it.', 'So.'),
    );
    await click(TEST_IDS.dialogSubmit);
    expect(screen.getByTestId(TEST_IDS.dialogError).textContent).toContain('You kept it.');
    expect((screen.getByLabelText('Daily cap per vault') as HTMLInputElement).value).toBe('2,500');
  });
});

describe('endpoints', () => {
  const live = () => within(screen.getAllByTestId(TEST_IDS.endpoints)[0] as HTMLElement);
  const names = () =>
    live()
      .getAllByTestId(TEST_IDS.endpointRow)
      .map(({ dataset }) => dataset['endpoint']);
  const press = async (testId: string, index: number) => {
    fireEvent.click(live().getAllByTestId(testId)[index] as HTMLElement);
    await wait(60);
  };

  it('say why their network is locked, and can be tried all the same', async () => {
    const fake = await openAt('networks');
    expect(screen.getByTestId(TEST_IDS.networkLocked).textContent).toContain('locked');
    await press(TEST_IDS.endpointTest, 2);
    expect(asked(fake, 'network.testEndpoint')).toMatchObject([{ endpoint: { id: 'c' } }]);
    const result = screen.getByTestId(TEST_IDS.endpointTestResult);
    expect(result.dataset['usable']).toBe('false');
    expect(result.textContent).toContain('2 of 3 calls at once were refused');
    await expectAccessible();
  });

  it('are moved by buttons and by keys, removed, put back, and saved as a list', async () => {
    const fake = await openAt('networks');
    await press(TEST_IDS.endpointDown, 0);
    expect(names()).toEqual(['Triton', 'Helius Frankfurt', 'Solana public']);
    const [, , last] = live().getAllByTestId(TEST_IDS.endpointLabel);
    fireEvent.keyDown(last as HTMLElement, { key: 'ArrowUp', altKey: true });
    expect(names()).toEqual(['Triton', 'Solana public', 'Helius Frankfurt']);
    await press(TEST_IDS.endpointRemove, 0);
    expect(names()).toEqual(['Solana public', 'Helius Frankfurt']);
    fireEvent.click(within(screen.getByTestId(TEST_IDS.toast)).getByText('Undo'));
    await wait(60);
    expect(names()).toEqual(['Triton', 'Solana public', 'Helius Frankfurt']);
    expect(asked(fake, 'network.saveEndpoints')).toEqual([]);
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'network.saveEndpoints')).toMatchObject([
      { endpoints: [{ id: 'b' }, { id: 'c' }, { id: 'a' }] },
    ]);
  });

  it('are added by their address, which is not shown again once it is saved', async () => {
    const fake = await openAt('networks');
    await click(TEST_IDS.endpointAdd);
    const fill = (testId: string, value: string) =>
      fireEvent.change(screen.getByTestId(testId), { target: { value } });
    fill(TEST_IDS.endpointNewLabel, 'Own');
    fill(TEST_IDS.endpointNewAddress, 'http://rpc.example.com/secret-token');
    await click(TEST_IDS.endpointAddDone);
    expect(screen.getByText(/Not encrypted/)).toBeTruthy();
    fill(TEST_IDS.endpointNewAddress, 'https://rpc.example.com/secret-token');
    await click(TEST_IDS.endpointAddDone);
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'network.saveEndpoints')).toMatchObject([
      {
        endpoints: [
          { kind: 'saved' },
          { kind: 'saved' },
          { kind: 'saved' },
          {
            kind: 'new',
            label: 'Own',
            httpUrl: 'https://rpc.example.com/secret-token',
            webSocketUrl: null,
          },
        ],
      },
    ]);
    expect(names()).toContain('Own');
    expect(document.body.innerHTML).not.toContain('secret-token');
  });

  it('of the practice network can be tried, and nothing else', async () => {
    await openAt('networks');
    const practice = within(screen.getAllByTestId(TEST_IDS.endpoints)[1] as HTMLElement);
    expect(practice.getAllByTestId(TEST_IDS.endpointTest)).toHaveLength(2);
    expect(practice.queryByTestId(TEST_IDS.endpointRemove)).toBeNull();
    expect(practice.queryByTestId(TEST_IDS.endpointAdd)).toBeNull();
  });
});
