/** V1, V4, V5, V6 in the window: every act of vault management, its refusals, and what a restart keeps. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { TEST_IDS, totalsTestId } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import {
  createDefaultProfile,
  eventually,
  type ShellProfile,
} from '#test/support/shell-profile.ts';
import { vaultDatabase, type VaultDatabase } from '#test/support/vault-database.ts';

const PAPER = 'Try-out';
const RESERVE = 'Reserve';
const UNIT = 1_000_000n;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let database: VaultDatabase;
let admin: PracticeAdmin;

async function launch(): Promise<void> {
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health('Funding', 'fresh', 60_000);
  admin = createAdminClient(await desk.practiceRpcUrl());
}

beforeAll(async () => {
  profile = await createDefaultProfile();
  database = vaultDatabase(profile.folder);
  await launch();
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);

const dialogSays = (words: string | RegExp) =>
  byId(TEST_IDS.dialog).filter({ hasText: words }).waitFor();

async function cancel(): Promise<void> {
  await byId(TEST_IDS.dialogCancel).click();
  await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
}

/** Sends the form of an operation and follows its steps to the end. */
async function submitAndVerify(): Promise<void> {
  await byId(TEST_IDS.dialogSubmit).click();
  await keel.page.locator(`[data-testid="${TEST_IDS.operation}"][data-state="verified"]`).waitFor();
  await cancel();
}

/** Does something on a vault's page and comes back to the table. */
async function onPage(vault: string, work: () => Promise<void>): Promise<void> {
  await desk.open(vault);
  await work();
  await desk.back();
}

const cashIs = (vault: string, units: bigint) =>
  eventually(
    `${vault} holds ${units}`,
    async () => (await desk.units(vault, TEST_IDS.balanceUsdc)) === units,
  );

const namesInOrder = () =>
  keel.page
    .locator(`[data-testid^="vault-row-"] [data-testid="${TEST_IDS.vaultName}"]`)
    .allInnerTexts();

const activeNames = () =>
  keel.page
    .locator('[data-testid^="vault-row-"]')
    .filter({ has: byId(TEST_IDS.activeBadge) })
    .getByTestId(TEST_IDS.vaultName)
    .allInnerTexts();

describe('a paper vault', () => {
  it('is what a new vault is unless the trader says otherwise, with 50 to start', async () => {
    await desk.addPaperVault({ name: PAPER, engine: 'basis' });
    await desk.health(PAPER, 'fresh');
    expect(await desk.row(PAPER).getByTestId(TEST_IDS.vaultType).innerText()).toBe('Paper');
    expect(await desk.units(PAPER, TEST_IDS.balanceUsdc)).toBe(50n * UNIT);
    expect(database.figures(PAPER)).toMatchObject({ totalCollateral: 50n * UNIT });
  });

  it.each([
    ['', 'Enter an amount.'],
    ['fifty', 'Not a number: write it like 1,234.50.'],
    ['1e3', 'Not a number: write it like 1,234.50.'],
    ['0', 'The amount must be above zero.'],
    ['-5', 'The amount must be above zero.'],
    ['1.2345678', 'has at most 6 decimals.'],
  ])('refuses the allocation “%s” in words and creates nothing', async (typed, words) => {
    const before = await namesInOrder();
    await byId(TEST_IDS.addVault).click();
    await byId(TEST_IDS.fieldName).fill('Never');
    await byId(TEST_IDS.fieldAllocation).fill(typed);
    await byId(TEST_IDS.dialogSubmit).click();
    await dialogSays(words);
    expect(await byId(TEST_IDS.fieldAllocation).getAttribute('aria-invalid')).toBe('true');
    await cancel();
    expect(await namesInOrder()).toEqual(before);
  });

  it('takes deposits and gives withdrawals to the unit, and never below zero', async () => {
    await onPage(PAPER, async () => {
      await byId(TEST_IDS.capitalDeposit).click();
      await byId(TEST_IDS.fieldAmount).fill('12.345678');
      await submitAndVerify();
    });
    await cashIs(PAPER, 62_345_678n);

    await onPage(PAPER, async () => {
      await byId(TEST_IDS.capitalWithdraw).click();
      await byId(TEST_IDS.fieldAmount).fill('62.345679');
      await dialogSays('At most 62.345678 USDC may go out now.');
      expect(await byId(TEST_IDS.dialogSubmit).getAttribute('aria-disabled')).toBe('true');
      await byId(TEST_IDS.fieldAmount).fill('2.345678');
      await submitAndVerify();
    });
    await cashIs(PAPER, 60n * UNIT);
  });

  it('is guarded by the engine too: a debit past the window is refused with both numbers', async () => {
    const testId = await desk.row(PAPER).getAttribute('data-testid');
    const answer = await desk.invoke('vault.changePaper', {
      vaultId: testId?.replace('vault-row-', ''),
      change: { kind: 'debit', amount: '60000001' },
    });
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'PAPER_BALANCE_TOO_LOW',
        message: 'amount: 60.000001 is more than the 60.000000 that the vault holds.',
      },
    });
    expect(await desk.units(PAPER, TEST_IDS.balanceUsdc)).toBe(60n * UNIT);
  });

  it('returns to its allocation by a reset, and the ledger keeps every entry', async () => {
    await onPage(PAPER, async () => {
      await desk.choose(TEST_IDS.paperReset);
      await desk.submit();
      const ledger = byId(TEST_IDS.paperLedger);
      await ledger.getByText('Reset', { exact: true }).waitFor();
      const kinds = await ledger.locator('tbody tr td:nth-child(3)').allInnerTexts();
      expect(kinds).toEqual(['Reset', 'Debited', 'Credited', 'Allocated']);
    });
    await cashIs(PAPER, 50n * UNIT);
  });

  it('is seeded with what the live vault holds at that moment', async () => {
    await admin.setFaults({ freezeSlots: true });
    await desk.invoke('vault.syncNow', { vaultId: null });
    await onPage(PAPER, async () => {
      await desk.choose(TEST_IDS.paperSeed);
      const offered = await byId(TEST_IDS.fieldSeedFrom).locator('option').allInnerTexts();
      expect(offered.map((text) => text.split(' · ')[0])).toEqual(['Funding']);
      await desk.submit();
    });
    await eventually('it holds what Funding holds', async () => {
      const usdc = await desk.units('Funding', TEST_IDS.balanceUsdc);
      const deployed = await desk.units('Funding', TEST_IDS.balanceDriftPos);
      return (await desk.units(PAPER, TEST_IDS.balanceUsdc)) === usdc + deployed;
    });
    await admin.setFaults({});
  });
});

describe('an on-chain vault', () => {
  it('is found by scanning its authority; what is there already cannot be ticked', async () => {
    const { authority } = (await admin.status()).starter;
    await byId(TEST_IDS.addVault).click();
    await byId(TEST_IDS.createTypeOnChain).click();
    await byId(TEST_IDS.fieldName).fill(RESERVE);
    await byId(TEST_IDS.fieldEngine).fill('basis');
    await byId(TEST_IDS.fieldAuthority).fill(authority);
    await byId(TEST_IDS.scanAuthority).click();
    const added = byId(`${TEST_IDS.scannedSubAccount}-0`);
    await added.waitFor();
    expect(await added.isDisabled()).toBe(true);
    await byId(`${TEST_IDS.scannedSubAccount}-1`).click();
    await desk.submit();
    await desk.health(RESERVE, 'fresh');
    expect(await desk.units(RESERVE, TEST_IDS.totalCollateral)).toBeGreaterThan(499n * UNIT);
  });

  it('is never there twice: the refusal names the vault that has the sub-account', async () => {
    const { authority } = (await admin.status()).starter;
    const before = await namesInOrder();
    await byId(TEST_IDS.addVault).click();
    await byId(TEST_IDS.createTypeOnChain).click();
    await byId(TEST_IDS.fieldName).fill('Twin');
    await byId(TEST_IDS.fieldAuthority).fill(authority);
    await byId(TEST_IDS.fieldSubAccount).fill('0');
    await byId(TEST_IDS.dialogSubmit).click();
    await dialogSays('is the vault “Funding” already.');
    await cancel();
    expect(await namesInOrder()).toEqual(before);
  });

  it.each([
    ['authority', TEST_IDS.fieldAuthority, 'not-a-key', 'Not a public key'],
    ['sub-account', TEST_IDS.fieldSubAccount, '65536', 'A whole number from 0 to 65,535.'],
  ])(
    'is refused for its %s before anything is asked of the chain',
    async (_, field, typed, words) => {
      await byId(TEST_IDS.addVault).click();
      await byId(TEST_IDS.createTypeOnChain).click();
      await byId(TEST_IDS.fieldName).fill('Never');
      await byId(TEST_IDS.fieldAuthority).fill('7Np41oeYqPefeNQEHSv1UDhYrehxin3NStELsSKCT4K2');
      await byId(field).fill(typed);
      await byId(TEST_IDS.dialogSubmit).click();
      await dialogSays(words);
      await cancel();
    },
  );
});

describe('the desk in order', () => {
  it('moves the active badge: one vault powers an engine', async () => {
    expect(await activeNames()).toEqual([PAPER, 'Funding']);
    await onPage(RESERVE, () => desk.choose(TEST_IDS.activateVault));
    await eventually('the badge has moved', async () => (await activeNames()).includes(RESERVE));
    expect(await activeNames()).toEqual([RESERVE, 'Funding']);
  });

  it('reorders vaults within their engine', async () => {
    expect(await namesInOrder()).toEqual([PAPER, RESERVE, 'Funding', 'Funding on paper']);
    await onPage('Funding on paper', () => desk.choose(TEST_IDS.moveVaultUp));
    await eventually(
      'the order has changed',
      async () => (await namesInOrder())[2] === 'Funding on paper',
    );
    expect(await namesInOrder()).toEqual([PAPER, RESERVE, 'Funding on paper', 'Funding']);
  });

  it('renames a vault', async () => {
    await onPage('Funding on paper', async () => {
      await desk.choose(TEST_IDS.renameVault);
      await byId(TEST_IDS.fieldName).fill('Funding, dry run');
      await desk.submit();
    });
    await desk.row('Funding, dry run').waitFor();
  });

  it('never adds paper and practice money together', async () => {
    await admin.setFaults({ freezeSlots: true });
    await desk.invoke('vault.syncNow', { vaultId: null });
    const sum = async (...vaults: string[]) => {
      const all = await Promise.all(
        vaults.map((name) => desk.units(name, TEST_IDS.totalCollateral)),
      );
      return all.reduce((total, units) => total + units, 0n);
    };
    const equity = async (money: string) =>
      BigInt(
        (await byId(totalsTestId(money))
          .locator('[data-units]')
          .first()
          .getAttribute('data-units')) ?? '',
      );
    // The chain stands still, but the window draws its last figures a moment after the answer.
    await eventually(
      'each total is the sum of its own rows',
      async () =>
        (await equity('paper')) === (await sum(PAPER, 'Funding, dry run')) &&
        (await equity('practice')) === (await sum('Funding', RESERVE)),
    );
    expect(await byId(totalsTestId('live')).count()).toBe(0);
    await admin.setFaults({});
  });

  it('archives a vault and keeps its history; the vault that powers an engine cannot go', async () => {
    await onPage(RESERVE, async () => {
      await desk.choose(TEST_IDS.archiveVault);
      await byId(TEST_IDS.dialogSubmit).click();
      await dialogSays('powers the engine “basis” and cannot be archived');
      await cancel();
    });
    const runs = database.countRuns(PAPER);
    expect(runs).toBeGreaterThan(0);
    await onPage(PAPER, async () => {
      await desk.choose(TEST_IDS.archiveVault);
      await desk.submit();
    });
    await desk.row(PAPER).waitFor({ state: 'detached' });
    expect(database.countRuns(PAPER)).toBeGreaterThanOrEqual(runs);
    expect(database.figures(PAPER)?.totalCollateral).toBeGreaterThan(0n);

    await keel.page.getByRole('radio', { name: /^Archived/ }).click();
    await onPage(PAPER, async () => {
      expect(await byId(TEST_IDS.paperLedger).locator('tbody tr').count()).toBe(5);
    });
  });
});

describe('what outlives the app', () => {
  it('keeps names, order, badge, archive, halts and paper money over a restart', async () => {
    await onPage('Funding', async () => {
      await byId(TEST_IDS.haltTrading).click();
      await byId(TEST_IDS.enableTrading).waitFor();
    });
    const before = {
      names: await namesInOrder(),
      active: await activeNames(),
      cash: await desk.units('Funding, dry run', TEST_IDS.balanceUsdc),
    };
    await keel.close();
    await launch();

    expect({
      names: await namesInOrder(),
      active: await activeNames(),
      cash: await desk.units('Funding, dry run', TEST_IDS.balanceUsdc),
    }).toEqual(before);
    expect(before.names).toEqual([RESERVE, 'Funding, dry run', 'Funding']);
    const trading = desk.row('Funding').getByTestId(TEST_IDS.tradingState);
    expect(await trading.getAttribute('data-allowed')).toBe('false');
    expect(database.haltCode('Funding')).toBe('HALTED_BY_TRADER');
  });

  it('finds the last committed vaults intact after the whole app was killed in its work', async () => {
    const paper = await desk.row('Funding, dry run').getAttribute('data-testid');
    const vaultId = paper?.replace('vault-row-', '');
    const cash = await desk.units('Funding, dry run', TEST_IDS.balanceUsdc);
    // Answers of the killed app never come.
    const credit = { kind: 'credit', amount: '1' };
    for (let i = 0; i < 200; i += 1) {
      void desk.invoke('vault.changePaper', { vaultId, change: credit }).catch(() => undefined);
    }
    await eventually('some of the work is committed', () => committed() > cash);
    await killAll();
    expect(database.integrity()).toBe('ok');
    const last = committed();
    expect(last).toBeLessThanOrEqual(cash + 200n);
    const funding = database.figures('Funding');
    expect(funding?.totalCollateral).toBeGreaterThan(0n);

    await launch();
    await desk.health('Funding, dry run', 'fresh');
    expect(await desk.units('Funding, dry run', TEST_IDS.balanceUsdc)).toBeGreaterThanOrEqual(last);
    expect(committed()).toBe(await desk.units('Funding, dry run', TEST_IDS.balanceUsdc));
    expect(database.figures('Funding')?.slot).toBeGreaterThanOrEqual(funding?.slot ?? 0n);
    expect(database.haltCode('Funding')).toBe('HALTED_BY_TRADER');
  });
});

const committed = (): bigint => database.figures('Funding, dry run')?.usdc ?? 0n;

/** Every process of the app at once, without notice. */
async function killAll(): Promise<void> {
  const pids = await keel.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with another one.
    }
  }
  await keel.kill();
}
