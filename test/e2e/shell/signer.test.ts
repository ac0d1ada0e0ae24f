import { readdir, readFile, readlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';
import { driveSigner, type SignerDriver } from '#test/support/signer-driver.ts';
import { answerBox, boxesShown } from '#test/support/message-box.ts';

const PASSPHRASE = 'correct-horse-battery-staple-0451';
const NODE_PARTS = ['buffer', 'crypto', 'fs', 'module', 'path'].map((name) => `node:${name}`);

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let signer: SignerDriver;

interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

const invoke = (channel: string, request: unknown): Promise<Answer> =>
  desk.invoke(channel, request) as Promise<Answer>;

interface DeskSigner {
  readonly status: string;
  readonly keys: readonly { readonly publicKey: string }[];
  readonly lockCause: string | null;
}

async function signerState(): Promise<DeskSigner> {
  const { value } = await invoke('desk.load', {});
  return (value as { readonly signer: DeskSigner }).signer;
}

const becomes = (status: string) =>
  eventually(`the signer is ${status}`, async () => (await signerState()).status === status);

async function pidOf(service: string): Promise<number | undefined> {
  return keel.app.evaluate(
    ({ app }, name) =>
      app
        .getAppMetrics()
        .find(({ name: shown, serviceName }) => [shown, serviceName].includes(name))?.pid,
    service,
  );
}

/** Sockets of the internet families that the process holds; those to other processes of Keel are not among them. */
async function internetSockets(pid: number): Promise<readonly string[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].map((name) =>
      readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => ''),
    ),
  );
  const inodes = new Set(
    tables.flatMap((table) =>
      table
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/)[9]),
    ),
  );
  const files = await readdir(`/proc/${pid}/fd`);
  const links = await Promise.all(
    files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')),
  );
  return links.filter((link) => inodes.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? 'none'));
}

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  signer = driveSigner(keel.app, desk);
  await desk.ready();
  await becomes('empty');
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

describe('the process of the signer', () => {
  it('is one of its own', async () => {
    const pids = await Promise.all(
      ['Keel signer', 'Keel engine', 'Keel practice network'].map(pidOf),
    );
    expect(pids).not.toContain(undefined);
    expect(new Set([...pids, keel.app.process().pid]).size).toBe(4);
  });

  it.runIf(process.platform === 'linux')(
    'has no socket of the internet, as others do',
    async () => {
      const practice = await pidOf('Keel practice network');
      expect(await internetSockets(practice ?? 0)).not.toEqual([]);
      const own = await pidOf('Keel signer');
      expect(await internetSockets(own ?? 0)).toEqual([]);
    },
  );

  it.runIf(process.platform === 'linux')('is told little of its surroundings', async () => {
    const environment = await readFile(`/proc/${await pidOf('Keel signer')}/environ`, 'utf8');
    expect(environment).not.toContain('DBUS_SESSION_BUS_ADDRESS');
    expect(environment).not.toContain('HOME=');
  });

  it('loads no part of Node that speaks to a network', async () => {
    const bundle = resolve(import.meta.dirname, '../../../dist/main/signer-process.cjs');
    const required = [...(await readFile(bundle, 'utf8')).matchAll(/\brequire\("([^"]+)"\)/g)];
    expect(required.length).toBeGreaterThan(0);
    expect(new Set(required.map(([, name]) => name))).toEqual(new Set(NODE_PARTS));
  });
});

describe("the signer's window", () => {
  it('is hardened, says whose it is, and shares neither session nor bridge with the desk', async () => {
    const page = await signer.open({ kind: 'import-practice-key' });
    const facts = await keel.app.evaluate(({ BrowserWindow, session }) => {
      const own = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().endsWith('/signer.html'),
      );
      const url = own?.webContents.getURL();
      return {
        url,
        title: own?.getTitle(),
        resizable: own?.isResizable(),
        defaultSession: own?.webContents.session === session.defaultSession,
        onDisk: own?.webContents.session.isPersistent(),
      };
    });
    expect(facts).toEqual({
      url: 'app://keel/signer.html',
      title: 'Keel — Signer',
      resizable: false,
      defaultSession: false,
      onDisk: false,
    });
    const bridges = () => ({
      keel: typeof Reflect.get(globalThis, 'keel'),
      keelSigner: typeof Reflect.get(globalThis, 'keelSigner'),
      node: typeof Reflect.get(globalThis, 'process'),
    });
    expect(await page.evaluate(bridges)).toEqual({
      keel: 'undefined',
      keelSigner: 'object',
      node: 'undefined',
    });
    expect(await keel.page.evaluate(bridges)).toEqual({
      keel: 'object',
      keelSigner: 'undefined',
      node: 'undefined',
    });
    const exposed = await page.evaluate(() => Object.keys(Reflect.get(globalThis, 'keelSigner')));
    expect(exposed.toSorted()).toEqual(['onView', 'send']);
  });

  it('reaches no other page, no clipboard and no second window', async () => {
    const page = await signer.window();
    const reached = await page.evaluate(async () => ({
      desk: await fetch('app://keel/index.html').then(
        () => 'reached',
        () => 'refused',
      ),
      clipboard: await navigator.clipboard.readText().then(
        () => 'read',
        () => 'refused',
      ),
      opened: globalThis.open('app://keel/index.html') === null ? 'refused' : 'opened',
    }));
    expect(reached).toEqual({ desk: 'refused', clipboard: 'refused', opened: 'refused' });
  });

  it('does one thing at a time', async () => {
    expect(
      await invoke('signer.openWindow', { task: { kind: 'import-practice-key' } }),
    ).toMatchObject({ ok: true });
    expect(await invoke('signer.openWindow', { task: { kind: 'unlock' } })).toMatchObject({
      ok: false,
      error: { code: 'SIGNER_REFUSED' },
    });
    const count = await keel.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
    );
    expect(count).toBe(2);
  });

  it('closes for good when its page would be left', async () => {
    const page = await signer.window();
    await page.evaluate(() => globalThis.location.reload()).catch(() => undefined);
    await signer.gone();
    expect((await signerState()).status).toBe('empty');
  });

  it('imports the practice key, and the desk hears of the key alone', async () => {
    await signer.importPracticeKey(PASSPHRASE);
    await becomes('unlocked');
    expect((await signerState()).keys).toHaveLength(1);
  });

  it('closes on the lock, and a locked signer is unlocked in it again', async () => {
    const [key] = (await signerState()).keys;
    await signer.open({ kind: 'export', publicKey: key?.publicKey as never });
    expect(await invoke('signer.lock', {})).toMatchObject({ ok: true });
    await signer.gone();
    await becomes('locked');
    expect((await signerState()).lockCause).toBe('request');
    await signer.unlock(PASSPHRASE);
    await becomes('unlocked');
  });

  it.skipIf(process.platform === 'win32')(
    'stays open for the unlock when the signer hears late of the lock before it',
    async () => {
      await signer.open({ kind: 'change-passphrase' });
      await signer.window('change-passphrase');
      const pid = await pidOf('Keel signer');
      if (pid === undefined) throw new Error('No signer runs');
      process.kill(pid, 'SIGSTOP');
      try {
        await invoke('signer.lock', {});
        await signer.gone();
        await signer.open({ kind: 'unlock' });
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      await signer.unlock(PASSPHRASE);
      await becomes('unlocked');
    },
  );

  it.each([
    ['suspend', 'suspend'],
    ['lock-screen', 'screen-lock'],
  ])('locks on %s', async (event, cause) => {
    await keel.app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
    await becomes('locked');
    expect((await signerState()).lockCause).toBe(cause);
    await signer.unlock(PASSPHRASE);
    await becomes('unlocked');
  });

  it('is locked after its process was killed, and nothing is lost', async () => {
    const before = await pidOf('Keel signer');
    process.kill(before ?? 0, 'SIGKILL');
    await eventually('another signer runs', async () => {
      const now = await pidOf('Keel signer');
      return now !== undefined && now !== before;
    });
    await becomes('locked');
    expect((await signerState()).keys).toHaveLength(1);
  });
});

describe('the desk', () => {
  const loosen = async () => {
    const { value } = await invoke('desk.load', {});
    const { settings } = value as { settings: { capital: Record<string, unknown> } };
    return { ...settings, capital: { ...settings.capital, confirmFrom: '999000000' } };
  };

  it('loosens no limit without the word of the trader, given outside of it', async () => {
    await answerBox(keel, 0);
    expect(await invoke('settings.update', await loosen())).toMatchObject({
      ok: false,
      error: { code: 'SETTINGS_INVALID' },
    });
    const asked = await boxesShown(keel);
    expect(asked).toEqual([expect.stringContaining('100.00 USD → 999.00 USD')]);
    await answerBox(keel, 1);
    const loosened = await invoke('settings.update', await loosen());
    expect(loosened).toMatchObject({ ok: true, value: { capital: { confirmFrom: '999000000' } } });
  });

  it('opens no explorer for the practice network', async () => {
    const request = { network: 'practice', signature: '5'.repeat(88) };
    expect(await invoke('shell.openExplorer', request)).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID' },
    });
  });

  it('left nothing of the passphrase in any log', async () => {
    const folder = resolve(profile.folder, 'logs');
    for (const file of await readdir(folder)) {
      expect(await readFile(resolve(folder, file), 'utf8')).not.toContain(PASSPHRASE);
    }
    expect(keel.output()).not.toContain(PASSPHRASE);
  });
});
