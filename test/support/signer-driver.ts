/**
 * The signer's own window as a trader uses it, in the real app. It is opened through the desk, found among the
 * app's windows by its page, and gone when its work is done: each function finds it anew. Secrets are typed letter by
 * letter and words are read veiled: what drives the browser passes through Keel's main process, which must not hear
 * of them from a test either.
 */
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import type { Address } from '#domain/ids.ts';
import type { SignerScreen } from '#domain/signer-window.ts';
import type { SignerTask } from '#domain/signer-state.ts';
import { SIGNER_TEST_IDS as IDS } from '#renderer/signer-window/signer-test-ids.ts';
import type { DeskDriver } from './desk-driver.ts';

const SOON_MS = 30_000;
const POLL_MS = 100;

type ScreenKind = SignerScreen['kind'];

export interface SignerDriver {
  /** Opens the window for a task, as the desk does. @throws Error when the desk is refused */
  open(task: SignerTask): Promise<Page>;
  /** The window, as soon as it shows one of these screens (any, where none is named). */
  window(...screens: readonly ScreenKind[]): Promise<Page>;
  /** Whether the window is open at this moment. */
  isOpen(): boolean;
  /** Waits until the window has closed. */
  gone(limitMs?: number): Promise<void>;

  /** Imports the key of the practice network's trader: chooses the passphrase, or unlocks with it. */
  importPracticeKey(passphrase: string): Promise<void>;
  /** Imports a seed phrase, a base58 secret or a key file's text. Without `addresses` the first one is taken. */
  importText(text: string, options: ImportOptions): Promise<void>;
  /** Makes a new key, writes its words “down” and checks them. Answers with the words. */
  create(options: Omit<ImportOptions, 'phrasePassword' | 'addresses'>): Promise<readonly string[]>;
  /** Opens the window unless it is there, and unlocks. */
  unlock(passphrase: string): Promise<void>;
  /** One attempt with a passphrase that is wrong; answers with what the field says. */
  unlockWrongly(passphrase: string): Promise<string>;

  /** Waits for the confirmation, types the amount and approves. Answers with what stood in the window. */
  confirmTyped(amount: string): Promise<string>;
  /** Waits for the confirmation and approves it by its button. Answers with what stood in the window. */
  confirmPress(): Promise<string>;
  decline(): Promise<void>;

  /** Writes a key to the file that the native dialog answers with; the test stands in for the dialog. */
  exportKey(publicKey: string, passphrase: string): Promise<void>;
  changePassphrase(current: string, next: string): Promise<void>;
}

export interface ImportOptions {
  readonly passphrase: string;
  readonly networkKind?: 'practice' | 'live';
  /** The “25th word”. */
  readonly phrasePassword?: string;
  /** Public keys to take. */
  readonly addresses?: readonly string[];
  readonly name?: string;
}

interface Answered {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly message: string };
}

export function driveSigner(app: ElectronApplication, desk: DeskDriver): SignerDriver {
  const found = (): Page | undefined =>
    app.windows().find((page) => !page.isClosed() && page.url().includes('signer'));

  const window = async (...screens: readonly ScreenKind[]): Promise<Page> => {
    const until = Date.now() + SOON_MS;
    let shown: string | null = 'no window';
    while (Date.now() < until) {
      const page = found();
      shown = page === undefined ? 'no window' : await screenOf(page);
      if (page !== undefined && (screens.length === 0 || screens.some((kind) => kind === shown))) {
        return page;
      }
      await pause(POLL_MS);
    }
    throw new Error(`The signer's window shows ${shown}, not ${screens.join(' or ')}`);
  };

  const open = async (task: SignerTask): Promise<Page> => {
    const answer = (await desk.invoke('signer.openWindow', { task })) as Answered;
    if (!answer.ok) throw new Error(`signer.openWindow: ${JSON.stringify(answer.error)}`);
    return window();
  };

  const gone = async (limitMs = SOON_MS): Promise<void> => {
    const until = Date.now() + limitMs;
    while (found() !== undefined) {
      if (Date.now() > until) throw new Error(`The signer's window stays open`);
      await pause(POLL_MS);
    }
  };

  /** Closes the last screen. @throws Error where it tells of a failure */
  const finish = async (page: Page): Promise<void> => {
    await failOnError(page, 'done');
    await press(page, IDS.proceed);
    await gone();
  };

  /** Goes on from screen to screen until the task is done; `answers` says what to do on each. */
  const walk = async (answers: Partial<Record<ScreenKind, (page: Page) => Promise<void>>>) => {
    const until = Date.now() + SOON_MS * 3;
    while (Date.now() < until) {
      const page = found();
      const shown = page === undefined ? null : await screenOf(page);
      if (page === undefined) return;
      if (shown === 'done') return finish(page);
      const answer = answers[shown as ScreenKind];
      if (answer !== undefined) {
        await answer(page);
        await leaves(page, shown as ScreenKind);
      } else await pause(POLL_MS);
    }
    throw new Error(`The signer's window does not come to an end`);
  };

  const protect = (passphrase: string) => ({
    'choose-passphrase': async (page: Page) => {
      await typeSecret(page, IDS.passphrase, passphrase);
      await typeSecret(page, IDS.passphraseAgain, passphrase);
      await press(page, IDS.proceed);
    },
    unlock: (page: Page) => sendPassphrase(page, passphrase),
  });
  const name = (as: string | undefined) => async (page: Page) => {
    if (as !== undefined) await byId(page, IDS.keyName).fill(as);
    await press(page, IDS.proceed);
  };
  const approve = async (amount: string | null): Promise<string> => {
    const page = await window('confirm');
    const text = await byId(page, IDS.window).innerText();
    if (amount !== null) await byId(page, IDS.typedAmount).fill(amount);
    await press(page, IDS.proceed);
    await leaves(page, 'confirm');
    return text;
  };

  return {
    open,
    window,
    isOpen: () => found() !== undefined,
    gone,
    importPracticeKey: async (passphrase) => {
      await open({ kind: 'import-practice-key' });
      await walk({
        ...protect(passphrase),
        'name-key': name(undefined),
        'choose-address': takeFirst,
      });
    },
    importText: async (text, options) => {
      await open({ kind: 'import', networkKind: options.networkKind ?? 'practice' });
      await walk({
        ...protect(options.passphrase),
        import: async (page) => {
          await typeSecret(page, IDS.importText, text);
          if (options.phrasePassword !== undefined) {
            await typeSecret(page, IDS.phrasePassword, options.phrasePassword);
          }
          await press(page, IDS.proceed);
        },
        'choose-address': (page) => takeAddresses(page, options.addresses),
        'name-key': name(options.name),
      });
    },
    create: async (options) => {
      let words: readonly string[] = [];
      await open({ kind: 'create', networkKind: options.networkKind ?? 'practice' });
      await walk({
        ...protect(options.passphrase),
        'new-phrase': async (page) => {
          words = await readVeiled(byId(page, IDS.phraseWord));
          await press(page, IDS.proceed);
        },
        'check-phrase': (page) => typeWords(page, words),
        'name-key': name(options.name),
      });
      return words;
    },
    unlock: async (passphrase) => {
      if (found() === undefined) await open({ kind: 'unlock' });
      const page = await window('unlock');
      await sendPassphrase(page, passphrase);
      await leaves(page, 'unlock');
      await leaves(page, 'working');
      if (page.isClosed()) return;
      await failOnError(page, 'unlock');
      if ((await screenOf(page)) === 'done') await finish(page);
    },
    unlockWrongly: async (passphrase) => {
      if (found() === undefined) await open({ kind: 'unlock' });
      const page = await window('unlock');
      await sendPassphrase(page, passphrase);
      const wrong = page.locator(`[data-testid="${IDS.passphrase}"][aria-invalid="true"]`);
      await wrong.waitFor({ timeout: SOON_MS });
      return page.locator('.field-error').innerText();
    },
    confirmTyped: approve,
    confirmPress: () => approve(null),
    decline: async () => {
      const page = await window('confirm');
      await press(page, IDS.cancel);
      await leaves(page, 'confirm');
    },
    exportKey: async (publicKey, passphrase) => {
      await open({ kind: 'export', publicKey: publicKey as Address });
      await walk({ export: (page) => sendPassphrase(page, passphrase) });
    },
    changePassphrase: async (current, next) => {
      await open({ kind: 'change-passphrase' });
      await walk({
        ...protect(current),
        'change-passphrase': async (page) => {
          await typeSecret(page, IDS.currentPassphrase, current);
          await typeSecret(page, IDS.passphrase, next);
          await typeSecret(page, IDS.passphraseAgain, next);
          await press(page, IDS.proceed);
        },
      });
    },
  };
}

const byId = (page: Page, testId: string): Locator => page.getByTestId(testId);

/** The press may close the window before the driver has heard that it was done. */
async function press(page: Page, testId: string): Promise<void> {
  await byId(page, testId)
    .click()
    .catch((cause: unknown) => {
      if (!page.isClosed()) throw cause;
    });
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The kind of screen, `waiting` before the first; null while the page loads or has just gone. */
async function screenOf(page: Page): Promise<string | null> {
  try {
    return await byId(page, IDS.window).getAttribute('data-screen', { timeout: 1_000 });
  } catch {
    return null;
  }
}

/** Waits until the window shows another screen, an error, or nothing any more. */
async function leaves(page: Page, screen: ScreenKind): Promise<void> {
  const until = Date.now() + SOON_MS;
  while (Date.now() < until && !page.isClosed()) {
    const shown = await screenOf(page);
    if (shown !== screen && shown !== null) return;
    if (shown === screen) await failOnError(page, screen);
    await pause(POLL_MS);
  }
  if (!page.isClosed()) throw new Error(`The signer's window stays at ${screen}`);
}

/** While the button is busy the error in view is that of the act before. */
async function failOnError(page: Page, screen: ScreenKind): Promise<void> {
  const idle = `[data-screen="${screen}"]:not(:has([aria-busy="true"]))`;
  const wrong = page.locator(`${idle} :is(.field-error, .callout-bad)`);
  const texts = await wrong.allInnerTexts().catch(() => []);
  if (texts.length > 0) throw new Error(`The signer's window, ${screen}: ${texts.join(' ')}`);
}

async function sendPassphrase(page: Page, passphrase: string): Promise<void> {
  await typeSecret(page, IDS.passphrase, passphrase);
  await press(page, IDS.proceed);
}

async function typeSecret(page: Page, testId: string, secret: string): Promise<void> {
  const field = byId(page, testId);
  await field.fill('');
  await field.pressSequentially(secret);
}

const VEIL = 0x5a;

/** The letters leave the page as other ones. */
async function readVeiled(words: Locator): Promise<readonly string[]> {
  const veiled = await words.evaluateAll(
    (elements, veil) =>
      elements.map((element) =>
        Array.from(element.textContent, (letter: string) => letter.charCodeAt(0) ^ veil),
      ),
    VEIL,
  );
  return veiled.map((letters) => String.fromCharCode(...letters.map((code) => code ^ VEIL)));
}

async function takeFirst(page: Page): Promise<void> {
  const boxes = byId(page, IDS.candidate).and(page.locator(':enabled'));
  await boxes.first().check();
  await press(page, IDS.proceed);
}

async function takeAddresses(page: Page, addresses: readonly string[] | undefined): Promise<void> {
  if (addresses === undefined) return takeFirst(page);
  for (const address of addresses) await page.locator(`[data-public-key="${address}"]`).check();
  await press(page, IDS.proceed);
}

async function typeWords(page: Page, words: readonly string[]): Promise<void> {
  const fields = page.locator('[data-testid^="signer-phrase-place-"]');
  for (const field of await fields.all()) {
    const place = Number((await field.getAttribute('data-testid'))?.split('-').at(-1));
    await field.pressSequentially(words[place - 1] ?? '');
  }
  await press(page, IDS.proceed);
}
