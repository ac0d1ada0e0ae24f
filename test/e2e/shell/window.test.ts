import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { CONTENT_SECURITY_POLICY } from '#main/app/app-files.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, readTestRuntime, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder, env: { KEEL_STATUS_LINES: '1' } });
  desk = driveDesk(keel.page);
  await desk.ready();
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

describe('the first window', () => {
  it('lives already: a vault on the practice network and a paper vault, both verified', async () => {
    for (const name of ['Funding', 'Funding on paper']) {
      await desk.row(name).locator('[data-health="fresh"]').waitFor();
    }
    expect(await desk.row('Funding').getByTestId(TEST_IDS.activeBadge).count()).toBe(1);
    expect(await desk.row('Funding on paper').getByTestId(TEST_IDS.balanceUsdc).innerText()).toBe(
      '50.00',
    );
    expect(await keel.page.getByTestId(TEST_IDS.syncErrorBanner).count()).toBe(0);
  });

  it('names the runtime, and an unofficial one locks live networks', async () => {
    const footer = await keel.page.getByTestId(TEST_IDS.footerRuntime).innerText();
    expect(footer).toContain(readTestRuntime().electronVersion);
    if (readTestRuntime().official) return;
    expect(footer).toContain('unofficial');
    const answer = await desk.invoke('vault.addOnChain', {
      name: 'Live',
      engine: 'funding',
      network: 'mainnet',
      authority: '7Np41oeYqPefeNQEHSv1UDhYrehxin3NStELsSKCT4K2',
      subAccountId: 0,
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'NETWORK_LOCKED' } });
  });

  it('has no menu of Electron’s own, whose keys would zoom and reload beside the desk’s', async () => {
    const menu = await keel.app.evaluate(({ Menu }) => Menu.getApplicationMenu() !== null);
    expect(menu).toBe(process.platform === 'darwin');
    const zoom = () =>
      keel.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.webContents.getZoomFactor()),
      );
    await keel.page.keyboard.press('Control+=');
    // One step of the desk's own, and not two of different sizes on top of each other.
    await eventually('one step of zoom', async () => (await zoom()).every((each) => each === 1.1));
    await keel.page.keyboard.press('Control+0');
    await eventually('no zoom', async () => (await zoom()).every((each) => each === 1));
  });

  it('prints a status line per vault', async () => {
    await eventually('a line for each vault', () => {
      const lines = keel.output().split('\n');
      return (
        // Without its key it is only watched.
        lines.some((line) =>
          /Funding {2}fresh .*USDC [\d,.]+ .*slot \d+ {2}trading off/.test(line),
        ) &&
        lines.some((line) => /Funding on paper {2}fresh {2}USDC 50\.00 .* {2}trading on/.test(line))
      );
    });
  });
});

describe('the hardened window', () => {
  it('is sandboxed, isolated and without Node', async () => {
    const preferences = await keel.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    const seen = await keel.page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
      keel: Object.keys((globalThis as unknown as { keel: object }).keel).sort(),
      origin: location.href,
    }));
    expect(seen).toEqual({
      node: [],
      keel: ['invoke', 'onEvents'],
      origin: 'app://keel/index.html',
    });
  });

  it('serves its page under the policy, and no file beside it', async () => {
    const answers = await keel.app.evaluate(async ({ session }) => {
      const ask = async (url: string) => {
        const response = await session.defaultSession.fetch(url);
        return { status: response.status, policy: response.headers.get('content-security-policy') };
      };
      return {
        page: await ask('app://keel/index.html'),
        outside: await Promise.all(
          [
            'app://keel/..%2f..%2fpackage.json',
            'app://keel/%2e%2e/%2e%2e/package.json',
            'app://keel/..%5c..%5cpackage.json',
            'app://keel/assets/..%2f..%2fmain/main.cjs',
            'app://keel/nothing-here.js',
          ].map(ask),
        ),
      };
    });
    expect(answers.page).toEqual({ status: 200, policy: CONTENT_SECURITY_POLICY });
    expect(answers.outside.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });

  it('runs no inline script, fetches nothing and frames nothing', async () => {
    const result = await keel.page.evaluate(async () => {
      const blocked: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        blocked.push(event.effectiveDirective),
      );
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.body.append(script);
      const frame = document.createElement('iframe');
      frame.src = 'https://keel.example/';
      document.body.append(frame);
      const fetched = await fetch('https://keel.example/').then(
        () => 'fetched',
        () => 'refused',
      );
      await new Promise((resolve) => setTimeout(resolve, 200));
      script.remove();
      frame.remove();
      return { blocked, fetched, injected: 'injected' in globalThis };
    });
    expect(result.injected).toBe(false);
    expect(result.fetched).toBe('refused');
    expect(result.blocked).toEqual(
      expect.arrayContaining(['script-src-elem', 'frame-src', 'connect-src']),
    );
  });

  it('neither navigates nor opens windows nor hosts a webview', async () => {
    const opened = await keel.page.evaluate(() => window.open('https://keel.example/') === null);
    expect(opened).toBe(true);
    await keel.page.evaluate(() => {
      location.href = 'https://keel.example/';
    });
    await keel.page.evaluate(() => document.body.append(document.createElement('webview')));
    await eventually('both refusals in the log', async () => {
      const log = await profile.log('main');
      return log.includes('what=new-window') && log.includes('what=navigation');
    });
    expect(keel.page.url()).toBe('app://keel/index.html');
    expect(
      await keel.app.evaluate(({ webContents }) => webContents.getAllWebContents().length),
    ).toBe(1);
  });

  it('gets no permission but copying', async () => {
    const answers = await keel.page.evaluate(async () => {
      const outcome = (asked: Promise<unknown>) =>
        asked.then(
          () => 'granted',
          () => 'denied',
        );
      return {
        notification: await Notification.requestPermission(),
        camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
        position: await outcome(
          new Promise((resolve, reject) =>
            navigator.geolocation.getCurrentPosition(resolve, reject),
          ),
        ),
        reading: (await navigator.permissions.query({ name: 'clipboard-read' as PermissionName }))
          .state,
        copying: (await navigator.permissions.query({ name: 'clipboard-write' as PermissionName }))
          .state,
      };
    });
    expect(answers).toEqual({
      notification: 'denied',
      camera: 'denied',
      position: 'denied',
      reading: 'denied',
      copying: 'granted',
    });
  });
});

describe('the bridge', () => {
  it('knows the channels of the contract and no other', async () => {
    await expect(desk.invoke('vault.drain', {})).rejects.toThrow('no channel');
  });

  it('refuses malformed requests in words', async () => {
    expect(await desk.invoke('vault.rename', { vaultId: 'x', name: '' })).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID', remedy: 'fix-input' },
    });
    expect(await desk.invoke('settings.update', { theme: 'pink' })).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID' },
    });
  });

  it('answers nobody but the window and its own page', async () => {
    const answer = await keel.app.evaluate(async ({ BrowserWindow, app }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/dist/main/preload.cjs`, sandbox: true },
      });
      await stranger.loadURL('app://keel/index.html');
      const asked: unknown = await stranger.webContents.executeJavaScript(
        "keel.invoke('desk.load', {})",
      );
      stranger.destroy();
      return asked;
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'SENDER_FORBIDDEN' } });
    expect(await profile.log('main')).toContain('request.forbidden');
  });

  it('answers no other page in its own window', async () => {
    const answer = await keel.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      await contents?.loadURL('about:blank');
      return (await contents?.executeJavaScript("keel.invoke('desk.load', {})")) as unknown;
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'SENDER_FORBIDDEN' } });
    await keel.app.evaluate(async ({ BrowserWindow }) => {
      await BrowserWindow.getAllWindows()[0]?.webContents.loadURL('app://keel/index.html');
    });
    await desk.ready();
  });

  it('takes settings, tells the window, and keeps them', async () => {
    const loaded = (await desk.invoke('desk.load', {})) as {
      value: { settings: { theme: string; notifications: boolean; sync: object } };
    };
    const settings = { ...loaded.value.settings, theme: 'dark' };
    expect(await desk.invoke('settings.update', settings)).toEqual({ ok: true, value: settings });
    await keel.page.locator('html[data-theme="dark"]').waitFor();
    const again = (await desk.invoke('desk.load', {})) as typeof loaded;
    expect(again.value.settings.theme).toBe('dark');
  });
});
