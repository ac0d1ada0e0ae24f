/** D2, D6 and links in the real window: files are whole, settings are shown before they count, links only show. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  await start();
  await desk.ready();
  await desk.health('Funding', 'fresh');
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

async function start(args: readonly string[] = []): Promise<void> {
  keel = await launchKeel({ userDataDir: profile.folder, args });
  desk = driveDesk(keel.page);
}

const byId = (testId: string) => keel.page.getByTestId(testId);

/** From now on each question for a file is answered with this one. */
function answerFile(file: string): Promise<void> {
  return keel.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as never;
    dialog.showOpenDialog = (() =>
      Promise.resolve({ canceled: false, filePaths: [filePath] })) as never;
  }, file);
}

interface Loaded {
  readonly value: {
    readonly views: readonly {
      readonly vault: {
        readonly id: string;
        readonly name: string;
        readonly vaultType: string;
        readonly archivedAtMs: number | null;
      };
      readonly state: { readonly verification: { readonly kind: string } };
    }[];
    readonly settings: Record<string, unknown> & { readonly desk: object };
  };
}

const load = async () => ((await desk.invoke('desk.load', {})) as Loaded).value;

async function dataSection(): Promise<void> {
  await byId(TEST_IDS.openSettings).click();
  await byId(TEST_IDS.settingsSections).getByText('Data', { exact: true }).click();
}

describe('an export', () => {
  it.each(['CSV', 'JSON'])('as %s is a whole file, and nothing lies beside it', async (format) => {
    const name = `out.${format.toLowerCase()}`;
    const file = join(profile.folder, 'exports', name);
    await keel.app.evaluate(
      (_, folder) => {
        const { mkdirSync } = process.getBuiltinModule('fs');
        mkdirSync(folder, { recursive: true });
      },
      join(profile.folder, 'exports'),
    );
    await answerFile(file);
    await dataSection();
    await byId(TEST_IDS.dataExport).click();
    await keel.page.getByRole('radio', { name: format }).click();
    await byId(TEST_IDS.dialogSubmit).click();
    await keel.page.locator('[data-state="done"]').filter({ hasText: name }).waitFor();
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('Funding');
    if (format === 'JSON') {
      const { rows } = JSON.parse(text) as { rows: { total_collateral: string }[] };
      expect(rows[0]?.total_collateral).toMatch(/^\d+\.\d{6}$/);
    }
    const left = readdirSync(join(profile.folder, 'exports'));
    expect(left.filter((each) => each.endsWith('.part'))).toEqual([]);
  });

  it('into a folder that is not there fails in words', async () => {
    await answerFile(join(profile.folder, 'gone', 'out.csv'));
    await dataSection();
    await byId(TEST_IDS.dataExport).click();
    await byId(TEST_IDS.dialogSubmit).click();
    const line = keel.page.locator('[data-state="failed"]');
    await line.waitFor();
    expect(await line.textContent()).toContain('the folder is not there');
  });
});

it('shows what a settings file changes, and changes it after that', async () => {
  const file = join(profile.folder, 'settings-export.json');
  await answerFile(file);
  await dataSection();
  await byId(TEST_IDS.settingsExport).click();
  await eventually('the file is there', () => Promise.resolve(existsSync(file)));
  const text = readFileSync(file, 'utf8');
  expect(text).not.toMatch(/https?:|wss?:/);
  const document = JSON.parse(text) as { settings: { theme: string } };
  writeFileSync(
    file,
    JSON.stringify({ ...document, settings: { ...document.settings, theme: 'light' } }),
  );
  await byId(TEST_IDS.settingsImport).click();
  await byId(TEST_IDS.settingChange).waitFor();
  expect((await load()).settings['theme']).not.toBe('light');
  await byId(TEST_IDS.dialogSubmit).click();
  await keel.page.locator('html[data-theme="light"]').waitFor({ state: 'attached' });
});

it('lists the licences of what is in it', async () => {
  const answer = (await desk.invoke('about.loadLicences', {})) as {
    value: { licences: { name: string }[] };
  };
  expect(answer.value.licences.map(({ name }) => name)).toContain('electron');
});

it('zooms the page as the settings say, at once and after a start', async () => {
  const { settings } = await load();
  await desk.invoke('settings.update', {
    ...settings,
    desk: { ...settings.desk, zoomPercent: 125 },
  });
  const factor = () =>
    keel.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
    );
  await eventually('it is larger', async () => Math.abs(((await factor()) ?? 0) - 1.25) < 0.01);
  await keel.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1_000, height: 700 });
  });
  await eventually('its place is kept', () =>
    Promise.resolve(existsSync(join(profile.folder, 'window.json'))),
  );
  await keel.close();
  await start();
  await desk.ready();
  expect(await factor()).toBeCloseTo(1.25);
  const bounds = await keel.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(bounds).toMatchObject({ width: 1_000, height: 700 });
});

describe('a link', () => {
  const follow = (link: string) =>
    keel.app.evaluate(
      ({ app }, text) => void app.emit('second-instance', {}, ['keel', text], '/', null),
      link,
    );

  it('opens the vault that it names, and nothing that it does not', async () => {
    const { views } = await load();
    const vault = views.find(({ vault: { name } }) => name === 'Funding')?.vault;
    await follow(`keel://vault/${vault?.id ?? ''}`);
    await keel.page.locator('main h1', { hasText: 'Funding' }).waitFor({ state: 'attached' });
    await follow('keel://vault/../../etc');
    await byId(TEST_IDS.toast).filter({ hasText: 'link' }).waitFor();
  });

  it('works from the first start', async () => {
    await keel.close();
    await start(['keel://inbox']);
    await byId(TEST_IDS.inbox).waitFor();
  });
});

it('begins the practice network anew: old vaults are archived, a new one is read', async () => {
  const before = await load();
  await dataSection();
  await byId(TEST_IDS.practiceReset).click();
  await byId(TEST_IDS.practiceResetConfirm).click();
  await byId(TEST_IDS.dialogSubmit).click();
  await byId(TEST_IDS.dialog).waitFor({ state: 'detached', timeout: 40_000 });
  const known = new Set(before.views.map(({ vault }) => vault.id));
  await eventually('the new vault is verified', async () => {
    const { views } = await load();
    const fresh = views.find(({ vault }) => !known.has(vault.id));
    return fresh?.state.verification.kind === 'verified';
  });
  const { views } = await load();
  const old = views.filter(({ vault }) => known.has(vault.id));
  for (const { vault } of old) {
    expect(vault.archivedAtMs !== null, vault.name).toBe(vault.vaultType === 'onChain');
  }
  expect(readdirSync(profile.folder).some((name) => name.startsWith('practice.before-'))).toBe(
    true,
  );
});
