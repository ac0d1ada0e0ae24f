import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { addressOf } from '#main/signer/keys/ed25519.ts';
import { PASSPHRASE, seedNumber, utf8, value } from '#test/support/signer-keys.ts';
import {
  windowBench,
  type TestWindow,
  type WindowBench,
} from '#test/support/signer-window-driver.ts';

const ABANDON = `${'abandon '.repeat(11)}about`;
const NONE = new Uint8Array();
const passphrase = () => utf8(PASSPHRASE);

async function openBench(): Promise<WindowBench> {
  const bench = windowBench();
  value(await bench.session.choosePassphrase(passphrase(), false));
  return bench;
}

async function benchWithKey() {
  const bench = await openBench();
  const plain = { name: 'One', networkKind: 'practice', derivationPath: null } as const;
  const key = value(bench.session.addKeypair({ ...plain, seed: seedNumber(1) }));
  return { ...bench, key, open: bench.open, bench };
}

async function nameIt(window: TestWindow, name: string): Promise<void> {
  await window.on('name-key');
  window.act({ kind: 'name', name });
}

describe('creating a key', () => {
  it('chooses a passphrase first, shows the phrase, checks three words, and asks for a name', async () => {
    const bench = windowBench();
    const window = bench.open({ kind: 'create', networkKind: 'practice' });
    const first = await window.on('choose-passphrase');
    expect(first).toMatchObject({ minLength: 12, secondWrap: { available: true } });
    window.act({
      kind: 'new-passphrase',
      current: null,
      passphrase: utf8('weak'),
      secondWrap: false,
    });
    await window.on('choose-passphrase');
    expect(window.view.error?.code).toBe('PASSPHRASE_WEAK');
    const typed = passphrase();
    window.act({ kind: 'new-passphrase', current: null, passphrase: typed, secondWrap: false });
    const { words, publicKey } = await window.on('new-phrase');
    expect(typed.every((byte) => byte === 0)).toBe(true);
    expect(words).toHaveLength(24);
    window.act({ kind: 'phrase-noted' });
    await window.on('check-phrase');
    window.act({ kind: 'back' });
    expect((await window.on('new-phrase')).words).toEqual(words);
    window.act({ kind: 'phrase-noted' });
    const { positions } = await window.on('check-phrase');
    expect(new Set(positions).size).toBe(3);
    window.act({ kind: 'phrase-checked', words: utf8('zoo zoo zoo zoo') });
    await window.on('check-phrase');
    expect(window.view.error?.code).toBe('KEY_INPUT_INVALID');
    const answer = utf8(positions.map((position) => words[position - 1]).join(' '));
    window.act({ kind: 'phrase-checked', words: answer });
    await nameIt(window, '  Main\u202e ');
    await window.on('name-key');
    expect(window.view.error?.code).toBe('KEY_INPUT_INVALID');
    await nameIt(window, '  Main ');
    await window.on('done');
    expect(bench.session.state.keys).toMatchObject([
      { publicKey, name: 'Main', networkKind: 'practice', derivationPath: "m/44'/501'/0'/0'" },
    ]);
    window.act({ kind: 'close' });
    await window.on('done');
    expect(window.closed).toBe(true);
    expect(bench.told.at(-1)).toBe('done');
  });

  it('of live keys is refused where they are locked, before anything is asked', async () => {
    const bench = windowBench();
    bench.liveLockedBecause = 'This runtime is not official.';
    for (const kind of ['create', 'import'] as const) {
      const window = bench.open({ kind, networkKind: 'live' });
      await window.on('done');
      expect(window.view.error?.message).toBe('This runtime is not official.');
      window.act({ kind: 'close' });
    }
    expect(bench.session.state.status).toBe('empty');
  });

  it('leaves nothing where the window is closed', async () => {
    const bench = await openBench();
    const window = bench.open({ kind: 'create', networkKind: 'practice' });
    await window.on('new-phrase');
    window.vanish();
    await bench.clock.advance(1);
    expect(bench.session.state.keys).toEqual([]);
    expect(bench.open(null).closed).toBe(true);
  });

  it('ends when the keys are locked', async () => {
    const bench = await openBench();
    const window = bench.open({ kind: 'create', networkKind: 'practice' });
    await window.on('new-phrase');
    bench.session.lock('screen-lock');
    bench.host.endAll();
    await bench.clock.advance(1);
    expect(window.closed).toBe(true);
  });
});

describe('importing keys', () => {
  it('previews every path of a phrase, takes the chosen ones, and wipes what was typed', async () => {
    const bench = await openBench();
    const window = bench.open({ kind: 'import', networkKind: 'practice' });
    await window.on('import');
    const text = utf8(ABANDON);
    window.act({ kind: 'import-text', text, phrasePassword: NONE });
    const { candidates } = await window.on('choose-address');
    expect(text.every((byte) => byte === 0)).toBe(true);
    expect(candidates).toHaveLength(13);
    expect(candidates[0]).toMatchObject({
      publicKey: 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk',
      alreadyThere: false,
    });
    window.act({ kind: 'choose', ids: ['0', '99'] });
    await window.on('choose-address');
    expect(window.view.error?.code).toBe('KEY_INPUT_INVALID');
    window.act({ kind: 'choose', ids: ['0', '12'] });
    await nameIt(window, 'First');
    await nameIt(window, 'Second');
    await window.on('done');
    expect(bench.session.state.keys).toMatchObject([
      { name: 'First', derivationPath: "m/44'/501'/0'/0'" },
      { name: 'Second', derivationPath: 'none' },
    ]);
  });

  it('takes a picked file, and says what is wrong with another', async () => {
    const bench = await openBench();
    const window = bench.open({ kind: 'import', networkKind: 'practice' });
    await window.on('import');
    window.act({ kind: 'import-file' });
    await window.on('import');
    expect(window.view.error).toBeNull();
    bench.pick = join(bench.folder, 'missing.json');
    window.act({ kind: 'import-file' });
    await window.on('import');
    expect(window.view.error?.message).toContain('does not exist');
    bench.pick = join(bench.folder, 'large.json');
    writeFileSync(bench.pick, ' '.repeat(5_000));
    window.act({ kind: 'import-file' });
    await window.on('import');
    expect(window.view.error?.message).toContain('too large');
    writeFileSync(bench.pick, base58.encode(seedNumber(5)));
    window.act({ kind: 'import-file' });
    const { candidates } = await window.on('choose-address');
    expect(candidates).toMatchObject([{ publicKey: addressOf(seedNumber(5)) }]);
    window.act({ kind: 'back' });
    await window.on('import');
  });

  it('shows what is there already and does not take it twice', async () => {
    const { bench, key } = await benchWithKey();
    const window = bench.open({ kind: 'import', networkKind: 'live' });
    await window.on('import');
    const text = utf8(base58.encode(seedNumber(1)));
    window.act({ kind: 'import-text', text, phrasePassword: NONE });
    const { candidates } = await window.on('choose-address');
    expect(candidates).toMatchObject([{ publicKey: key.publicKey, alreadyThere: true }]);
    window.act({ kind: 'choose', ids: ['0'] });
    await window.on('choose-address');
    expect(window.view.error?.code).toBe('KEY_INPUT_INVALID');
  });

  it("adds the practice network's key by one press, once", async () => {
    const bench = await openBench();
    const waiting = bench.open({ kind: 'import-practice-key' });
    await waiting.on('done');
    expect(waiting.view.error?.message).toContain('has not started');
    waiting.act({ kind: 'close' });
    bench.practiceKeyFile = join(bench.folder, 'starter-keypair.json');
    value(
      bench.session.change((store) =>
        store.addWatchOnly({
          publicKey: addressOf(seedNumber(4)),
          name: 'Watched',
          networkKind: 'practice',
        }),
      ),
    );
    const secret = base58.encode(seedNumber(4));
    writeFileSync(bench.practiceKeyFile, secret);
    for (const title of ['The key was added', 'The practice key is there already']) {
      const window = bench.open({ kind: 'import-practice-key' });
      expect((await window.on('done')).title).toBe(title);
      window.act({ kind: 'close' });
    }
    expect(bench.session.state.keys).toMatchObject([
      { publicKey: addressOf(seedNumber(4)), kind: 'keypair', networkKind: 'practice' },
    ]);
  });
});

describe('a key that is there', () => {
  it('is exported behind the passphrase, to a new file alone', async () => {
    const { bench, key } = await benchWithKey();
    bench.pick = join(bench.folder, 'export.json');
    const window = bench.open({ kind: 'export', publicKey: key.publicKey });
    await window.on('export');
    window.act({ kind: 'passphrase', passphrase: utf8('not the passphrase') });
    await window.on('export');
    expect(window.view.error?.code).toBe('PASSPHRASE_WRONG');
    expect(existsSync(bench.pick)).toBe(false);
    window.act({ kind: 'passphrase', passphrase: passphrase() });
    await window.on('done');
    expect(bench.told).toContain(`pick export keel-${key.publicKey.slice(0, 8)}.json`);
    expect(JSON.parse(readFileSync(bench.pick, 'utf8'))).toHaveLength(64);
    window.act({ kind: 'close' });
    const again = bench.open({ kind: 'export', publicKey: key.publicKey });
    await again.on('export');
    again.act({ kind: 'passphrase', passphrase: passphrase() });
    await again.on('done');
    expect(again.view.error?.message).toContain('exists already');
  });

  it('is removed behind the passphrase', async () => {
    const { bench, key } = await benchWithKey();
    const window = bench.open({ kind: 'remove', publicKey: key.publicKey });
    await window.on('remove');
    window.act({ kind: 'passphrase', passphrase: utf8('not the passphrase') });
    await window.on('remove');
    expect(bench.session.state.keys).toHaveLength(1);
    window.act({ kind: 'passphrase', passphrase: passphrase() });
    await window.on('done');
    expect(bench.session.state.keys).toEqual([]);
  });

  it('that is none is told', async () => {
    const { bench } = await benchWithKey();
    const window = bench.open({ kind: 'export', publicKey: addressOf(seedNumber(9)) });
    await window.on('done');
    expect(window.view.error?.code).toBe('KEY_NOT_FOUND');
  });
});

describe('the passphrase', () => {
  it('is changed, and the second wrap put on', async () => {
    const { bench } = await benchWithKey();
    const window = bench.open({ kind: 'change-passphrase' });
    await window.on('change-passphrase');
    const act = { kind: 'new-passphrase', secondWrap: false } as const;
    window.act({
      ...act,
      current: utf8('wrong wrong wrong'),
      passphrase: utf8('quite another one'),
    });
    await window.on('change-passphrase');
    expect(window.view.error?.code).toBe('PASSPHRASE_WRONG');
    window.act({ ...act, current: passphrase(), passphrase: utf8('quite another one') });
    await window.on('done');
    window.act({ kind: 'close' });
    const second = bench.open({ kind: 'second-wrap', enable: true });
    await second.on('second-wrap');
    second.act({ kind: 'passphrase', passphrase: utf8('quite another one') });
    await second.on('done');
    expect(bench.session.state.secondWrap).toBe(true);
  });

  it('that was wrong too often is told with when the next one is taken', async () => {
    const { bench } = await benchWithKey();
    bench.session.lock('request');
    const window = bench.open({ kind: 'unlock' });
    for (let count = 0; count < 4; count += 1) {
      await window.on('unlock');
      window.act({ kind: 'passphrase', passphrase: utf8('not the passphrase') });
    }
    const { nextAttemptAtMs } = await window.on('unlock');
    expect(nextAttemptAtMs).toBe(bench.clock.nowMs() + 1_000);
    window.act({ kind: 'passphrase', passphrase: passphrase() });
    await window.on('unlock');
    expect(window.view.error?.code).toBe('UNLOCK_TOO_SOON');
    await bench.clock.advance(1_000);
    window.act({ kind: 'passphrase', passphrase: passphrase() });
    await bench.clock.advance(1);
    expect(bench.session.isUnlocked).toBe(true);
  });
});

describe('an act that nobody asked for', () => {
  it('is dropped and its secrets are overwritten', async () => {
    const { bench, key } = await benchWithKey();
    const window = bench.open({ kind: 'remove', publicKey: key.publicKey });
    await window.on('remove');
    const secret = utf8('a secret that came too early');
    window.act({ kind: 'import-text', text: secret, phrasePassword: NONE });
    window.act({ kind: 'confirm', typed: null });
    window.act({ kind: 'phrase-noted' });
    await window.on('remove');
    expect(secret.every((byte) => byte === 0)).toBe(true);
    expect(bench.session.state.keys).toHaveLength(1);
  });
});
