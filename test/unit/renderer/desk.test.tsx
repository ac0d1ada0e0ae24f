import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { networkId } from '#domain/ids.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import type { Desk as DeskData } from '#ipc/contract.ts';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS, totalsTestId, vaultRowTestId } from '#renderer/ui/test-ids.ts';
import { createFakeKeel, type FakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import {
  deskOf,
  MISSING,
  storyDesk,
  TIMEOUT,
  type StoryName,
} from '#test/support/renderer-preview/stories.ts';
import { OWNER } from '#test/support/renderer-preview/signer-stories.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import {
  beginEachOnAnEmptyDesk,
  click,
  expectAccessible,
  NOW,
  openDeskWith,
  showDesk,
  wait,
} from './open-desk.tsx';

beginEachOnAnEmptyDesk();

const openDesk = (desk: DeskData | StoryName): Promise<FakeKeel> =>
  openDeskWith(typeof desk === 'string' ? storyDesk(desk, NOW) : desk);

async function openVaultPage(index: number): Promise<void> {
  fireEvent.click(screen.getByTestId(vaultRowTestId(vaultIdOf(index))));
  await wait(60);
}

const type = (testId: string, value: string) =>
  fireEvent.change(screen.getByTestId(testId), { target: { value } });

const lastAsked = (fake: FakeKeel, name: string) =>
  fake.asked.filter((asked) => asked.name === name).at(-1)?.request;

describe('the vault table', () => {
  it('answers right, fresh and safe for each vault', async () => {
    await openDesk('first');
    const row = within(screen.getByTestId(vaultRowTestId(vaultIdOf(1))));
    expect(row.getByTestId(TEST_IDS.vaultName).textContent).toBe('Funding main');
    expect(row.getByTestId(TEST_IDS.activeBadge).textContent).toBe('Active');
    expect(row.getByTestId(TEST_IDS.vaultType).textContent).toBe('Practice');
    expect(row.getByTestId(TEST_IDS.totalCollateral).textContent).toBe('18,442.91');
    expect(row.getByTestId(TEST_IDS.balanceDriftPos).textContent).toBe('6,419.18');
    expect(row.getByTestId(TEST_IDS.vaultHealth).textContent).toBe('81');
    expect(row.getByTestId(TEST_IDS.vaultAge).textContent).toBe('1 s');
    expect(row.getByTestId(TEST_IDS.vaultSlot).textContent).toBe('312,455,010');
    expect(row.getByTestId(TEST_IDS.syncState).textContent).toBe('Verified');
    expect(row.getByTestId(TEST_IDS.tradingState).textContent).toBe('Allowed');
    expect(screen.queryByTestId(TEST_IDS.syncErrorBanner)).toBeNull();
  });

  it('ages by itself, and blocks what nobody has verified in time', async () => {
    await openDesk('first');
    await wait(20_000);
    const row = within(screen.getByTestId(vaultRowTestId(vaultIdOf(1))));
    expect(row.getByTestId(TEST_IDS.vaultAge).textContent).toBe('21 s');
    expect(row.getByTestId(TEST_IDS.syncState).textContent).toBe('Stale');
    expect(row.getByTestId(TEST_IDS.tradingState).dataset['allowed']).toBe('false');
    expect(screen.getByTestId(TEST_IDS.syncErrorBanner).dataset['alarm']).toBe('stale');
  });

  it('draws only the rows in view of 400', async () => {
    await openDesk('full');
    const drawn = screen.getAllByTestId(/^vault-row-/).length;
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(80);
    expect(screen.getByTestId(TEST_IDS.vaultTable).getAttribute('aria-rowcount')).toBe('404');
  });

  it('is walked and opened by keyboard', async () => {
    await openDesk('first');
    const first = screen.getByTestId(vaultRowTestId(vaultIdOf(1)));
    first.focus();
    fireEvent.keyDown(first, { key: 'ArrowDown' });
    await wait(20);
    expect(document.activeElement).toBe(screen.getByTestId(vaultRowTestId(vaultIdOf(2))));
    fireEvent.keyDown(document.activeElement as Element, { key: 'Enter' });
    await wait(60);
    expect(
      within(screen.getByTestId(TEST_IDS.vaultPage)).getByRole('heading', { level: 1 }).textContent,
    ).toBe('SOL carry');
    fireEvent.keyDown(document.body, { key: 'Escape' });
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.vaultTable)).toBeTruthy();
  });

  it('sorts by a column, and shows unknown figures as unknown, never as zero', async () => {
    await openDesk('grave');
    const unread = within(screen.getByTestId(vaultRowTestId(vaultIdOf(9))));
    expect(unread.queryByTestId(TEST_IDS.totalCollateral)).toBeNull();
    expect(unread.queryByText('0.00')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Sync' }));
    await wait(20);
    const order = screen.getAllByTestId(TEST_IDS.vaultName).map(({ textContent }) => textContent);
    expect(order).toEqual(['SOL carry', 'Wrong number', 'Funding main', 'Dry run']);
  });
});

describe('totals', () => {
  it('keeps the moneys apart and names what is missing', async () => {
    await openDesk('grave');
    const practice = screen.getByTestId(totalsTestId('practice')).textContent;
    expect(practice).toContain('20,547.13');
    expect(practice).toContain('Not counted, never read: Wrong number');
    expect(practice).toContain('not up to date: SOL carry');
    expect(screen.getByTestId(totalsTestId('paper')).textContent).toContain('50.00');
    expect(screen.queryByTestId(totalsTestId('live'))).toBeNull();
  });
});

describe('totals over several networks', () => {
  it('are told for each network too', async () => {
    const other = networkId('practice-two');
    const base = storyDesk('first', NOW);
    const [first] = base.views;
    const [practice] = base.networks;
    if (first === undefined || practice === undefined) throw new Error('the story has no vault');
    const moved = { ...first, vault: { ...first.vault, id: vaultIdOf(7), network: other } };
    await openDesk({
      ...base,
      views: [...base.views, moved],
      networks: [...base.networks, { ...practice, id: other, label: 'Second practice' }],
    });
    const lines = screen
      .getAllByTestId(TEST_IDS.networkTotal)
      .map(({ textContent }) => textContent);
    expect(lines).toEqual(['Practice20,547.13', 'Second practice18,442.91']);
  });
});

describe('failures', () => {
  it('cannot be overlooked: vault, cause, attempts, countdown, remedy', async () => {
    await openDesk('failing');
    const banner = screen.getByTestId(TEST_IDS.syncErrorBanner);
    expect(banner.textContent).toContain('Funding main cannot be synced. Trading is halted.');
    expect(banner.textContent).toContain(TIMEOUT.message);
    expect(banner.textContent).toContain(TIMEOUT.advice);
    expect(screen.getByTestId(TEST_IDS.bannerAttempts).textContent).toBe('4 attempts');
    expect(screen.getByTestId(TEST_IDS.bannerNextAttempt).textContent).toContain('7 s');
    await wait(3_000);
    expect(screen.getByTestId(TEST_IDS.bannerNextAttempt).textContent).toContain('4 s');
    const row = screen.getByTestId(vaultRowTestId(vaultIdOf(1)));
    expect(row.className).toContain('vt-old');
    expect(within(row).getByTestId(TEST_IDS.totalCollateral).textContent).toBe('18,442.91');
  });

  it('says so when the engine is down, and trusts no figure until it is back', async () => {
    const fake = await openDesk('first');
    act(() => fake.emit({ type: 'ENGINE_STATUS', running: false, error: null }));
    await wait(60);
    const alarms = screen.getAllByTestId(TEST_IDS.syncErrorBanner);
    expect(alarms[0]?.dataset['alarm']).toBe('engine');
    const row = within(screen.getByTestId(vaultRowTestId(vaultIdOf(1))));
    expect(row.getByTestId(TEST_IDS.tradingState).dataset['allowed']).toBe('false');
  });

  it('offers to try again when the desk cannot be loaded', async () => {
    const fake = createFakeKeel(storyDesk('first', NOW), NOW);
    fake.refuse('desk.load', TIMEOUT);
    await showDesk(fake);
    expect(screen.getByTestId(TEST_IDS.deskFailed).textContent).toContain(TIMEOUT.message);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.desk)).toBeTruthy();
  });
});

describe('the vault page', () => {
  it('explains why the two views differ', async () => {
    await openDesk('first');
    await openVaultPage(2);
    const why = screen.getByTestId(TEST_IDS.viewsDiffer).textContent;
    expect(why).toContain('9,371.62');
    expect(why).toContain('2,104.22');
    expect(screen.getByTestId(TEST_IDS.perpPositions).textContent).toContain('−33.57 % away');
  });

  it('heads every column of the positions', async () => {
    await openDesk('first');
    await openVaultPage(2);
    for (const id of [TEST_IDS.perpPositions, TEST_IDS.spotPositions]) {
      const panel = screen.getByTestId(id);
      const heads = panel.querySelectorAll('th').length;
      const rows = [...panel.querySelectorAll('tbody tr')];
      expect(rows.map((row) => row.children.length)).toEqual(rows.map(() => heads));
    }
  });

  it('lists every attempt with its outcome, error and pause', async () => {
    await openDesk('failing');
    await openVaultPage(1);
    const [run] = screen.getAllByTestId(TEST_IDS.syncRun);
    if (run === undefined) throw new Error('no run is shown');
    const attempts = within(run).getAllByTestId(TEST_IDS.syncAttempt);
    expect(attempts.map(({ textContent }) => /RPC_[A-Z_]+/.exec(textContent ?? '')?.[0])).toEqual([
      'RPC_TIMEOUT',
      'RPC_RATE_LIMITED',
      'RPC_TIMEOUT',
      'RPC_TIMEOUT',
    ]);
    expect(attempts.map(({ lastElementChild }) => lastElementChild?.textContent)).toEqual([
      '1 s',
      '2 s',
      '4 s',
      '—',
    ]);
  });

  it('enables trading only by an act with the reason in view', async () => {
    const fake = await openDesk('halted');
    await openVaultPage(1);
    expect(screen.getByTestId(TEST_IDS.tradingReasons).textContent).toContain(TIMEOUT.message);
    await click(TEST_IDS.enableTrading);
    expect(lastAsked(fake, 'vault.enableTrading')).toBeUndefined();
    expect(screen.getByTestId(TEST_IDS.haltReason).textContent).toContain(TIMEOUT.message);
    await click(TEST_IDS.confirmEnableTrading);
    expect(lastAsked(fake, 'vault.enableTrading')).toEqual({ vaultId: vaultIdOf(1) });
  });

  it('does not offer it before the figures are verified', async () => {
    const fake = await openDesk('failing');
    await openVaultPage(1);
    expect(screen.getByTestId(TEST_IDS.enableTrading).getAttribute('aria-disabled')).toBe('true');
    await click(TEST_IDS.enableTrading);
    expect(screen.queryByTestId(TEST_IDS.haltReason)).toBeNull();
    expect(lastAsked(fake, 'vault.enableTrading')).toBeUndefined();
  });

  it('halts and syncs at a click', async () => {
    const fake = await openDesk('first');
    await openVaultPage(1);
    await click(TEST_IDS.haltTrading);
    expect(lastAsked(fake, 'vault.haltTrading')).toEqual({ vaultId: vaultIdOf(1) });
    await click(TEST_IDS.syncNow);
    expect(lastAsked(fake, 'vault.syncNow')).toEqual({ vaultId: vaultIdOf(1) });
  });
});

describe('dialogs', () => {
  it('create a paper vault of 50 unless told otherwise', async () => {
    const fake = await openDesk('empty');
    await click(TEST_IDS.addVault);
    await click(TEST_IDS.dialogSubmit);
    expect(screen.getByText('Enter a name.')).toBeTruthy();
    type(TEST_IDS.fieldName, 'Dry run');
    await click(TEST_IDS.dialogSubmit);
    expect(lastAsked(fake, 'vault.createVirtual')).toEqual({
      name: 'Dry run',
      engine: 'funding',
      network: 'practice',
      allocation: 50_000_000n,
    });
    expect(screen.queryByTestId(TEST_IDS.dialog)).toBeNull();
  });

  it('refuse an allocation with too many decimals, precisely', async () => {
    const fake = await openDesk('empty');
    await click(TEST_IDS.addVault);
    type(TEST_IDS.fieldName, 'Dry run');
    type(TEST_IDS.fieldAllocation, '1.1234567');
    await click(TEST_IDS.dialogSubmit);
    expect(screen.getByText('USDC has at most 6 decimals.')).toBeTruthy();
    expect(lastAsked(fake, 'vault.createVirtual')).toBeUndefined();
  });

  it('show an error of the engine at its field, with the advice', async () => {
    const fake = await openDesk('empty');
    await click(TEST_IDS.addVault);
    await click(TEST_IDS.createTypeOnChain);
    type(TEST_IDS.fieldName, 'Main');
    type(TEST_IDS.fieldAuthority, 'not a key');
    await click(TEST_IDS.dialogSubmit);
    expect(screen.getByText(/^Not a public key/)).toBeTruthy();
    type(TEST_IDS.fieldAuthority, '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');
    type(TEST_IDS.fieldSubAccount, '9');
    fake.refuse('vault.addOnChain', MISSING);
    await click(TEST_IDS.dialogSubmit);
    const field = screen.getByTestId(TEST_IDS.fieldSubAccount);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(`${MISSING.message} ${MISSING.advice}`)).toBeTruthy();
  });

  it('add the sub-accounts picked from a scan', async () => {
    const fake = await openDesk('empty');
    await click(TEST_IDS.addVault);
    await click(TEST_IDS.createTypeOnChain);
    type(TEST_IDS.fieldName, 'Main');
    type(TEST_IDS.fieldAuthority, '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');
    await click(TEST_IDS.scanAuthority);
    await click(`${TEST_IDS.scannedSubAccount}-4`);
    await click(`${TEST_IDS.scannedSubAccount}-1`);
    await click(TEST_IDS.dialogSubmit);
    const added = fake.asked.filter(({ name }) => name === 'vault.addOnChain');
    expect(added.map(({ request }) => request)).toMatchObject([
      { name: 'Main #1', subAccountId: 1 },
      { name: 'Main #4', subAccountId: 4 },
    ]);
  });
});

describe('practice panel and footer', () => {
  it('switches faults and lets another client deposit', async () => {
    const fake = await openDesk('first');
    await click(TEST_IDS.openPractice);
    await click('fault-refuseConnections');
    expect(lastAsked(fake, 'practice.setFaults')).toEqual({
      refuseConnections: true,
      node: 'both',
    });
    await click(TEST_IDS.practiceClearFaults);
    expect(lastAsked(fake, 'practice.setFaults')).toEqual({ node: 'both' });
    type(TEST_IDS.practiceDepositAmount, '1.5');
    await click(TEST_IDS.practiceDeposit);
    expect(lastAsked(fake, 'practice.depositAsOther')).toEqual({
      subAccountId: 0,
      token: 'USDC',
      amount: 1_500_000n,
    });
  });

  it('names an unofficial runtime and what it locks', async () => {
    await openDesk('first');
    const footer = screen.getByTestId(TEST_IDS.footerRuntime);
    expect(footer.textContent).toContain('Electron 33.2.1 (unofficial build)');
    const locked = screen.getByTestId(`${TEST_IDS.footerNetwork}-mainnet`);
    expect(locked.textContent).toContain('locked');
    fireEvent.focus(locked);
    await wait(20);
    expect(screen.getByRole('tooltip').textContent).toContain('is locked: ');
  });

  it('says nothing of the kind about an official one', async () => {
    const runtime = { ...deskOf([]).runtime, official: true };
    await openDesk(deskOf([], { runtime }));
    expect(screen.getByTestId(TEST_IDS.footerRuntime).textContent).not.toContain('locked');
  });
});

describe('accessibility', () => {
  it.each(['first', 'empty', 'full', 'failing', 'grave', 'halted', 'start'] as const)(
    'finds nothing to mend on the desk: %s',
    async (story) => {
      await openDesk(story);
      await expectAccessible();
    },
  );

  it.each([1, 2, 3])('finds nothing to mend on the page of vault %i', async (index) => {
    await openDesk('failing');
    await openVaultPage(index);
    await expectAccessible();
  });

  it.each([
    ['add a paper vault', { kind: 'create-vault' }],
    ['enable trading', { kind: 'enable-trading', vaultId: vaultIdOf(1) }],
    ['rename', { kind: 'rename', vaultId: vaultIdOf(1) }],
    ['archive', { kind: 'archive', vaultId: vaultIdOf(1) }],
    ['restore', { kind: 'restore-backup', name: 'keel-2026-06-01T03-00-00.db' }],
    ['deposit', { kind: 'deposit', vaultId: vaultIdOf(1) }],
    ['transfer', { kind: 'transfer', vaultId: vaultIdOf(1) }],
    ['withdraw from paper', { kind: 'withdraw', vaultId: vaultIdOf(3) }],
    ['new sub-account', { kind: 'create-sub-account' }],
    ['watch a key', { kind: 'watch-key' }],
    ['rename a key', { kind: 'rename-key', publicKey: OWNER }],
    ['reset', { kind: 'reset', vaultId: vaultIdOf(3) }],
    ['seed', { kind: 'seed', vaultId: vaultIdOf(3) }],
  ] as const)('finds nothing to mend in the dialog: %s', async (_, dialog) => {
    await openDesk('halted');
    useNavigationStore.setState({ dialog });
    await wait(60);
    expect(screen.getByTestId(TEST_IDS.dialog)).toBeTruthy();
    await expectAccessible();
  });

  it('finds nothing to mend in the practice panel', async () => {
    await openDesk('first');
    await click(TEST_IDS.openPractice);
    await expectAccessible();
  });
});

describe('figures that arrive', () => {
  it('replace the vault as a whole', async () => {
    const fake = await openDesk('first');
    const [view] = storyDesk('first', NOW).views;
    const observation = view?.state.observation;
    if (view === undefined || observation === null || observation === undefined) {
      throw new Error('the story has no figures');
    }
    const { snapshot } = observation;
    const figures = { ...snapshot.figures, totalCollateral: quoteAmount(25_000_000_000n) };
    const state = {
      ...view.state,
      observation: {
        ...observation,
        snapshot: { ...snapshot, figures, observedAtMs: unixMs(NOW) },
      },
    };
    act(() => fake.emit({ type: 'VAULT_CHANGED', view: { ...view, state, revision: 2 } }));
    await wait(60);
    const row = within(screen.getByTestId(vaultRowTestId(vaultIdOf(1))));
    expect(row.getByTestId(TEST_IDS.totalCollateral).textContent).toBe('25,000.00');
  });
});
