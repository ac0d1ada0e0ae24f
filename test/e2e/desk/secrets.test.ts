/**
 * No secret in any log, error, event, message, database, file or memory that has no business with it (K2). Canaries
 * are planted through the signer's own window, everything is done with them that Keel can do, and then all of it is
 * searched for them in every form; in the end the search itself is put to the test.
 */
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { appProcesses, heapOf, type AppProcesses } from '#test/support/app-processes.ts';
import {
  needlesOfText,
  searchFor,
  toldOf,
  type Needle,
  type Search,
} from '#test/support/canaries.ts';
import { requestAndFollow } from '#test/support/capital-requests.ts';
import { recordDeskEvents, type DeskEvents } from '#test/support/desk-events.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { allScreens, exportAll, failedScreen } from '#test/support/desk-surfaces.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { recordIpc, type IpcRecord } from '#test/support/ipc-record.ts';
import {
  needlesOfKeyPhrase,
  plantSecret,
  twelveWords,
  unguessable,
} from '#test/support/planted-keys.ts';
import { memoryHiddenBecause, readMemory } from '#test/support/process-memory.ts';
import {
  createDefaultProfile,
  eventually,
  type ShellProfile,
} from '#test/support/shell-profile.ts';
import { driveSigner, type SignerDriver } from '#test/support/signer-driver.ts';

const PASSPHRASE = unguessable('quagga');
const NEXT_PASSPHRASE = unguessable('okapi');
const MISTYPED = unguessable('numbat');
const WORD_25 = unguessable('tapir');
const TOKEN = unguessable('axolotl');
const SHOWN_WORDS = 'created phrase: words';
const secret = plantSecret('imported secret');
const words = twelveWords();
const needles: Needle[] = [
  ...needlesOfText('passphrase', PASSPHRASE),
  ...needlesOfText('next passphrase', NEXT_PASSPHRASE),
  ...needlesOfText('mistyped passphrase', MISTYPED),
  ...needlesOfText('25th word', WORD_25),
  ...secret.needles,
  ...needlesOfKeyPhrase('imported phrase', words, WORD_25),
];
/** Of an endpoint's address: no secret to the desk that it is typed into, and to the engine that asks there. */
const searchToken = searchFor(needlesOfText('endpoint token', TOKEN));

let profile: ShellProfile;
let outside: string;
let keel: LaunchedKeel;
let desk: DeskDriver;
let signer: SignerDriver;
let ipc: IpcRecord;
let events: DeskEvents;
/** What was found in the memory of the signer that did everything, once it was locked; null: it is hidden. */
let leftInSigner: readonly string[] | null = null;
const answers: string[] = [];
/** Pages of the desk, and what it put on the clipboard. */
const shown: string[] = [];
let exported: readonly string[] = [];

let prepared = { count: 0, look: searchFor(needles) };
function look(bytes: Uint8Array): ReadonlySet<Needle> {
  if (prepared.count !== needles.length) {
    prepared = { count: needles.length, look: searchFor(needles) };
  }
  return prepared.look(bytes);
}
const search = (text: string): readonly string[] => toldOf(look(Buffer.from(text)));

async function invoke(channel: string, request: unknown): Promise<{ readonly ok: boolean }> {
  const answer = (await desk.invoke(channel, request)) as { readonly ok: boolean };
  answers.push(JSON.stringify(answer));
  return answer;
}

const becomes = (status: string) =>
  eventually(`the signer is ${status}`, async () => {
    const answer = (await invoke('desk.load', {})) as {
      readonly value?: { readonly signer: { readonly status: string } };
    };
    return answer.value?.signer.status === status;
  });

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files in which something was found, with what. */
async function searchFiles(
  folder: string,
  lookAt: Search = look,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const file of await filesBelow(folder)) {
    // A running app replaces files: what has just gone is no file of the profile any more.
    const told = toldOf(lookAt(await readFile(file).catch(() => Buffer.alloc(0))));
    if (told.length > 0) found[relative(folder, file)] = told;
  }
  return found;
}

async function searchMemory(...pids: readonly number[]): Promise<readonly string[]> {
  const found = new Set<Needle>();
  for (const pid of pids) {
    let bytes = 0;
    for await (const piece of readMemory(pid)) {
      bytes += piece.length;
      for (const needle of look(piece)) found.add(needle);
    }
    expect(bytes, `memory of ${pid}`).toBeGreaterThan(1_000_000);
  }
  return toldOf(found);
}

async function firstHidden(pids: readonly number[]): Promise<string | null> {
  const reasons = await Promise.all(pids.map(memoryHiddenBecause));
  return reasons.find((reason) => reason !== null) ?? null;
}

async function processes(): Promise<AppProcesses> {
  const running = await appProcesses(keel.app);
  if (running === null) throw new Error('Not all processes of Keel are running');
  return running;
}

/** Looks again until nothing but what is named is left: memory is collected when the signer gets to it. */
async function leftAfterLock(allowed: readonly string[]): Promise<readonly string[]> {
  let left: readonly string[] = [];
  for (let round = 0; round < 10; round += 1) {
    left = await searchMemory((await processes()).signer);
    if (left.every((each) => allowed.includes(each))) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return left;
}

beforeAll(async () => {
  profile = await createDefaultProfile();
  outside = await mkdtemp(join(tmpdir(), 'keel-export-'));
  // So that what is put into a temporary file is found, too.
  const temporary = join(profile.folder, 'temporary');
  await mkdir(temporary);
  keel = await launchKeel({ userDataDir: profile.folder, env: { TMPDIR: temporary } });
  desk = driveDesk(keel.page);
  signer = driveSigner(keel.app, desk);
  await desk.ready();
  await desk.health('Funding', 'fresh');
  ipc = await recordIpc(keel.app);
  events = await recordDeskEvents(keel.page);
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
  if (outside !== undefined) await rm(outside, { recursive: true, force: true });
});

describe('with secrets that are told from everything else, a trader', () => {
  it('creates a key, and imports a secret and a seed phrase with a 25th word', async () => {
    const made = await signer.create({ passphrase: PASSPHRASE, name: 'Made' });
    needles.push(...needlesOfKeyPhrase('created phrase', made));
    await signer.importText(secret.text, { passphrase: PASSPHRASE, name: 'Secret' });
    const phrase = { passphrase: PASSPHRASE, phrasePassword: WORD_25, name: 'Phrase' };
    await signer.importText(words.join(' '), phrase);
    await becomes('unlocked');
  });

  it('mistypes the passphrase, then unlocks', async () => {
    await invoke('signer.lock', {});
    await becomes('locked');
    await signer.unlockWrongly(MISTYPED);
    await signer.unlock(PASSPHRASE);
    await becomes('unlocked');
  });

  it('signs with the imported secret: an account and a deposit', async () => {
    const admin = createAdminClient(await desk.practiceRpcUrl());
    const owner = secret.address;
    await admin.airdrop({ address: owner, lamports: 10_000_000_000n });
    await admin.mintTokens({ owner, token: 'USDC', amount: 500_000_000n });
    const account = { network: 'practice', authority: owner, engine: 'canary', name: 'Canary' };
    const opening = requestAndFollow(invoke, { kind: 'create-sub-account', ...account });
    await signer.confirmPress();
    await opening;
    const { value } = (await desk.invoke('desk.load', {})) as {
      readonly value: { readonly views: { vault: { id: string; name: string } }[] };
    };
    const vaultId = value.views.find(({ vault }) => vault.name === account.name)?.vault.id;
    const deposit = { kind: 'deposit', vaultId, marketIndex: 0, amount: '60000000' };
    await requestAndFollow(invoke, deposit);
  });

  it('exports the key, chooses another passphrase, and locks', async () => {
    await keel.app.evaluate(
      ({ dialog }, filePath) => {
        dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as never;
      },
      join(outside, 'exported.json'),
    );
    await signer.exportKey(secret.address, PASSPHRASE);
    await signer.changePassphrase(PASSPHRASE, NEXT_PASSPHRASE);
    await invoke('signer.lock', {});
    await becomes('locked');
    const hidden = await memoryHiddenBecause((await processes()).signer);
    if (hidden === null) leftInSigner = await leftAfterLock([SHOWN_WORDS]);
  });

  it('wins back a signer that was killed, is refused what is wrong, makes a backup, and locks', async () => {
    const before = await processes();
    process.kill(before.signer, 'SIGKILL');
    await eventually('another signer runs', async () => {
      const now = await appProcesses(keel.app);
      return now !== null && now.signer !== before.signer;
    });
    await becomes('locked');
    await signer.unlock(NEXT_PASSPHRASE);
    await becomes('unlocked');
    await invoke('signer.renameKey', { publicKey: secret.address, name: ' ' });
    await invoke('signer.removeWatchOnly', { publicKey: secret.address });
    expect(await invoke('backup.make', {})).toMatchObject({ ok: true });
    await invoke('signer.lock', {});
    await becomes('locked');
    await signer.gone();
  });

  it('tries an endpoint whose address holds a token, mistypes one, and saves the list', async () => {
    const network = 'mainnet';
    const typed = { kind: 'new', label: 'Own node', webSocketUrl: null } as const;
    const endpoint = { ...typed, httpUrl: `http://127.0.0.1:1/${TOKEN}` };
    expect(await invoke('network.testEndpoint', { network, endpoint })).toMatchObject({
      value: { test: { usable: false } },
    });
    const wrong = { ...typed, httpUrl: `ftp://127.0.0.1/${TOKEN}` };
    await invoke('network.testEndpoint', { network, endpoint: wrong });
    await invoke('network.saveEndpoints', { network, endpoints: [wrong] });
    expect(await invoke('network.saveEndpoints', { network, endpoints: [endpoint] })).toMatchObject(
      { value: { endpoints: [{ label: 'Own node', holdsToken: true }] } },
    );
    await invoke('network.loadEndpoints', { network });
  });

  it('reads all lists, exports all that can be exported, and looks at every screen', async () => {
    const newest = { upTo: null, offset: 0, limit: 500 };
    const filter = { kinds: [], vaultIds: [], text: '', fromMs: null, toMs: null };
    const feed = await invoke('activity.load', { filter: { ...filter, tones: [] }, ...newest });
    const told = JSON.stringify(feed);
    for (const title of ['Canary', 'Endpoints of', 'Backup made']) expect(told).toContain(title);
    await invoke('about.loadLicences', {});
    await invoke('shell.copyDiagnostics', {});
    exported = await exportAll({ app: keel.app, invoke, events }, outside);
    shown.push(...(await allScreens(desk)));
    const failure = await failedScreen(keel.app, desk);
    expect(failure.copied).toContain('screen design failed');
    shown.push(failure.shown, failure.copied);
  });
});

describe('afterwards no secret is', () => {
  it('in any file of the profile', async () => {
    const names = (await filesBelow(profile.folder)).map((file) => relative(profile.folder, file));
    for (const expected of [/keystore\.json$/, /\.db$/, /main\.log$/, /engine\.log$/, /backups/]) {
      expect(
        names.filter((name) => expected.test(name)),
        String(expected),
      ).not.toEqual([]);
    }
    expect(await searchFiles(profile.folder)).toEqual({});
  });

  it('outside of it but in the file that the trader asked for', async () => {
    for (const name of exported) {
      const { size } = await stat(join(outside, name));
      expect(size, name).toBeGreaterThan(10);
    }
    expect(await searchFiles(outside)).toEqual({
      'exported.json': ['imported secret: list of numbers'],
    });
  });

  it('in what the app printed, in an event, an answer or an error of the desk', async () => {
    expect((await events.all()).length).toBeGreaterThan(20);
    expect(search(JSON.stringify(await events.all()))).toEqual([]);
    expect(answers.filter((answer) => answer.includes('"ok":false'))).not.toEqual([]);
    expect(search(answers.join('\n'))).toEqual([]);
    expect(search(keel.output())).toEqual([]);
  });

  it('on a screen, in what a failed one tells of itself, or on the clipboard', () => {
    expect(shown.length).toBeGreaterThan(15);
    expect(search(shown.join('\n'))).toEqual([]);
  });

  it('in a message between the desk, main, the engine and the signer', async () => {
    const routes = await ipc.routes();
    expect(Object.keys(routes).toSorted()).toEqual(['answer', 'ask', 'message', 'post', 'send']);
    expect(Math.min(...Object.values(routes))).toBeGreaterThan(10);
    expect(search((await ipc.all()).join('\n'))).toEqual([]);
  });

  it("in a process that shows a page: the signer's own has ended", async () => {
    const desks = await keel.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getOSProcessId()),
    );
    expect(desks).toHaveLength(1);
    await eventually('one page is left', async () => (await processes()).pages.length === 1);
    expect((await processes()).pages).toEqual(desks);
  });

  it.for(['main', 'engine', 'practice', 'pages', 'others', 'signer'] as const)(
    'in the memory of %s',
    async (part, { skip }) => {
      const pids = [(await processes())[part]].flat();
      const hidden = await firstHidden(pids);
      if (hidden !== null) skip(hidden);
      if (part === 'signer') expect(await leftAfterLock([])).toEqual([]);
      else expect(await searchMemory(...pids)).toEqual([]);
    },
  );

  it('in the memory of the signer that did it all, but for the words that it had to show', ({
    skip,
  }) => {
    if (leftInSigner === null) return skip('the system hides it');
    expect(leftInSigner.filter((each) => each !== SHOWN_WORDS)).toEqual([]);
  });

  it('in the heap of the desk', async () => {
    const heap = await heapOf(keel.page);
    expect(heap).toContain('Funding');
    expect(search(heap)).toEqual([]);
  });
});

describe('an endpoint’s token is', () => {
  const found = (text: string) => toldOf(searchToken(Buffer.from(text)));

  it('in the settings alone of all files', async () => {
    expect(await searchFiles(profile.folder, searchToken)).toEqual({
      'settings.json': ['endpoint token: text'],
    });
    expect(await searchFiles(outside, searchToken)).toEqual({});
  });

  it('nowhere that the desk shows, tells or answers, once it was typed', async () => {
    expect(found(shown.join('\n'))).toEqual([]);
    expect(found(answers.join('\n'))).toEqual([]);
    expect(found(JSON.stringify(await events.all()))).toEqual([]);
    expect(found(keel.output())).toEqual([]);
  });

  it('on the way to main and to the engine, and never on one back', async () => {
    const messages = await ipc.all();
    const holds = messages.filter((message) => found(message).length > 0);
    const routes = holds.map((message) => message.slice(0, message.indexOf(' ')));
    expect([...new Set(routes)].toSorted()).toEqual(['ask', 'post']);
  });
});

describe('the search finds', () => {
  it('a secret in a file, in whatever form', async () => {
    const file = join(profile.folder, 'planted');
    const [first, second, third] = words;
    const forms: readonly (readonly [string, string | Buffer])[] = [
      ['25th word: text', `{"note":"${WORD_25}"}`],
      ['25th word: text in UTF-16', Buffer.from(`..${WORD_25}`, 'utf16le')],
      ['25th word: base64', Buffer.from(`?${WORD_25}`).toString('base64')],
      ['25th word: hex', Buffer.from(WORD_25).toString('hex')],
      ['25th word: list of numbers', JSON.stringify(Buffer.from(WORD_25))],
      ['imported phrase: words', JSON.stringify([first, second, third])],
      ['imported secret, text: text', secret.text.slice(40)],
    ];
    for (const [form, content] of forms) {
      await writeFile(file, content);
      expect((await searchFiles(profile.folder))['planted'], form).toContain(form);
    }
    await rm(file);
  });

  it('one in a line of the log, in a message, in the heap and in the memory of the desk', async () => {
    await appendFile(join(profile.folder, 'logs', 'main.log'), `planted ${NEXT_PASSPHRASE}\n`);
    await keel.page.evaluate((canary) => {
      Reflect.set(globalThis, 'kept', { canary });
      const element = document.createElement('p');
      element.textContent = canary;
      document.body.append(element);
    }, NEXT_PASSPHRASE);
    await invoke('vault.rename', { vaultId: 'none', name: NEXT_PASSPHRASE });
    const told = 'next passphrase: text';
    const logs = await searchFiles(join(profile.folder, 'logs'));
    expect(logs['main.log']).toContain(told);
    expect(search((await ipc.all()).join('\n'))).toContain(told);
    expect(search(await heapOf(keel.page))).toContain(told);
    const { pages, main } = await processes();
    for (const pid of [main, ...pages]) {
      if ((await memoryHiddenBecause(pid)) === null)
        expect(await searchMemory(pid)).toContain(told);
    }
  });
});
