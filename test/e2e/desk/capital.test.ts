/**
 * Capital in and out in the real app, with the real signer and its window (C1–C9, K1, K4): each operation verified,
 * and one taken up again after the whole app was killed between its sending and its landing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATION_STEPS } from '#domain/capital-operation.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { driveCapital, type CapitalDriver } from '#test/support/capital-driver.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createDefaultProfile, type ShellProfile } from '#test/support/shell-profile.ts';
import { driveSigner, type SignerDriver } from '#test/support/signer-driver.ts';

const PASSPHRASE = 'ripple cactus velvet anchor';
const VAULT = 'Funding';
const SECOND = 'Second';
const LIMIT_MS = 60_000;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let capital: CapitalDriver;
let signer: SignerDriver;
let admin: PracticeAdmin;

async function start(): Promise<void> {
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  capital = driveCapital(desk);
  signer = driveSigner(keel.app, desk);
  await desk.ready();
  await desk.health(VAULT, 'fresh');
  admin = createAdminClient(await desk.practiceRpcUrl());
}

beforeAll(async () => {
  profile = await createDefaultProfile();
  await start();
  const { starter } = await admin.status();
  await admin.airdrop({ address: starter.authority, lamports: 10_000_000_000n });
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

async function verified(): Promise<string | null> {
  await capital.reaches('verified', LIMIT_MS);
  const signature = await capital.signature();
  await capital.closeDialog();
  return signature;
}

describe('a trader with a new key', () => {
  it('imports the practice key, and the desk is told that it is open', async () => {
    await capital.lockStatus('empty');
    await signer.importPracticeKey(PASSPHRASE);
    await capital.lockStatus('unlocked');
    expect(signer.isOpen()).toBe(false);
  });

  it('makes a key, checks its words, and imports it once more from them', async () => {
    const words = await signer.create({ passphrase: PASSPHRASE, name: 'From paper' });
    expect(words).toHaveLength(24);
    // With another passphrase of the phrase it is another key.
    const again = { passphrase: PASSPHRASE, phrasePassword: 'extra', name: 'Another' };
    await signer.importText(words.join(' '), again);
    const { value } = (await desk.invoke('desk.load', {})) as {
      readonly value: { readonly signer: { readonly keys: readonly { readonly name: string }[] } };
    };
    expect(value.signer.keys.map(({ name }) => name)).toEqual([
      'Practice trader',
      'From paper',
      'Another',
    ]);
    expect(JSON.stringify(value)).not.toContain(words.slice(0, 3).join(' '));
  });

  it('unlocks again, and is told of a wrong passphrase at its field', async () => {
    await capital.pressLock();
    await capital.lockStatus('locked');
    expect(await signer.unlockWrongly('not the passphrase')).toContain('not the passphrase');
    await signer.unlock(PASSPHRASE);
    await capital.lockStatus('unlocked');
  });
});

describe('capital operations', () => {
  it('deposits 1,000 USDC once the amount is typed, step by step, in the words of the signer', async () => {
    await capital.deposit({ vault: VAULT, token: 'USDC', amount: '1,000' });
    await capital.waitsFor('confirmation');
    const told = await signer.confirmTyped('1000');
    expect(told).toContain('Deposit 1,000 USDC');
    expect(told).toContain('1000000000');
    expect(told).toContain('The signer cannot check it');
    await capital.reaches('verified', LIMIT_MS);
    const steps = await capital.steps();
    expect(steps.map(({ step }) => step)).toEqual(OPERATION_STEPS);
    expect(steps.every(({ progress }) => progress === 'done')).toBe(true);
    await capital.closeDialog();
  });

  it('deposits 2 SOL once it is pressed', async () => {
    await capital.deposit({ vault: VAULT, token: 'SOL', amount: '2' });
    await signer.confirmPress();
    expect(await verified()).not.toBeNull();
  });

  it('withdraws below the threshold without a window', async () => {
    await capital.withdraw({ vault: VAULT, token: 'USDC', amount: '25.5' });
    expect(await verified()).not.toBeNull();
    expect(signer.isOpen()).toBe(false);
  });

  it('opens a second sub-account and transfers to it', async () => {
    await capital.createSubAccount({ name: SECOND, engine: 'basis' });
    await signer.confirmPress();
    await verified();
    await capital.transfer({ vault: VAULT, to: SECOND, token: 'USDC', amount: '50' });
    expect(await verified()).not.toBeNull();
  });

  it('signs nothing that the trader declines', async () => {
    await capital.withdraw({ vault: VAULT, token: 'USDC', amount: '1,200' });
    await signer.decline();
    await capital.reaches('denied', LIMIT_MS);
    expect(await capital.signature()).toBeNull();
    await capital.closeDialog();
  });

  it('says what would pass before anything is built', async () => {
    const refusals = await capital.refusals('withdraw', {
      vault: VAULT,
      token: 'USDC',
      amount: '99,999,999',
    });
    expect(refusals.map(({ rule }) => rule)).toContain('withdrawable');
    expect(refusals.map(({ text }) => text).join(' ')).toMatch(/At most [\d.,]+ USDC/);
    await capital.closeDialog();
  });
});

describe('a kill between the sending and the landing', () => {
  it('loses nothing and signs nothing again', async () => {
    await admin.setFaults({ dropSendRate: 1 });
    await capital.deposit({ vault: VAULT, token: 'USDC', amount: '75' });
    await capital.reaches('submitted', LIMIT_MS);
    const signature = await capital.signature();
    expect(signature).not.toBeNull();
    await keel.kill();

    await start();
    await admin.setFaults({});
    await capital.lockStatus('locked');
    const [newest] = await capital.operations();
    expect(newest).toBeDefined();
    await capital.openOperation(newest?.id ?? '');
    await capital.reaches('verified', LIMIT_MS);
    expect(await capital.signature()).toBe(signature);
    expect(signer.isOpen()).toBe(false);
  });
});
