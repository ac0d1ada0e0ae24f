/** Moving money and looking after keys, in the window: over a main side made up for it. */
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { OperationView } from '#domain/capital-operation.ts';
import { keelError } from '#domain/keel-error.ts';
import {
  openOperation,
  useNavigationStore,
  type OpenDialog,
  openSettings,
  type SettingsSection,
} from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import {
  deposit,
  operationIdOf,
  operationOf,
  operationStories,
} from '#test/support/renderer-preview/capital-stories.ts';
import type { FakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import {
  OTHER,
  OWNER,
  signerOf,
  type SignerStory,
} from '#test/support/renderer-preview/signer-stories.ts';
import { storyDesk, TIMEOUT } from '#test/support/renderer-preview/stories.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import {
  beginEachOnAnEmptyDesk,
  click,
  expectAccessible,
  NOW,
  openDeskWith,
  wait,
} from './open-desk.tsx';

beginEachOnAnEmptyDesk();

const openDesk = (
  signer: SignerStory = 'unlocked',
  operations: readonly OperationView[] = [],
): Promise<FakeKeel> =>
  openDeskWith({ ...storyDesk('first', NOW), signer: signerOf(signer, NOW) }, operations);

async function inSettings(section: SettingsSection): Promise<void> {
  openSettings(section);
  await wait(60);
}

async function openDialog(dialog: OpenDialog): Promise<void> {
  act(() => useNavigationStore.setState({ dialog }));
  await wait(60);
}

async function press(key: string, init: Partial<KeyboardEventInit> = {}): Promise<void> {
  fireEvent.keyDown(document.body, { key, ...init });
  await wait(60);
}

const type = (value: string) =>
  fireEvent.change(screen.getByTestId(TEST_IDS.fieldAmount), { target: { value } });

const asked = (fake: FakeKeel, name: string) =>
  fake.asked.filter((each) => each.name === name).map(({ request }) => request);

const textOf = (testId: string) => screen.getByTestId(testId).textContent;
const rules = () =>
  [...screen.getByTestId(TEST_IDS.capitalReasons).querySelectorAll('li')].map(
    (each) => each.dataset['rule'],
  );
const refuses = () => screen.getByTestId(TEST_IDS.dialogSubmit).getAttribute('aria-disabled');

describe('the form', () => {
  it('opens by keyboard on a vault’s page, and nowhere else', async () => {
    await openDesk();
    await press('d');
    expect(screen.queryByTestId(TEST_IDS.dialog)).toBeNull();
    act(() => useNavigationStore.setState({ route: { kind: 'vault', id: vaultIdOf(1) } }));
    await wait(60);
    await press('w');
    expect(screen.getByRole('dialog').textContent).toContain('Withdraw out of Funding main');
  });

  it('refuses too many decimals at the field: field, value, remedy', async () => {
    const fake = await openDesk();
    await openDialog({ kind: 'deposit', vaultId: vaultIdOf(1) });
    type('0.1234567');
    expect(screen.getByTestId(TEST_IDS.fieldAmount).getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('dialog').textContent).toContain(
      'Amount: “0.1234567” has more than the 6 decimals of USDC. Use at most 6 digits',
    );
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'capital.request')).toEqual([]);
  });

  it('fills in the most that passes, and one unit more does not', async () => {
    const fake = await openDesk();
    await openDialog({ kind: 'withdraw', vaultId: vaultIdOf(1) });
    await click(TEST_IDS.capitalMax);
    expect(screen.getByTestId<HTMLInputElement>(TEST_IDS.fieldAmount).value).toBe('4120.25');
    expect(rules()).toEqual([]);
    type('4120.250001');
    expect(rules()).toEqual(['health-after']);
    expect(textOf(TEST_IDS.capitalReasons)).toContain('At most 4,120.25 USDC may go out now.');
    expect(refuses()).toBe('true');
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'capital.request')).toEqual([]);
    type('4,120.25');
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'capital.request')).toEqual([
      { kind: 'withdraw', vaultId: vaultIdOf(1), marketIndex: 0, amount: 4_120_250_000n },
    ]);
  });

  it.each([
    ['99.999999', 'Nothing: below 100.00 USD'],
    ['100', 'One press in the signer’s window (from 100.00 USD)'],
    ['999.999999', 'One press'],
    ['1000', 'Typing the amount in the signer’s window (from 1,000.00 USD)'],
  ])('tells what %s will ask for', async (amount, demand) => {
    await openDesk();
    await openDialog({ kind: 'deposit', vaultId: vaultIdOf(1) });
    type(amount);
    expect(textOf(TEST_IDS.capitalDemand)).toContain(demand);
  });

  it('offers a key where nobody can sign, and sends nothing', async () => {
    const fake = await openDesk('watch-only');
    await openDialog({ kind: 'deposit', vaultId: vaultIdOf(1) });
    expect(textOf(TEST_IDS.capitalSigner)).toContain('the owner is watch-only');
    expect(rules()).toEqual(['no-key']);
    type('1');
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'capital.request')).toEqual([]);
    await click(TEST_IDS.addKey);
    expect(screen.getByTestId(TEST_IDS.keys)).toBeTruthy();
  });

  it('shows an unread vault as unknown, never as zero', async () => {
    const fake = await openDesk();
    fake.refuse('capital.loadFacts', TIMEOUT);
    await openDialog({ kind: 'withdraw', vaultId: vaultIdOf(1) });
    expect(textOf(TEST_IDS.dialogError)).toContain(TIMEOUT.message);
    expect(screen.queryByTestId(TEST_IDS.dialogSubmit)).toBeNull();
    expect(screen.getByRole('dialog').textContent).not.toContain('0.00');
    await wait(4_100);
    expect(screen.getByTestId(TEST_IDS.capitalForm)).toBeTruthy();
  });

  it('reads again every few seconds, tells a failed read, and stops on old figures', async () => {
    const fake = await openDesk();
    await openDialog({ kind: 'deposit', vaultId: vaultIdOf(1) });
    type('1');
    await wait(4_100);
    expect(asked(fake, 'capital.loadFacts')).toHaveLength(2);
    for (let read = 0; read < 4; read += 1) {
      fake.refuse('capital.loadFacts', TIMEOUT);
      await wait(4_000);
    }
    expect(textOf(TEST_IDS.capitalFactsAge)).toContain('The last read failed');
    expect(rules()).toEqual(['facts']);
    await wait(5_000);
    expect(rules()).toEqual([]);
  });

  it('transfers only to a vault of the same owner', async () => {
    const fake = await openDesk();
    await openDialog({ kind: 'transfer', vaultId: vaultIdOf(1) });
    const options = within(screen.getByTestId(TEST_IDS.fieldToVault)).getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual(['SOL carry · sub-account 3']);
    type('2.5');
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'capital.request')).toMatchObject([
      { kind: 'transfer', toVaultId: vaultIdOf(2), amount: 2_500_000n },
    ]);
  });

  it('takes one operation at a time on a vault', async () => {
    await openDesk('unlocked', operationStories(NOW));
    await openDialog({ kind: 'deposit', vaultId: vaultIdOf(1) });
    expect(rules()).toEqual(['operation-open']);
    expect(refuses()).toBe('true');
  });

  it('keeps the form with the engine’s words when it denies', async () => {
    const fake = await openDesk();
    await openDialog({ kind: 'deposit', vaultId: vaultIdOf(3) });
    type('1');
    fake.refuse('capital.request', keelError('CAPITAL_DENIED', 'fix-input', 'Too much.', 'Less.'));
    await click(TEST_IDS.dialogSubmit);
    expect(textOf(TEST_IDS.dialogError)).toBe('Too much. Less.');
  });

  it('shows the steps at once when it is sent, and follows them', async () => {
    const fake = await openDesk();
    await openDialog({ kind: 'deposit', vaultId: vaultIdOf(1) });
    type('5');
    await click(TEST_IDS.dialogSubmit);
    expect(screen.getByRole('dialog').textContent).toContain('It is on record');
    const story = { index: 1, intent: deposit(5_000_000n), atMs: NOW } as const;
    act(() =>
      fake.emit({
        type: 'OPERATION_CHANGED',
        view: operationOf({ ...story, state: 'planned', revision: 2 }),
      }),
    );
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.operation).dataset['state']).toBe('planned');
    act(() =>
      fake.emit({
        type: 'OPERATION_CHANGED',
        view: operationOf({ ...story, state: 'verified', revision: 3 }),
      }),
    );
    await wait(60);
    expect(textOf(TEST_IDS.operationOutcome)).toContain('Done and verified');
  });
});

describe('the stepper', () => {
  async function openStory(index: number, signer: SignerStory = 'locked'): Promise<FakeKeel> {
    const fake = await openDesk(signer, operationStories(NOW));
    act(() => openOperation(operationIdOf(index)));
    await wait(60);
    return fake;
  }

  it('waits for the unlock, and opens the signer’s own window', async () => {
    const fake = await openStory(1);
    expect(screen.getByTestId(TEST_IDS.operation).dataset['wait']).toBe('unlock');
    await click(TEST_IDS.operationUnlock);
    expect(asked(fake, 'signer.openWindow')).toEqual([{ task: { kind: 'unlock' } }]);
    const steps = screen.getAllByTestId(TEST_IDS.operationStep);
    expect(steps.map(({ dataset }) => dataset['progress'])).toEqual([
      ...Array.from({ length: 4 }, () => 'done'),
      'current',
      ...Array.from({ length: 5 }, () => 'pending'),
    ]);
  });

  it('cancels what is not signed', async () => {
    const fake = await openStory(1);
    await click(TEST_IDS.operationCancel);
    expect(asked(fake, 'capital.cancel')).toEqual([{ operationId: operationIdOf(1) }]);
  });

  it('watches an unresolved one and offers neither cancel nor repeat', async () => {
    await openStory(2);
    expect(textOf(TEST_IDS.operationOutcome)).toContain('watching until block 290,112,874');
    expect(screen.queryByTestId(TEST_IDS.operationCancel)).toBeNull();
    expect(screen.queryByTestId(TEST_IDS.operationRepeat)).toBeNull();
  });

  it('repeats an expired one as a new operation, filled in', async () => {
    await openStory(7, 'unlocked');
    await click(TEST_IDS.operationRepeat);
    const form = screen.getByTestId<HTMLInputElement>(TEST_IDS.fieldAmount);
    expect(form.value).toBe('2');
    expect(screen.getByTestId<HTMLSelectElement>(TEST_IDS.fieldToken).value).toBe('1');
  });

  it('has no explorer on the practice network, and says why', async () => {
    await openStory(3);
    expect(screen.queryByTestId(TEST_IDS.operationExplorer)).toBeNull();
    expect(textOf(TEST_IDS.operation)).toContain('No explorer: the practice chain exists only');
  });

  it.each([1, 2, 4, 5, 8])('finds nothing to mend in story %i', async (index) => {
    await openStory(index);
    await expectAccessible();
  });
});

describe('the operations', () => {
  it('are listed newest first, filtered by the store, and opened by a row', async () => {
    const fake = await openDesk('locked', operationStories(NOW));
    await click(TEST_IDS.navOperations);
    const states = () =>
      screen.getAllByTestId(TEST_IDS.operationRow).map(({ dataset }) => dataset['state'] ?? '');
    expect(states()).toHaveLength(operationStories(NOW).length);
    fireEvent.click(screen.getByRole('radio', { name: 'Not done' }));
    await wait(300);
    expect(states().toSorted()).toEqual(['denied', 'expired', 'rejected']);
    const queries = fake.asked.filter(({ name }) => name === 'operation.query');
    expect(queries.at(-1)?.request).toMatchObject({
      filter: { outcomes: ['not-done'] },
      sort: { by: 'started', descending: true },
      offset: 0,
    });
    const opened = screen.getAllByTestId(TEST_IDS.operationRow)[0] as HTMLElement;
    fireEvent.click(opened);
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.operation).dataset['state']).toBe(opened.dataset['state']);
  });

  it('that wait for the trader are told in the bar and in the vault’s row', async () => {
    await openDesk('locked', operationStories(NOW));
    const chips = screen.getAllByTestId(TEST_IDS.operationChip);
    expect(chips.map((chip) => chip.getAttribute('aria-label'))).toEqual([
      'Deposit 1,000.00 USDC: Waits for unlock',
      'Withdraw 250.00 USDC: Unresolved',
    ]);
    expect(textOf(TEST_IDS.verdict)).toContain('Waits for you');
  });

  it('finds nothing to mend on the screen', async () => {
    await openDesk('locked', operationStories(NOW));
    await click(TEST_IDS.navOperations);
    await expectAccessible();
  });
});

describe('the keys', () => {
  it('are listed with their kind, path and vaults; no secret is ever asked for here', async () => {
    await openDesk();
    await click(TEST_IDS.navKeys);
    const rows = screen.getAllByTestId(TEST_IDS.keyRow);
    expect(rows.map(({ dataset }) => dataset['key']).slice(0, 2)).toEqual([OWNER, OTHER]);
    expect(rows[0]?.textContent).toContain('Funding main, SOL carry');
    expect(rows[1]?.textContent).toContain("m/44'/501'/0'/0'");
    expect(document.querySelectorAll('input[type="password"]')).toHaveLength(0);
    expect(textOf(TEST_IDS.keys)).toContain('14:05');
  });

  it.each([
    [TEST_IDS.keyCreate, { kind: 'create', networkKind: 'practice' }],
    [TEST_IDS.keyImport, { kind: 'import', networkKind: 'practice' }],
    [TEST_IDS.keyImportPractice, { kind: 'import-practice-key' }],
    [TEST_IDS.changePassphrase, { kind: 'change-passphrase' }],
    [TEST_IDS.secondWrap, { kind: 'second-wrap', enable: false }],
  ])('%s is done in the signer’s window', async (testId, task) => {
    const fake = await openDesk();
    await click(TEST_IDS.navKeys);
    await click(testId);
    expect(asked(fake, 'signer.openWindow')).toEqual([{ task }]);
  });

  it('lock by Ctrl+L from anywhere, and by the indicator', async () => {
    const fake = await openDesk();
    await press('l', { ctrlKey: true });
    await click(TEST_IDS.lockIndicator);
    expect(asked(fake, 'signer.lock')).toHaveLength(2);
  });

  it('locked: watching goes on, signing does not, and a press unlocks', async () => {
    const fake = await openDesk('locked');
    expect(textOf(TEST_IDS.lockIndicator)).toBe('Locked');
    await click(TEST_IDS.navKeys);
    expect(textOf(TEST_IDS.keys)).toContain('Watching goes on; nothing is signed until you unlock');
    await click(TEST_IDS.signerUnlock);
    expect(asked(fake, 'signer.openWindow')).toEqual([{ task: { kind: 'unlock' } }]);
  });

  it('lead from nothing to a deposit in three steps', async () => {
    await openDesk('empty');
    await click(TEST_IDS.lockIndicator);
    expect(within(screen.getByTestId(TEST_IDS.keysEmpty)).getAllByRole('listitem')).toHaveLength(3);
  });

  it('are not known, rather than none, while the signer cannot be used', async () => {
    await openDesk('unavailable');
    await click(TEST_IDS.navKeys);
    expect(screen.queryByTestId(TEST_IDS.keysEmpty)).toBeNull();
    expect(textOf(TEST_IDS.keys)).toContain('Not known while the signer cannot be used.');
    expect(textOf(TEST_IDS.keyState)).toBe('The signer cannot be used');
  });

  it('watch a public key alone, once it is one', async () => {
    const fake = await openDesk();
    await openDialog({ kind: 'watch-key' });
    const field = screen.getByTestId(TEST_IDS.fieldPublicKey);
    fireEvent.change(field, { target: { value: 'not a key' } });
    fireEvent.change(screen.getByTestId(TEST_IDS.fieldName), { target: { value: 'Fund' } });
    await click(TEST_IDS.dialogSubmit);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    fireEvent.change(field, { target: { value: OTHER } });
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'signer.addWatchOnly')).toEqual([
      { publicKey: OTHER, name: 'Fund', networkKind: 'practice' },
    ]);
  });

  it.each(['unlocked', 'locked', 'empty', 'unavailable', 'watch-only'] as const)(
    'finds nothing to mend while the signer is %s',
    async (signer) => {
      await openDesk(signer);
      await click(TEST_IDS.navKeys);
      await expectAccessible();
    },
  );
});

describe('settings and backups', () => {
  it('save the limits in the smallest units, and refuse what is out of range', async () => {
    const fake = await openDesk();
    await inSettings('keys');
    fireEvent.change(screen.getByLabelText('Lock when idle for'), { target: { value: '0' } });
    await click(TEST_IDS.dialogSubmit);
    expect(screen.getByText(/“0” is out of range/)).toBeTruthy();
    expect(asked(fake, 'settings.update')).toEqual([]);
    fireEvent.change(screen.getByLabelText('Lock when idle for'), { target: { value: '5' } });
    await click(TEST_IDS.dialogSubmit);
    await inSettings('capital');
    fireEvent.change(screen.getByLabelText('Daily cap per vault'), { target: { value: '2,500' } });
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'settings.update')).toMatchObject([
      { capital: { dailyCap: null, autoLockMs: 300_000 } },
      { capital: { dailyCap: 2_500_000_000n, autoLockMs: 300_000, solReserve: 17_000_000n } },
    ]);
  });

  it('restore only after the trader has said so, and never a damaged one', async () => {
    const fake = await openDesk();
    await inSettings('data');
    expect(screen.getAllByTestId(TEST_IDS.backupRow)).toHaveLength(3);
    const [first, ...others] = screen.getAllByTestId(TEST_IDS.backupRestore);
    expect(others).toHaveLength(1);
    fireEvent.click(first as Element);
    await wait(60);
    expect(screen.getByRole('dialog').textContent).toContain('vault “Dry run”');
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'backup.restore')).toEqual([]);
    await click(TEST_IDS.restoreConfirm);
    await click(TEST_IDS.dialogSubmit);
    expect(asked(fake, 'backup.restore')).toEqual([{ name: 'keel-2026-06-01T03-00-00.db' }]);
  });
});
