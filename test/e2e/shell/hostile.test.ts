/**
 * What a page that somebody has taken over can send, sent through the real bridge of the real app while the keys are
 * open, and from windows that are not Keel's: all of it is refused, and nothing is signed. The practice network's
 * own ledger judges, not Keel.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operationsOnWire, requestAndFollow } from '#test/support/capital-requests.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import {
  createDefaultProfile,
  eventually,
  type ShellProfile,
} from '#test/support/shell-profile.ts';
import { driveSigner, type SignerDriver } from '#test/support/signer-driver.ts';
import { hostileRequests, type HonestDesk } from './hostile-requests.ts';

const PASSPHRASE = 'gravel lantern orbit thimble';
/** A refusal for these reasons would say nothing of the request. */
const OUT_OF_ORDER = ['ENGINE_UNAVAILABLE', 'INTERNAL', 'SIGNER_LOCKED', 'SIGNER_UNAVAILABLE'];
const LARGE = '1500000000';
const SMALL = '20000000';

interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let signer: SignerDriver;
let honest: HonestDesk;
let rpcUrl: string;
/** Refused so far, by name. */
const refused = new Set<string>();

const invoke = (channel: string, request: unknown): Promise<Answer> =>
  desk.invoke(channel, request) as Promise<Answer>;

const deskSchema = z.object({
  views: z.array(z.object({ vault: z.looseObject({ id: z.string(), vaultType: z.string() }) })),
  settings: z.looseObject({ capital: z.record(z.string(), z.unknown()) }),
  signer: z.object({ status: z.string(), keys: z.array(z.unknown()) }),
});

const load = async () => deskSchema.parse((await invoke('desk.load', {})).value);

/** Signatures of everything that the trader's wallet ever signed, by the chain. */
async function signedOnChain(): Promise<readonly string[]> {
  const body = {
    jsonrpc: '2.0',
    id: 1,
    method: 'getSignaturesForAddress',
    params: [honest.authority, { limit: 1_000, commitment: 'confirmed' }],
  };
  const reply = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const listed = z.object({ result: z.array(z.object({ signature: z.string() })) });
  return listed.parse(await reply.json()).result.map(({ signature }) => signature);
}

/** Signatures of Keel's own journal. */
async function signedInJournal(): Promise<readonly string[]> {
  const operations = await operationsOnWire(invoke);
  return operations.flatMap(({ transaction }) => transaction?.signature ?? []);
}

async function windowCount(): Promise<number> {
  return keel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

/** Sends the text as the page would, so that keys like `__proto__` arrive. */
async function send(channel: string, json: string): Promise<Answer | 'rejected'> {
  return keel.page.evaluate(
    async ([name, text]) => {
      const { keel: bridge } = globalThis as unknown as {
        keel: { invoke(channel: string, request: unknown): Promise<unknown> };
      };
      return bridge.invoke(name, JSON.parse(text)).then(
        (answer) => answer as never,
        () => 'rejected' as const,
      );
    },
    [channel, json] as const,
  );
}

/** Runs a page that is not Keel's desk, with everything of Electron that a page can have, and asks from there. */
async function askFromElsewhere(
  url: string,
  partition: string | null,
  asked: readonly (readonly [string, unknown])[],
): Promise<readonly string[]> {
  return keel.app.evaluate(
    async ({ BrowserWindow }, [target, session, requests]) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: {
          nodeIntegration: true,
          contextIsolation: false,
          sandbox: false,
          ...(session === null ? {} : { partition: session }),
        },
      });
      await window.loadURL(target);
      const script = `Promise.all(${JSON.stringify(requests)}.map(([channel, request]) =>
        require('electron').ipcRenderer.invoke(channel, request).then(
          (answer) => answer.ok ? 'answered' : answer.error.code,
          () => 'rejected')))`;
      const answers = (await window.webContents.executeJavaScript(script)) as string[];
      window.destroy();
      return answers;
    },
    [url, partition, asked] as const,
  );
}

beforeAll(async () => {
  profile = await createDefaultProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  signer = driveSigner(keel.app, desk);
  await desk.ready();
  await desk.health('Funding', 'fresh');
  rpcUrl = await desk.practiceRpcUrl();
  await signer.importPracticeKey(PASSPHRASE);
  const { views, settings } = await load();
  const vaultOf = (type: string) => views.find(({ vault }) => vault.vaultType === type)?.vault;
  const onChain = vaultOf('onChain');
  const first = { kind: 'deposit', vaultId: onChain?.id, marketIndex: 0, amount: SMALL };
  await requestAndFollow(invoke, first);
  const [ended] = await operationsOnWire(invoke);
  honest = {
    onChainVault: onChain?.id ?? '',
    paperVault: vaultOf('virtual')?.id ?? '',
    authority: String(onChain?.['authority']),
    endedOperation: ended?.id ?? '',
    settings,
  };
  await keel.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = (() =>
      Promise.resolve({ response: 0, checkboxChecked: false })) as never;
  });
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

describe('while the keys are open, a page that somebody has taken over', () => {
  it('gets nothing signed by any request of another form, of other accounts or of other limits', async () => {
    const before = await load();
    const [onChain, journal] = [await signedOnChain(), await signedInJournal()];
    expect(onChain).toEqual(expect.arrayContaining([...journal]));
    expect(journal).toHaveLength(1);
    const granted: string[] = [];
    for (const { name, channel, json } of hostileRequests(honest)) {
      const answer = await send(channel, json);
      const judged = answer === 'rejected' || !OUT_OF_ORDER.includes(answer.error?.code ?? '');
      if (judged && (answer === 'rejected' || !answer.ok)) refused.add(name);
      else granted.push(`${name}: ${JSON.stringify(answer)}`);
    }
    await eventually('the engine answers', async () => (await invoke('backup.list', {})).ok);
    expect(granted).toEqual([]);
    expect(await signedOnChain()).toEqual(onChain);
    expect(await signedInJournal()).toEqual(journal);
    const after = await load();
    expect(after.settings).toEqual(before.settings);
    expect(after.signer).toMatchObject({ status: 'unlocked', keys: before.signer.keys });
    expect(after.views).toHaveLength(before.views.length);
    expect(await windowCount()).toBe(1);
    const polluted = () => Reflect.get({}, 'polluted') as unknown;
    expect(await keel.app.evaluate(polluted)).toBeUndefined();
  });

  it('reaches no channel beside those of the contract', async () => {
    const names = ['signer.sign', 'signer.review', 'desk.event', '__proto__', 'constructor', ''];
    for (const name of names) {
      expect(await send(name, '{}'), name).toBe('rejected');
      refused.add(`channel “${name}”`);
    }
    const reached = await keel.page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(globalThis, 'keel') as object).toSorted(),
      others: ['require', 'ipcRenderer', 'process', 'electron', 'keelSigner'].filter(
        (name) => Reflect.get(globalThis, name) !== undefined,
      ),
      frozen: (() => {
        try {
          Reflect.set(Reflect.get(globalThis, 'keel') as object, 'invoke', null);
        } catch {
          // A page may try.
        }
        return typeof Reflect.get(Reflect.get(globalThis, 'keel') as object, 'invoke');
      })(),
    }));
    expect(reached).toEqual({ bridge: ['invoke', 'onEvents'], others: [], frozen: 'function' });
  });

  it('gets no bridge into a frame or a window of its own', async () => {
    const frames = await keel.page.evaluate(async () => {
      const found: string[] = [];
      for (const source of ['about:blank', 'data:text/html,x', 'app://keel/signer.html']) {
        const frame = document.createElement('iframe');
        frame.src = source;
        document.body.append(frame);
        await new Promise((resolve) => {
          frame.addEventListener('load', resolve);
          setTimeout(resolve, 1_000);
        });
        try {
          const inner = frame.contentWindow as unknown as { keel?: unknown; keelSigner?: unknown };
          if (inner.keel !== undefined || inner.keelSigner !== undefined) found.push(source);
        } catch {
          // Another origin: it has what the guard gives it, which is nothing.
        }
        frame.remove();
      }
      const opened = ['app://keel/signer.html', 'data:text/html,x'].filter(
        (url) => globalThis.open(url) !== null,
      );
      return { found, opened };
    });
    expect(frames).toEqual({ found: [], opened: [] });
    expect(await windowCount()).toBe(1);
  });

  it('opens one window of the signer, however often it asks', async () => {
    const tasks = Array.from({ length: 40 }, (_, index) => ({
      task:
        index % 2 === 0
          ? { kind: 'change-passphrase' }
          : { kind: 'create', networkKind: 'practice' },
    }));
    const answers = await keel.page.evaluate(async (asked) => {
      const { keel: bridge } = globalThis as unknown as {
        keel: { invoke(channel: string, request: unknown): Promise<{ ok: boolean }> };
      };
      return Promise.all(asked.map((each) => bridge.invoke('signer.openWindow', each)));
    }, tasks);
    expect(await windowCount()).toBe(2);
    // Those for the very task that is open bring its window to the front.
    expect(answers.filter(({ ok }) => !ok)).toHaveLength(20);
    answers.forEach(({ ok }, index) => !ok && refused.add(`flood ${index}`));
    await invoke('signer.lock', {});
    await signer.gone();
    await signer.unlock(PASSPHRASE);
  });
});

describe('from a window that is not the desk', () => {
  it.each([
    ['data:text/html,<p>elsewhere</p>', 'elsewhere'],
    ['app://keel/index.html', null],
  ])('every channel refuses %s', async (url, partition) => {
    const withdrawal = {
      kind: 'withdraw',
      vaultId: honest.onChainVault,
      marketIndex: 0,
      amount: SMALL,
    };
    const asked: readonly (readonly [string, unknown])[] = [
      ['capital.request', withdrawal],
      ['capital.cancel', { operationId: honest.endedOperation }],
      ['desk.load', {}],
      ['signer.openWindow', { task: { kind: 'export', publicKey: honest.authority } }],
      ['signer.lock', {}],
      ['settings.update', honest.settings],
      ['practice.load', {}],
      ['backup.list', {}],
    ];
    const before = await signedOnChain();
    const answers = await askFromElsewhere(url, partition, asked);
    expect(answers).toEqual(asked.map(() => 'SENDER_FORBIDDEN'));
    asked.forEach(([channel]) => refused.add(`${channel} from ${url}`));
    expect(await signedOnChain()).toEqual(before);
    expect((await load()).signer.status).toBe('unlocked');
  });
});

describe("a withdrawal that asks for the trader's word", () => {
  it('is not approved by the desk, nor by another amount, and is not signed', async () => {
    const before = await signedOnChain();
    const withdrawal = {
      kind: 'withdraw',
      vaultId: honest.onChainVault,
      marketIndex: 0,
      amount: LARGE,
    };
    const answer = await invoke('capital.request', withdrawal);
    expect(answer).toMatchObject({ ok: true });
    const { operationId } = answer.value as { readonly operationId: string };
    const page = await signer.window('confirm');
    for (const forged of [
      { kind: 'confirm', typed: null },
      { kind: 'confirm', typed: '' },
      { kind: 'confirm', typed: '1' },
      { kind: 'confirm', typed: '1500', approved: true },
      { kind: 'sign', operationId },
      { kind: 'passphrase', passphrase: 'text' },
    ]) {
      await page.evaluate((act) => {
        const { keelSigner } = globalThis as unknown as {
          keelSigner: { send(act: unknown): void };
        };
        keelSigner.send(act);
      }, forged);
      refused.add(`act ${JSON.stringify(forged)}`);
    }
    for (const task of [{ kind: 'unlock' }, { kind: 'import-practice-key' }]) {
      expect(await invoke('signer.openWindow', { task })).toMatchObject({ ok: false });
      refused.add(`over a confirmation: ${task.kind}`);
    }
    await signer.decline();
    await eventually('the operation is denied', async () => {
      const found = (await operationsOnWire(invoke)).find(({ id }) => id === operationId);
      return found?.state === 'denied';
    });
    expect(await signedOnChain()).toEqual(before);
  });
});

describe('in the end', () => {
  it('more than a hundred hostile messages were refused, and an honest one is still signed', async () => {
    expect(refused.size).toBeGreaterThanOrEqual(100);
    const [onChain, journal] = [await signedOnChain(), await signedInJournal()];
    expect(journal).toHaveLength(1);
    const deposit = {
      kind: 'deposit',
      vaultId: honest.onChainVault,
      marketIndex: 0,
      amount: SMALL,
    };
    await requestAndFollow(invoke, deposit);
    expect(await signedInJournal()).toHaveLength(2);
    expect((await signedOnChain()).length).toBe(onChain.length + 1);
  });
});
