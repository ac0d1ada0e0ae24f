import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

async function launch(): Promise<void> {
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await allFresh();
}

async function allFresh(): Promise<void> {
  for (const name of ['Funding', 'Funding on paper']) {
    await desk.row(name).locator('[data-health="fresh"]').waitFor({ timeout: 60_000 });
  }
}

/** Process id of one of the app's own utility processes. */
async function pidOf(service: string): Promise<number> {
  const pid = await keel.app.evaluate(
    ({ app }, name) =>
      app
        .getAppMetrics()
        .find(({ name: shown, serviceName }) => [shown, serviceName].includes(name))?.pid,
    service,
  );
  if (pid === undefined) throw new Error(`${service} does not run`);
  return pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const engineBanner = () =>
  keel.page.locator(`[data-testid="${TEST_IDS.syncErrorBanner}"][data-alarm="engine"]`);

beforeAll(async () => {
  profile = await createShellProfile();
  await launch();
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

describe('the processes behind the window', () => {
  it('are three: the window never shares a process with engine or practice network', async () => {
    const pids = [await pidOf('Keel engine'), await pidOf('Keel practice network')];
    expect(new Set([...pids, keel.app.process().pid]).size).toBe(3);
  });

  it('says so when the engine is killed, starts it again, and verifies everything anew', async () => {
    const before = await pidOf('Keel engine');
    process.kill(before, 'SIGKILL');
    await engineBanner().waitFor({ timeout: 30_000 });
    await engineBanner().waitFor({ state: 'detached', timeout: 60_000 });
    expect(await pidOf('Keel engine')).not.toBe(before);
    await allFresh();
    expect(await desk.invoke('vault.syncNow', { vaultId: null })).toMatchObject({
      ok: true,
      value: { failed: 0 },
    });
    expect(await desk.invoke('alert.load', { limit: 100, before: null })).toMatchObject({
      ok: true,
      value: {
        alerts: expect.arrayContaining([
          expect.objectContaining({ alert: expect.objectContaining({ kind: 'engine' }) }),
        ]),
      },
    });
  });

  it('starts the practice network again at the same address', async () => {
    const url = await desk.practiceRpcUrl();
    const before = await pidOf('Keel practice network');
    process.kill(before, 'SIGKILL');
    await eventually('the practice network answers again', async () => {
      const answer = (await desk.invoke('practice.load', {})) as { ok: boolean };
      return answer.ok && (await pidOf('Keel practice network')) !== before;
    });
    expect(await desk.practiceRpcUrl()).toBe(url);
    await allFresh();
  });

  it('leaves no process behind when the main process is killed, and opens the same desk again', async () => {
    const children = [await pidOf('Keel engine'), await pidOf('Keel practice network')];
    await keel.kill();
    await eventually('both processes end', () => !children.some(isAlive));
    await launch();
    expect(await keel.page.locator('[data-testid^="vault-row-"]').count()).toBe(2);
  });

  it('quits in order: the engine commits, the practice network saves', async () => {
    await keel.close();
    const log = await profile.log('main');
    const lastStart = log.slice(log.lastIndexOf('runtime appVersion'));
    expect(lastStart).toContain('engine.stopped');
    expect(lastStart.indexOf('name=engine code=0')).toBeGreaterThan(0);
    expect(lastStart.indexOf('name=practice code=0')).toBeGreaterThan(
      lastStart.indexOf('name=engine code=0'),
    );
    expect(lastStart).not.toContain('process.killed');
    await launch();
    expect(await keel.page.locator('[data-testid^="vault-row-"]').count()).toBe(2);
  });
});
