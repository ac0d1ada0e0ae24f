import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import type { SignerView } from '#domain/signer-window.ts';
import { unixMs } from '#domain/units.ts';
import { phrasePlaceTestId, SIGNER_TEST_IDS } from '#renderer/signer-window/signer-test-ids.ts';
import { SignerWindow } from '#renderer/signer-window/signer-window.tsx';
import { createFakeSigner, type FakeSigner } from '#test/support/signer-preview/fake-signer.ts';
import {
  OTHER,
  PASSPHRASE_WRONG,
  SIGNER_STORIES,
  signerStory,
  TRADER,
  WITHDRAWAL,
  WORDS,
  type SignerStory,
} from '#test/support/signer-preview/signer-stories.ts';

const NOW = 1_780_000_000_000;
const IDS = SIGNER_TEST_IDS;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function open(view: SignerView | SignerStory): FakeSigner {
  const fake = createFakeSigner(typeof view === 'string' ? signerStory(view, NOW) : view);
  render(<SignerWindow api={fake.api} />);
  return fake;
}

const byId = <Kind extends HTMLElement = HTMLElement>(id: string) => screen.getByTestId<Kind>(id);
const input = (id: string) => byId<HTMLInputElement>(id);
const type = (id: string, value: string) => fireEvent.change(byId(id), { target: { value } });
const click = (id: string) => fireEvent.click(byId(id));
const pass = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });
const show = (fake: FakeSigner, view: SignerView) => act(() => fake.show(view));
/** Enter in a field: what a browser does, which jsdom leaves out. */
const submit = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);

describe('secrets in the signer’s window', () => {
  it('sends a passphrase as bytes, empties the field and overwrites what it handed over', () => {
    const fake = open('unlock');
    type(IDS.passphrase, 'correct horse é');
    submit();
    const [sent] = fake.acts;
    expect(sent?.kind === 'passphrase' && text(sent.passphrase)).toBe('correct horse é');
    expect(input(IDS.passphrase).value).toBe('');
    const [own] = fake.handedOver;
    expect(own?.kind === 'passphrase' && [...own.passphrase].every((byte) => byte === 0)).toBe(
      true,
    );
  });

  it('overwrites the bytes even where the port fails', () => {
    const kept: Uint8Array[] = [];
    const failing = {
      onView: createFakeSigner(signerStory('unlock', NOW)).api.onView,
      send: (sent: unknown) => {
        kept.push((sent as { passphrase: Uint8Array }).passphrase);
        throw new Error('port closed');
      },
    };
    const noise = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const seen = (event: ErrorEvent) => event.preventDefault();
    window.addEventListener('error', seen);
    render(<SignerWindow api={failing} />);
    type(IDS.passphrase, 'correct horse');
    submit();
    window.removeEventListener('error', seen);
    noise.mockRestore();
    expect(kept).toHaveLength(1);
    expect([...(kept[0] ?? [1])].every((byte) => byte === 0)).toBe(true);
  });

  it.each(SIGNER_STORIES)(
    'keeps %s out of the title and away from completion and spelling',
    (story) => {
      const before = document.title;
      open(story);
      for (const field of document.querySelectorAll<HTMLInputElement>(
        'input[type=password], input[type=text], textarea',
      )) {
        expect(field.getAttribute('autocomplete')).toBe('off');
        expect(field.getAttribute('spellcheck')).toBe('false');
      }
      expect(document.querySelectorAll('[style]')).toHaveLength(0);
      expect(document.title).toBe(before);
    },
  );

  it('masks a pasted key until it is revealed', () => {
    open('import');
    expect(byId(IDS.importText).className).toContain('masked');
    click(IDS.reveal);
    expect(byId(IDS.importText).className).not.toContain('masked');
  });

  it('forgets what was revealed and typed when the screen changes', () => {
    const fake = open('unlock');
    type(IDS.passphrase, 'correct horse');
    click(IDS.reveal);
    expect(input(IDS.passphrase).type).toBe('text');
    show(fake, signerStory('export', NOW));
    expect(input(IDS.passphrase).type).toBe('password');
    expect(input(IDS.passphrase).value).toBe('');
  });

  it('never writes a typed secret into the page', () => {
    open('import');
    type(IDS.importText, WORDS.join(' '));
    type(IDS.phrasePassword, 'canary-twenty-five');
    const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].map(({ value }) => value),
    );
    expect(attributes.join(' ')).not.toMatch(/ripple|canary/);
    expect(byId(IDS.importForm).textContent).not.toContain('ripple');
    expect(byId(IDS.importForm).textContent).toContain('seed phrase of 24 words');
  });

  it('offers no way to copy a new phrase', () => {
    open('new-phrase');
    expect(screen.getAllByTestId(IDS.phraseWord).map((word) => word.textContent)).toEqual(WORDS);
    expect(fireEvent.copy(screen.getAllByTestId(IDS.phraseWord)[0] as HTMLElement)).toBe(false);
    expect(screen.queryByText(/copy/i)).toBeNull();
  });
});

describe('unlocking', () => {
  it('says why it is asked and counts down to the next attempt', () => {
    const fake = open('unlock-slowed');
    expect(screen.getByText(/waits for a signature/)).toBeTruthy();
    expect(byId(IDS.countdown).textContent).toContain('8 s');
    type(IDS.passphrase, 'correct horse');
    submit();
    expect(fake.acts).toEqual([]);
    pass(7_500);
    expect(screen.queryByTestId(IDS.countdown)).toBeNull();
    submit();
    expect(fake.acts).toHaveLength(1);
  });

  it('sends nothing twice while the signer has not answered', () => {
    const fake = open('unlock');
    type(IDS.passphrase, 'correct horse');
    submit();
    type(IDS.passphrase, 'correct horse');
    submit();
    expect(fake.acts).toHaveLength(1);
    show(fake, { screen: signerStory('unlock', NOW).screen, error: PASSPHRASE_WRONG });
    expect(input(IDS.passphrase).getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(input(IDS.passphrase));
    expect(screen.getByText(/Caps Lock/)).toBeTruthy();
    submit();
    expect(fake.acts).toHaveLength(2);
  });
});

describe('choosing a passphrase', () => {
  it('asks for enough characters and for the same twice', () => {
    const fake = open('choose-passphrase');
    type(IDS.passphrase, 'short');
    submit();
    expect(screen.getByText(/needs at least 10 characters/)).toBeTruthy();
    type(IDS.passphrase, 'ripple cactus velvet anchor mimic orbit');
    type(IDS.passphraseAgain, 'ripple cactus velvet anchor mimic orbits');
    expect(byId(IDS.strength).textContent).toContain('strong');
    submit();
    expect(screen.getByText(/do not agree/)).toBeTruthy();
    expect(fake.acts).toEqual([]);
    type(IDS.passphraseAgain, 'ripple cactus velvet anchor mimic orbit');
    click(IDS.secondWrap);
    submit();
    const [sent] = fake.acts;
    expect(sent).toMatchObject({ kind: 'new-passphrase', current: null, secondWrap: true });
    expect(sent?.kind === 'new-passphrase' && text(sent.passphrase)).toContain('mimic orbit');
    expect(input(IDS.passphraseAgain).value).toBe('');
  });

  it('says why the secret store cannot be used', () => {
    open('choose-passphrase-no-wrap');
    expect(input(IDS.secondWrap).disabled).toBe(true);
    expect(screen.getByText(/basic_text/)).toBeTruthy();
  });

  it('changes it with the current one, and shows a wrong one at its field', () => {
    const fake = open('change-passphrase');
    type(IDS.currentPassphrase, 'the old one');
    type(IDS.passphrase, 'ripple cactus velvet');
    type(IDS.passphraseAgain, 'ripple cactus velvet');
    submit();
    const [sent] = fake.acts;
    expect(sent?.kind === 'new-passphrase' && text(sent.current ?? new Uint8Array())).toBe(
      'the old one',
    );
    show(fake, signerStory('change-wrong', NOW));
    expect(input(IDS.currentPassphrase).getAttribute('aria-invalid')).toBe('true');
    expect(input(IDS.passphrase).getAttribute('aria-invalid')).toBeNull();
  });
});

describe('keys coming in and going out', () => {
  it('sends the words asked for, in that order, lower case', () => {
    const fake = open('check-phrase');
    type(phrasePlaceTestId(4), ' Anchor ');
    type(phrasePlaceTestId(11), 'fabric');
    submit();
    expect(fake.acts).toEqual([]);
    expect(document.activeElement).toBe(byId(phrasePlaceTestId(23)));
    type(phrasePlaceTestId(23), 'humble');
    submit();
    const [sent] = fake.acts;
    expect(sent?.kind === 'phrase-checked' && text(sent.words)).toBe('anchor fabric humble');
  });

  it('imports a text with its 25th word, or asks for a file', () => {
    const fake = open('import');
    submit();
    expect(screen.getByText(/Paste or type a key/)).toBeTruthy();
    click(IDS.importFile);
    type(IDS.importText, WORDS.slice(0, 12).join(' '));
    type(IDS.phrasePassword, 'extra');
    submit();
    const [file, sent] = fake.acts;
    expect(file).toEqual({ kind: 'import-file' });
    expect(sent?.kind === 'import-text' && text(sent.phrasePassword)).toBe('extra');
    expect(sent?.kind === 'import-text' && text(sent.text)).toBe(WORDS.slice(0, 12).join(' '));
    expect(input(IDS.importText).value).toBe('');
  });

  it('takes several addresses, but none that is here already', () => {
    const fake = open('choose-address');
    const boxes = screen.getAllByTestId<HTMLInputElement>(IDS.candidate);
    const there = boxes.find((box) => box.dataset['publicKey'] === OTHER);
    expect(there?.disabled).toBe(true);
    submit();
    expect(fake.acts).toEqual([]);
    for (const box of boxes.slice(0, 2)) fireEvent.click(box);
    submit();
    expect(fake.acts).toEqual([{ kind: 'choose', ids: ['a', 'b'] }]);
  });

  it('names a key and shows its whole address', () => {
    const fake = open('name-key');
    expect(byId(IDS.publicKey).textContent).toBe(TRADER);
    type(IDS.keyName, '  ');
    submit();
    type(IDS.keyName, ' Night desk ');
    submit();
    expect(fake.acts).toEqual([{ kind: 'name', name: 'Night desk' }]);
  });

  it('says what an export is and what a removal leads to', () => {
    open('export');
    expect(screen.getByText(/not encrypted/)).toBeTruthy();
    cleanup();
    open('remove');
    expect(screen.getByText(/Without that phrase or an exported file/)).toBeTruthy();
  });
});

describe('approving a transaction', () => {
  it('shows what the signer read, the warnings, and the node’s word apart from it', () => {
    open('confirm-press');
    expect(byId(IDS.confirmLines).textContent).toContain(OTHER);
    expect(byId(IDS.warning).textContent).toContain('delegate');
    expect(byId(IDS.simulation).textContent).toContain('The signer cannot check it');
    expect(byId(IDS.simulation).textContent).toContain('not known');
    expect(byId(IDS.confirmLines).contains(byId(IDS.simulation))).toBe(false);
  });

  it('has the focus on Decline and is deaf at first', () => {
    const fake = open('confirm-press');
    expect(document.activeElement).toBe(byId(IDS.cancel));
    pass(600);
    click(IDS.proceed);
    expect(fake.acts).toEqual([]);
    pass(100);
    click(IDS.proceed);
    expect(fake.acts).toEqual([{ kind: 'confirm', typed: null }]);
  });

  it('is not approved by Enter, nor by a key that is held down', () => {
    const fake = open('confirm-type');
    pass(1_000);
    type(IDS.typedAmount, '1500');
    fireEvent.keyDown(byId(IDS.typedAmount), { key: 'Enter' });
    submit();
    expect(fireEvent.keyDown(byId(IDS.proceed), { key: 'Enter', repeat: true })).toBe(false);
    expect(fake.acts).toEqual([]);
    expect(document.querySelector('button[type=submit]')).toBeNull();
  });

  it.each(['', '1499', '1500.01', '15000', 'all'])('refuses “%s” as the amount', (typed) => {
    const fake = open('confirm-type');
    pass(1_000);
    type(IDS.typedAmount, typed);
    click(IDS.proceed);
    expect(fake.acts).toEqual([]);
    expect(byId(IDS.typedAmount).getAttribute('aria-invalid')).toBe('true');
  });

  it.each([
    ['1500', '1500'],
    [' 1,500.00 ', '1,500.00'],
  ])('sends “%s” as it was typed', (typed, sent) => {
    const fake = open('confirm-type');
    pass(1_000);
    type(IDS.typedAmount, typed);
    click(IDS.proceed);
    expect(fake.acts).toEqual([{ kind: 'confirm', typed: sent }]);
  });

  it('is deaf anew where the same operation comes with another line', () => {
    const fake = open('confirm-press');
    pass(1_000);
    const story = signerStory('confirm-press', NOW).screen;
    if (story.kind !== 'confirm') throw new Error('Another story');
    const { confirmation } = story;
    const lines = confirmation.lines.map((line, at) => (at === 1 ? { ...line, value: 'X' } : line));
    show(fake, {
      screen: { kind: 'confirm', confirmation: { ...confirmation, lines } },
      error: null,
    });
    click(IDS.proceed);
    expect(fake.acts).toEqual([]);
  });

  it('begins anew for the next transaction', () => {
    const fake = open('confirm-type');
    pass(1_000);
    type(IDS.typedAmount, '1500');
    const next = { ...WITHDRAWAL, operationId: WITHDRAWAL.operationId.replace('0b', '1c') };
    show(fake, {
      screen: { kind: 'confirm', confirmation: next as typeof WITHDRAWAL },
      error: null,
    });
    expect(input(IDS.typedAmount).value).toBe('');
    expect(document.activeElement).toBe(byId(IDS.cancel));
    click(IDS.proceed);
    expect(fake.acts).toEqual([]);
  });

  it('is declined by Escape', () => {
    const fake = open('confirm-type');
    fireEvent.keyDown(byId(IDS.typedAmount), { key: 'Escape' });
    expect(fake.acts).toEqual([{ kind: 'decline' }]);
  });
});

describe('the window as a whole', () => {
  it('shows nothing of a view that it cannot read', () => {
    const fake = open('unlock');
    act(() => fake.showRaw({ screen: { kind: 'confirm', confirmation: null }, error: null }));
    expect(byId(IDS.window).dataset['screen']).toBe('unreadable');
    expect(screen.queryByTestId(IDS.proceed)).toBeNull();
    show(fake, signerStory('unlock', NOW));
    expect(byId(IDS.window).dataset['screen']).toBe('unlock');
  });

  it('does not leave by Escape while it works', () => {
    const fake = open('working');
    fireEvent.keyDown(byId(IDS.window), { key: 'Escape' });
    expect(fake.acts).toEqual([]);
    expect(screen.getByRole('progressbar')).toBeTruthy();
  });

  it('shows an error at the end of a task once, with its advice', () => {
    open('done-badly');
    expect(byId(IDS.error).textContent).toContain('last bytes are missing');
    expect(screen.getAllByText(/Put a copy of the key file back/)).toHaveLength(1);
    expect(document.querySelector('.done-well')).toBeNull();
  });

  it('shows an error that belongs to no field by itself', () => {
    const error = keelError('SIGNER_REFUSED', 'stop', 'The fee is too high.', 'Lower it.');
    open({ screen: signerStory('confirm-press', NOW).screen, error });
    expect(byId(IDS.error).textContent).toContain('The fee is too high. Lower it.');
  });

  it('keeps a time that has passed from blocking', () => {
    open({
      screen: { kind: 'unlock', reason: 'Why.', nextAttemptAtMs: unixMs(NOW - 1) },
      error: null,
    });
    expect(screen.queryByTestId(IDS.countdown)).toBeNull();
  });

  it.each(SIGNER_STORIES)('is accessible: %s', async (story) => {
    vi.useRealTimers();
    open(story);
    const results = await axe.run(document.body, {
      // Colours and sizes need a layout that jsdom has not; page-has-heading and title belong to the page.
      rules: {
        'color-contrast': { enabled: false },
        'target-size': { enabled: false },
        'page-has-heading-one': { enabled: false },
      },
    });
    expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
