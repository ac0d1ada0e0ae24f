/** M4 at the desk: one key stops everything that has not left, and loses sight of nothing that has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveCapital, type CapitalDriver } from '#test/support/capital-driver.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import {
  createDefaultProfile,
  eventually,
  type ShellProfile,
} from '#test/support/shell-profile.ts';
import { driveSigner, type SignerDriver } from '#test/support/signer-driver.ts';
import { vaultDatabase } from '#test/support/vault-database.ts';

const PASSPHRASE = 'ripple cactus velvet anchor';
const VAULT = 'Funding';
const HALT_KEYS = 'Control+Shift+H';
const LIMIT_MS = 90_000;
/** Long enough to halt and look, well within the life of a transaction. */
const LATE_SLOTS = 30;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let capital: CapitalDriver;
let signer: SignerDriver;
let admin: PracticeAdmin;

async function launch(): Promise<void> {
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  capital = driveCapital(desk);
  signer = driveSigner(keel.app, desk);
  await desk.ready();
  await desk.health(VAULT, 'fresh', 60_000);
  admin = createAdminClient(await desk.practiceRpcUrl());
}

beforeAll(async () => {
  profile = await createDefaultProfile();
  await launch();
  const { starter } = await admin.status();
  await admin.airdrop({ address: starter.authority, lamports: 10_000_000_000n });
  await signer.importPracticeKey(PASSPHRASE);
  await capital.lockStatus('unlocked');
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);
const banner = () => byId(TEST_IDS.haltAllBanner);

async function haltByKey(): Promise<void> {
  await keel.page.keyboard.press(HALT_KEYS);
  await keel.page
    .locator(`[data-testid="${TEST_IDS.haltAllBanner}"][data-reached="true"]`)
    .waitFor();
}

async function liftByDialog(): Promise<void> {
  await byId(TEST_IDS.liftHaltAll).click();
  await byId(TEST_IDS.dialog).filter({ hasText: 'No vault starts to trade by it' }).waitFor();
  await byId(TEST_IDS.confirmLiftHaltAll).click();
  await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
  await banner().waitFor({ state: 'detached' });
}

/** Transactions that any node of the practice network was sent. */
async function sentSoFar(): Promise<number> {
  const both = await Promise.all([admin.stats({ node: 'a' }), admin.stats({ node: 'b' })]);
  return both.reduce((sum, { perMethod }) => sum + (perMethod['sendTransaction'] ?? 0), 0);
}

interface RpcReply {
  readonly result: readonly { readonly signature: string }[];
}

/** Signatures of everything on the ledger that names the practice trader. */
async function onLedger(): Promise<readonly string[]> {
  const { starter } = await admin.status();
  const response = await fetch(await desk.practiceRpcUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'getSignaturesForAddress',
      params: [starter.authority, { commitment: 'confirmed' }],
    }),
  });
  const { result } = (await response.json()) as RpcReply;
  return result.map(({ signature }) => signature);
}

const tradingIs = (allowed: boolean, limitMs = 30_000) =>
  desk
    .row(VAULT)
    .locator(`[data-testid="${TEST_IDS.tradingState}"][data-allowed="${allowed}"]`)
    .waitFor({ timeout: limitMs });

describe('while a deposit waits for its confirmation', () => {
  it('the halt ends it as denied: nothing is signed, sent or on the ledger', async () => {
    const [before, sent] = [await onLedger(), await sentSoFar()];
    await capital.deposit({ vault: VAULT, token: 'USDC', amount: '1,000' });
    await capital.waitsFor('confirmation');
    await signer.window('confirm');
    await haltByKey();
    await capital.reaches('denied', LIMIT_MS);
    expect(await capital.signature()).toBeNull();
    expect(await capital.outcome()).toMatch(/halt/i);
    await signer.gone();
    await capital.closeDialog();
    expect(await sentSoFar()).toBe(sent);
    expect(await onLedger()).toEqual(before);
  });

  it('nothing new begins, and every vault is halted', async () => {
    expect(await byId(TEST_IDS.capitalDeposit).getAttribute('aria-disabled')).toBe('true');
    await keel.page.keyboard.press('d');
    await byId(TEST_IDS.toast).filter({ hasText: 'Deposit is not possible now' }).first().waitFor();
    expect(await byId(TEST_IDS.capitalForm).count()).toBe(0);
    await byId(TEST_IDS.navVaults).click();
    await tradingIs(false);
    for (const vault of [VAULT, 'Funding on paper']) {
      expect(vaultDatabase(profile.folder).haltCode(vault)).not.toBeNull();
    }
  });

  it('is lifted in the window, and enables no vault', async () => {
    await liftByDialog();
    await tradingIs(false);
    expect(vaultDatabase(profile.folder).haltCode(VAULT)).not.toBeNull();
  });
});

describe('while a deposit is on its way', () => {
  it('the halt leaves it: it is watched until it is verified', async () => {
    await admin.setFaults({ lateLandingSlots: LATE_SLOTS });
    const before = await onLedger();
    await capital.deposit({ vault: VAULT, token: 'USDC', amount: '75' });
    await capital.reaches('submitted', LIMIT_MS);
    const signature = await capital.signature();
    await haltByKey();
    expect(await capital.state()).toBe('submitted');
    expect(await onLedger()).toEqual(before);
    await capital.reaches('verified', LIMIT_MS);
    expect(await capital.signature()).toBe(signature);
    expect(await onLedger()).toEqual([signature, ...before]);
    await banner().waitFor();
    await capital.closeDialog();
    await admin.setFaults({});
  });

  it('the halt holds over a restart of the app', async () => {
    await keel.close();
    await launch();
    await banner().waitFor();
    await tradingIs(false);
    await desk.open(VAULT);
    expect(await byId(TEST_IDS.capitalDeposit).getAttribute('aria-disabled')).toBe('true');
    expect(await byId(TEST_IDS.haltAll).isDisabled()).toBe(true);
    await desk.back();
  });

  it('is lifted by the dialog, after which a vault can be enabled and money moved', async () => {
    await liftByDialog();
    await signer.unlock(PASSPHRASE);
    await capital.lockStatus('unlocked');
    await desk.open(VAULT);
    await byId(TEST_IDS.enableTrading).click();
    await byId(TEST_IDS.confirmEnableTrading).click();
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    await desk.back();
    await tradingIs(true);
    expect(vaultDatabase(profile.folder).haltCode(VAULT)).toBeNull();
    expect(vaultDatabase(profile.folder).haltCode('Funding on paper')).not.toBeNull();
    await capital.withdraw({ vault: VAULT, token: 'USDC', amount: '25' });
    await capital.reaches('verified', LIMIT_MS);
    await capital.closeDialog();
    await eventually('it is on the ledger', async () => (await onLedger()).length > 1);
  });
});
