import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';
import { answerBox, boxesShown } from '#test/support/message-box.ts';

const PAPER = 'Funding on paper';

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

interface Answer<Value> {
  readonly ok: boolean;
  readonly value: Value;
}

async function invoke<Value>(channel: string, request: unknown): Promise<Value> {
  const answer = (await desk.invoke(channel, request)) as Answer<Value>;
  if (!answer.ok) throw new Error(`${channel}: ${JSON.stringify(answer)}`);
  return answer.value;
}

interface Desk {
  readonly views: readonly { readonly vault: { readonly id: string; readonly name: string } }[];
}

const vaultNames = async () =>
  (await invoke<Desk>('desk.load', {})).views.map(({ vault }) => vault.name);

async function vaultId(name: string): Promise<string> {
  const { views } = await invoke<Desk>('desk.load', {});
  const found = views.find(({ vault }) => vault.name === name);
  if (found === undefined) throw new Error(`No vault ${name}`);
  return found.vault.id;
}

/** Stands in for the message box outside the window; it shows what was asked. */

const enginePid = () =>
  keel.app.evaluate(
    ({ app }) =>
      app
        .getAppMetrics()
        .find(({ name, serviceName }) => [name, serviceName].includes('Keel engine'))?.pid,
  );

const crashFile = () => join(profile.folder, 'crash-point.json');

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({
    userDataDir: profile.folder,
    env: { KEEL_CRASH_FILE: crashFile() },
  });
  desk = driveDesk(keel.page);
  await desk.ready();
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

describe('a backup of the database', () => {
  it('is made while Keel runs, and is restored with the engine stopped', async () => {
    const { backup } = await invoke<{ backup: { name: string; damage: string | null } }>(
      'backup.make',
      {},
    );
    expect(backup.damage).toBeNull();
    const listed = await invoke<{ folder: string; backups: { name: string }[] }>('backup.list', {});
    expect(listed.backups.map(({ name }) => name)).toContain(backup.name);
    expect(existsSync(join(listed.folder, backup.name))).toBe(true);

    await invoke('vault.rename', { vaultId: await vaultId(PAPER), name: 'Renamed later' });
    const before = await enginePid();
    await answerBox(keel, 0);
    expect(await desk.invoke('backup.restore', { name: backup.name })).toMatchObject({
      ok: false,
      error: { code: 'APPROVAL_DECLINED' },
    });
    expect(await boxesShown(keel)).toEqual([expect.stringContaining(backup.name)]);
    expect(await enginePid()).toBe(before);
    await answerBox(keel, 1);
    const { setAside } = await invoke<{ setAside: string }>('backup.restore', {
      name: backup.name,
    });
    expect(existsSync(setAside)).toBe(true);
    await eventually('the desk stands as it was', async () => {
      const answer = (await desk.invoke('desk.load', {})) as Answer<Desk>;
      return answer.ok && (await vaultNames()).includes(PAPER);
    });
    expect(await vaultNames()).not.toContain('Renamed later');
    expect(await enginePid()).not.toBe(before);
    await desk.row(PAPER).locator('[data-health="fresh"]').waitFor({ timeout: 60_000 });
  });

  it('leaves everything as it was where there is none of that name', async () => {
    const names = await vaultNames();
    await answerBox(keel, 1);
    expect(await desk.invoke('backup.restore', { name: 'keel-nowhere.db' })).toMatchObject({
      ok: false,
      error: { code: 'BACKUP_UNUSABLE' },
    });
    expect(await boxesShown(keel)).toHaveLength(0);
    await eventually('the engine runs again', async () => {
      const answer = (await desk.invoke('backup.list', {})) as Answer<unknown>;
      return answer.ok;
    });
    expect(await vaultNames()).toEqual(names);
  });
});

describe('the crash seam', () => {
  it('kills the engine at the named point, and the operation ends all the same', async () => {
    const paper = await vaultId(PAPER);
    const before = await enginePid();
    writeFileSync(crashFile(), JSON.stringify({ point: 'after-commit:submitted' }));
    const { operationId } = await invoke<{ operationId: string }>('capital.request', {
      kind: 'deposit',
      vaultId: paper,
      marketIndex: 0,
      amount: '7000000',
    });
    await eventually('another engine runs', async () => {
      const now = await enginePid();
      return now !== undefined && now !== before;
    });
    await eventually('the operation is verified', async () => {
      const answer = (await desk.invoke('capital.loadOperations', {
        vaultId: paper,
        limit: 10,
        before: null,
      })) as Answer<{ operations: { operation: { id: string; state: string } }[] }>;
      if (!answer.ok) return false;
      const found = answer.value.operations.find(({ operation }) => operation.id === operationId);
      return found?.operation.state === 'verified';
    });
    expect(existsSync(crashFile())).toBe(false);
  });
});
