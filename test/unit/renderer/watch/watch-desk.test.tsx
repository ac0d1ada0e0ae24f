import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { gateActTestId, TEST_IDS, vaultRowTestId } from '#renderer/ui/test-ids.ts';
import {
  alertOf,
  alertsOf,
  type AlertStory,
} from '#test/support/renderer-preview/alert-stories.ts';
import { createFakeKeel, type FakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { signerOf, type SignerStory } from '#test/support/renderer-preview/signer-stories.ts';
import { storyDesk, TIMEOUT, type StoryName } from '#test/support/renderer-preview/stories.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import {
  beginEachOnAnEmptyDesk,
  click,
  expectAccessible,
  NOW,
  showDesk,
  wait,
} from '../open-desk.tsx';

beginEachOnAnEmptyDesk();

interface Scene {
  readonly story?: StoryName;
  readonly signer?: SignerStory;
  readonly alerts?: AlertStory;
}

async function open(scene: Scene = {}, prepare?: (fake: FakeKeel) => void): Promise<FakeKeel> {
  const desk = storyDesk(scene.story ?? 'first', NOW);
  const signer = signerOf(scene.signer ?? 'unlocked', NOW);
  const fake = createFakeKeel({ ...desk, signer }, NOW, [], alertsOf(scene.alerts ?? 'none', NOW));
  prepare?.(fake);
  await showDesk(fake);
  return fake;
}

const press = async (
  key: string,
  part: KeyboardEventInit = {},
  target: Element = document.body,
) => {
  fireEvent.keyDown(target, { key, ...part });
  await wait(60);
};
const openVaultPage = (index: number) => click(vaultRowTestId(vaultIdOf(index)));
const asked = (fake: FakeKeel, name: string) =>
  fake.asked.filter((each) => each.name === name).map(({ request }) => request);
const textOf = (testId: string) => screen.getByTestId(testId).textContent ?? '';

describe('the inbox', () => {
  it('is reached by key, counts what is unseen, and acknowledges by key', async () => {
    const fake = await open({ alerts: 'some' });
    expect(textOf(TEST_IDS.inboxBadge)).toContain('3');
    await press('5', { ctrlKey: true });
    const rows = screen.getAllByTestId(TEST_IDS.alertRow);
    expect(rows.map(({ dataset }) => dataset['raised'])).toEqual([
      'true',
      'true',
      'true',
      'false',
      'false',
      'false',
      'false',
    ]);
    const [first, second] = rows;
    if (first === undefined || second === undefined) throw new Error('no rows');
    act(() => first.focus());
    await press('ArrowDown', {}, first);
    expect(document.activeElement).toBe(second);
    await press('a', {}, second);
    expect(asked(fake, 'alert.acknowledge')).toEqual([{ alertId: second.dataset['alert'] }]);
    expect(second.dataset['acknowledged']).toBe('true');
    expect(textOf(TEST_IDS.inboxBadge)).toContain('2');
    await press('a', {}, second);
    expect(asked(fake, 'alert.acknowledge')).toHaveLength(1);
    await click(TEST_IDS.alertAcknowledgeAll);
    expect(screen.queryByTestId(TEST_IDS.inboxBadge)).toBeNull();
    await expectAccessible();
  });

  it('says when it is empty, and when it could not be read', async () => {
    const fake = await open({}, (main) => main.refuse('alert.load', TIMEOUT));
    await click(TEST_IDS.navInbox);
    expect(textOf(TEST_IDS.inboxFailed)).toContain(TIMEOUT.message);
    expect(screen.queryByTestId(TEST_IDS.inboxEmpty)).toBeNull();
    fireEvent.click(within(screen.getByTestId(TEST_IDS.inboxFailed)).getByRole('button'));
    await wait(60);
    expect(screen.queryByTestId(TEST_IDS.inboxFailed)).toBeNull();
    expect(screen.getByTestId(TEST_IDS.inboxEmpty)).toBeTruthy();
    expect(asked(fake, 'alert.load')).toHaveLength(2);
  });

  it('reads older pages as the end comes near, and none beyond the last', async () => {
    const fake = await open({ alerts: 'many' });
    await click(TEST_IDS.navInbox);
    // Without a layout everything is in view, so that each page brings the next.
    await wait(200);
    expect(screen.getAllByTestId(TEST_IDS.alertRow)).toHaveLength(230);
    expect(screen.queryByTestId(TEST_IDS.inboxOlder)).toBeNull();
    expect(asked(fake, 'alert.load')).toHaveLength(3);
  });

  it('opens when the trader chose it outside the window', async () => {
    const fake = await open();
    act(() => fake.emit({ type: 'OPEN_INBOX' }));
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.inbox)).toBeTruthy();
  });
});

describe('a critical alert', () => {
  it('has a banner until it is acknowledged', async () => {
    const fake = await open();
    const alert = alertOf(50, { severity: 'critical', title: 'Margin is critical' }, 0, NOW);
    act(() => fake.emit({ type: 'ALERT_CHANGED', view: { alert, revision: 5 }, change: 'raised' }));
    await wait(60);
    expect(textOf(TEST_IDS.alertBanner)).toContain('Margin is critical');
    await click(TEST_IDS.alertBannerAcknowledge);
    expect(asked(fake, 'alert.acknowledge')).toEqual([{ alertId: alert.id }]);
    const seen = { ...alert, acknowledgedAtMs: unixMs(NOW) };
    act(() =>
      fake.emit({
        type: 'ALERT_CHANGED',
        view: { alert: seen, revision: 6 },
        change: 'acknowledged',
      }),
    );
    await wait(60);
    expect(screen.queryByTestId(TEST_IDS.alertBanner)).toBeNull();
  });
});

describe('the gate on the vault page', () => {
  it('closes withdrawals at critical health before they are tried, by button and by key', async () => {
    await open({ story: 'critical' });
    await openVaultPage(2);
    expect(screen.getByTestId(gateActTestId('withdraw')).dataset['allowed']).toBe('false');
    expect(screen.getByTestId(gateActTestId('deposit')).dataset['allowed']).toBe('true');
    expect(textOf(TEST_IDS.vaultHealth)).toBe('19.9');
    const withdraw = screen.getByTestId(TEST_IDS.capitalWithdraw);
    expect(withdraw.getAttribute('aria-disabled')).toBe('true');
    await click(TEST_IDS.capitalWithdraw);
    await press('w');
    expect(useNavigationStore.getState().dialog).toBeNull();
    expect(textOf(TEST_IDS.toast)).toContain('Health 19.9 is below the critical limit of 20.');
    await press('d');
    expect(useNavigationStore.getState().dialog).toMatchObject({ kind: 'deposit' });
  });

  it.each([
    ['locked', 'Locked'],
    ['watch-only', 'Watch only'],
  ] as const)('is quiet where the key is %s', async (signer, word) => {
    await open({ signer });
    const row = within(screen.getByTestId(vaultRowTestId(vaultIdOf(1))));
    expect(row.getByTestId(TEST_IDS.tradingState).textContent).toBe(word);
    expect(textOf(TEST_IDS.verdict)).not.toContain('stopped');
    await openVaultPage(1);
    const deposit = screen.getByTestId(TEST_IDS.capitalDeposit);
    expect(deposit.getAttribute('aria-disabled')).toBe(signer === 'locked' ? null : 'true');
  });

  it('explains a paused exchange: what is possible, what is not, since when', async () => {
    await open({ story: 'paused' });
    expect(textOf(TEST_IDS.footerExchange)).toBe('Exchange has paused everything for 14 h 22 min');
    await openVaultPage(1);
    expect(textOf(TEST_IDS.exchangePossible)).toContain('Keel goes on watching');
    expect(textOf(TEST_IDS.exchangeNotPossible)).toContain('Nothing can be withdrawn.');
    expect(textOf(TEST_IDS.exchangeMarkets)).toContain('SOL-PERP');
    expect(textOf(TEST_IDS.exchangeMarkets)).toContain('exchange paused');
    expect(screen.queryByTestId(TEST_IDS.syncErrorBanner)).toBeNull();
    await expectAccessible();
  });
});

describe('halting everything', () => {
  it('takes one key, says so on every screen, and is lifted with the consequences in view', async () => {
    const fake = await open();
    await press('H', { ctrlKey: true, shiftKey: true });
    expect(asked(fake, 'trading.haltAll')).toEqual([{ source: 'keyboard' }]);
    expect(textOf(TEST_IDS.haltAllBanner)).toContain('with Ctrl+Shift+H');
    await click(TEST_IDS.navKeys);
    await click(TEST_IDS.liftHaltAll);
    expect(textOf(TEST_IDS.dialog)).toContain('No vault starts to trade by it.');
    expect(textOf(TEST_IDS.dialog)).toContain('Funding main');
    expect(asked(fake, 'trading.liftHaltAll')).toEqual([]);
    await click(TEST_IDS.confirmLiftHaltAll);
    expect(asked(fake, 'trading.liftHaltAll')).toEqual([{}]);
    expect(screen.queryByTestId(TEST_IDS.haltAllBanner)).toBeNull();
  });

  it('works over a dialog, and by the button in the bar', async () => {
    const fake = await open();
    await press(',', { ctrlKey: true });
    await press('h', { ctrlKey: true, shiftKey: true });
    expect(asked(fake, 'trading.haltAll')).toHaveLength(1);
    expect(screen.getByTestId(TEST_IDS.haltAll).hasAttribute('disabled')).toBe(true);
  });
});

describe('the endpoints of a network', () => {
  it('are listed at a press on the network', async () => {
    await open({ story: 'nodes' });
    await click(`${TEST_IDS.footerNetwork}-practice`);
    const rows = screen.getAllByTestId(TEST_IDS.nodeRow);
    expect(rows.map(({ dataset }) => dataset['condition'])).toEqual(['limited', 'ok', 'behind']);
    expect(rows.map(({ dataset }) => dataset['inUse'])).toEqual(['false', 'true', 'false']);
    expect(rows[0]?.textContent).toContain('asked again in');
    expect(rows[0]?.textContent).toContain('Preferred');
    expect(rows[2]?.textContent).toContain('412');
    await expectAccessible();
  });
});

describe('the settings of the watch', () => {
  const openSection = async (name: string) => {
    await press(',', { ctrlKey: true });
    fireEvent.mouseDown(
      within(screen.getByTestId(TEST_IDS.settingsSections)).getByRole('tab', { name }),
      { button: 0 },
    );
    await wait(60);
  };

  it('refuse a critical limit above the warning', async () => {
    const fake = await open();
    await openSection('Watching');
    const field = screen.getByTestId(`${TEST_IDS.watchField}-criticalHealthBps`);
    fireEvent.change(field, { target: { value: '60' } });
    fireEvent.click(screen.getByTestId(TEST_IDS.dialogSubmit));
    await wait(60);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(asked(fake, 'settings.update')).toEqual([]);
    fireEvent.change(field, { target: { value: '30' } });
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'settings.update')).toMatchObject([{ watch: { criticalHealthBps: 3_000 } }]);
  });

  it('test a notification and tell what came of it', async () => {
    const fake = await open();
    await openSection('Notifications');
    await click(TEST_IDS.quietHoursOn);
    expect(asked(fake, 'settings.update')).toMatchObject([
      { shell: { quietHours: { enabled: true, fromMinute: 1_380 } } },
    ]);
    await click(TEST_IDS.testNotification);
    expect(textOf(TEST_IDS.testNotificationResult)).toContain('Handed to the desktop');
    await expectAccessible();
  });

  it('copy diagnostics', async () => {
    const fake = await open();
    await openSection('General');
    await click(TEST_IDS.copyDiagnostics);
    expect(asked(fake, 'shell.copyDiagnostics')).toHaveLength(1);
    expect(textOf(TEST_IDS.toast)).toContain('Diagnostics copied');
    await click(TEST_IDS.closeToTray);
    expect(asked(fake, 'settings.update')).toMatchObject([{ shell: { closeToTray: false } }]);
  });
});
