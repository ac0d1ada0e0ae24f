import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LONGEST_ON_WORD_MS } from '#main/signer/session/idle-lock.ts';
import { waitAfter } from '#main/signer/session/attempt-limit.ts';
import { weaknessOf } from '#main/signer/session/passphrase-rules.ts';
import { errorIn, PASSPHRASE, seedNumber, utf8, value } from '#test/support/signer-keys.ts';
import { AUTO_LOCK_MS, sessionBench, type SessionBench } from '#test/support/signer-session.ts';

const KEYPAIR = {
  seed: seedNumber(1),
  name: 'One',
  networkKind: 'practice' as const,
  derivationPath: null,
};
const right = () => utf8(PASSPHRASE);
const wrong = () => utf8('not the passphrase');

async function withKey(): Promise<
  SessionBench & { readonly publicKey: ReturnType<typeof value<string>> }
> {
  const bench = sessionBench();
  value(await bench.session.choosePassphrase(right(), false));
  const { publicKey } = value(bench.session.addKeypair(KEYPAIR));
  return { ...bench, publicKey };
}

describe('locking', () => {
  it('happens by itself after the idle time, and use puts it off', async () => {
    const { session, clock, locks } = await withKey();
    await clock.advance(AUTO_LOCK_MS - 1);
    expect(session.isUnlocked).toBe(true);
    session.touch();
    await clock.advance(AUTO_LOCK_MS - 1);
    expect(session.isUnlocked).toBe(true);
    await clock.advance(1);
    expect(session.isUnlocked).toBe(false);
    expect(session.state).toMatchObject({ status: 'locked', lockCause: 'idle', locksAtMs: null });
    expect(locks).toEqual(['idle']);
    session.touch();
    expect(session.isUnlocked).toBe(false);
  });

  it('comes all the same where the trader is told to be there for ever', async () => {
    const { session, clock } = await withKey();
    for (let told = 0; told < LONGEST_ON_WORD_MS; told += 60_000) {
      expect(session.isUnlocked).toBe(true);
      session.traderIsThere();
      await clock.advance(60_000);
    }
    expect(session.state).toMatchObject({ status: 'locked', lockCause: 'idle' });
    session.traderIsThere();
    expect(session.isUnlocked).toBe(false);
  });

  it('is put off by the word of main, and for longer by an act', async () => {
    const { session, clock } = await withKey();
    for (let hour = 0; hour < 20; hour += 1) {
      session.touch();
      for (let told = 0; told < 12; told += 1) {
        await clock.advance(300_000);
        session.traderIsThere();
      }
    }
    expect(session.isUnlocked).toBe(true);
    expect(session.state.locksAtMs).toBe(clock.nowMs() + AUTO_LOCK_MS);
    await clock.advance(AUTO_LOCK_MS);
    expect(session.isUnlocked).toBe(false);
  });

  it('is not put off by a change of the idle time', async () => {
    const { session, clock } = await withKey();
    const due = session.state.locksAtMs;
    for (let told = 0; told < 3; told += 1) {
      await clock.advance(299_999);
      session.limitsChanged();
      expect(session.state.locksAtMs).toBe(due);
    }
    await clock.advance(3);
    expect(session.isUnlocked).toBe(false);
  });

  it('happens at the first use after a sleep, though no timer ran', async () => {
    const { session, clock, publicKey } = await withKey();
    clock.suspend(AUTO_LOCK_MS);
    const { publicKey: key } = session.state.keys[0] ?? {};
    expect(key).toBe(publicKey);
    if (key) expect(errorIn(session.sign(key, utf8('message'))).code).toBe('SIGNER_LOCKED');
    expect(session.state.lockCause).toBe('idle');
  });

  it('stops signatures until the passphrase came again', async () => {
    const { session } = await withKey();
    const [key] = session.state.keys;
    if (!key) throw new Error('a key');
    const signature = value(session.sign(key.publicKey, utf8('message')));
    expect(signature).toHaveLength(64);
    session.lock('screen-lock');
    expect(errorIn(session.sign(key.publicKey, utf8('message'))).code).toBe('SIGNER_LOCKED');
    expect(errorIn(session.addKeypair(KEYPAIR)).code).toBe('SIGNER_LOCKED');
    value(await session.unlock(right()));
    expect(value(session.sign(key.publicKey, utf8('message')))).toEqual(signature);
  });

  it('is told with every other change, and nothing is told twice', async () => {
    const { session, states } = await withKey();
    session.lock('suspend');
    session.lock('request');
    session.tell();
    const { status, lockCause } = states.at(-1) ?? {};
    expect({ status, lockCause }).toEqual({ status: 'locked', lockCause: 'suspend' });
    const texts = states.map((state) => JSON.stringify(state));
    expect(texts.filter((text, index) => text === texts[index - 1])).toEqual([]);
  });

  it('holds against a passphrase that was being checked', async () => {
    const { session } = await withKey();
    const unlocking = session.unlock(right());
    session.lock('suspend');
    expect(errorIn(await unlocking).code).toBe('SIGNER_LOCKED');
    expect(session.state.status).toBe('locked');
    const changing = session.setSecondWrap(right(), true);
    session.lock('screen-lock');
    await changing;
    expect(session.isUnlocked).toBe(false);
    value(await session.unlock(right()));
  });

  it('overwrites the master key', async () => {
    const { session } = await withKey();
    const opened: Buffer[] = [];
    const real = Buffer.prototype.fill;
    Buffer.prototype.fill = function fill(this: Buffer, ...values: Parameters<typeof real>) {
      opened.push(this);
      return real.apply(this, values);
    } as typeof real;
    session.lock('request');
    Buffer.prototype.fill = real;
    const masters = opened.filter(({ length }) => length === 32);
    expect(masters).toHaveLength(1);
    expect(masters.every((master) => master.every((byte) => byte === 0))).toBe(true);
  });
});

describe('wrong passphrases', () => {
  it('cost nothing three times, then a second that doubles up to five minutes', () => {
    const waits = [1, 2, 3, 4, 5, 6, 12, 13, 40, 5_000].map(waitAfter);
    expect(waits).toEqual([0, 0, 0, 1_000, 2_000, 4_000, 256_000, 300_000, 300_000, 300_000]);
  });

  it('are slowed down, also after a restart, until the right one', async () => {
    const bench = await withKey();
    bench.session.lock('request');
    for (let count = 0; count < 4; count += 1) {
      expect(errorIn(await bench.session.unlock(wrong())).code).toBe('PASSPHRASE_WRONG');
    }
    const tooSoon = errorIn(await bench.session.unlock(right()));
    expect(tooSoon.code).toBe('UNLOCK_TOO_SOON');
    expect(bench.session.state.nextAttemptAtMs).toBe(bench.clock.nowMs() + 1_000);
    const again = bench.restart();
    expect(errorIn(await again.session.unlock(right())).code).toBe('UNLOCK_TOO_SOON');
    await again.clock.advance(1_000);
    expect(errorIn(await again.session.unlock(wrong())).code).toBe('PASSPHRASE_WRONG');
    expect(again.session.state.nextAttemptAtMs).toBe(again.clock.nowMs() + 2_000);
    await again.clock.advance(2_000);
    value(await again.session.unlock(right()));
    const third = again.restart();
    expect(errorIn(await third.session.unlock(wrong())).code).toBe('PASSPHRASE_WRONG');
    value(await third.session.unlock(right()));
  });

  it('lock open keys once they are too many', async () => {
    const { session, locks } = await withKey();
    for (let count = 0; count < 3; count += 1) await session.unlock(wrong());
    expect(session.isUnlocked).toBe(true);
    await session.unlock(wrong());
    expect(session.state).toMatchObject({ status: 'locked', lockCause: 'too-many-attempts' });
    expect(locks).toEqual(['too-many-attempts']);
  });

  it('are not forgiven to a clock set forward or a count that was altered', async () => {
    const bench = await withKey();
    for (let count = 0; count < 4; count += 1) await bench.session.unlock(wrong());
    bench.clock.suspend(10_000_000);
    expect(errorIn(await bench.session.unlock(right())).code).toBe('UNLOCK_TOO_SOON');
    writeFileSync(join(bench.folder, 'attempts.json'), '{"failures":-1}');
    const again = bench.restart();
    await again.session.unlock(wrong());
    expect(errorIn(await again.session.unlock(right())).code).toBe('UNLOCK_TOO_SOON');
  });

  it('are not counted where the secret store was at fault', async () => {
    const bench = sessionBench();
    value(await bench.session.choosePassphrase(right(), true));
    bench.session.lock('request');
    bench.secretStore.available = false;
    for (let count = 0; count < 6; count += 1) {
      const error = errorIn(await bench.session.unlock(right()));
      expect(error.code).toBe('SECRET_STORE_UNAVAILABLE');
    }
    bench.secretStore.available = true;
    value(await bench.session.unlock(right()));
  });
});

describe('the passphrase', () => {
  it.each(['', 'short', 'elevenchars', ' '.repeat(20), 'a'.repeat(20), 'ababababababab', 'äöüäöü'])(
    'is refused as “%s”',
    (text) => expect(weaknessOf(utf8(text))?.code).toBe('PASSPHRASE_WEAK'),
  );

  it.each(['twelve chars', 'ÄÖÜ äöü ßéè!', PASSPHRASE])('is taken as “%s”', (text) => {
    expect(weaknessOf(utf8(text))).toBeNull();
  });

  it('is changed only with the one before', async () => {
    const { session } = await withKey();
    const refused = errorIn(await session.changePassphrase(wrong(), utf8('a new long passphrase')));
    expect(refused.code).toBe('PASSPHRASE_WRONG');
    const weak = errorIn(await session.changePassphrase(right(), utf8('short')));
    expect(weak.code).toBe('PASSPHRASE_WEAK');
    value(await session.changePassphrase(right(), utf8('a new long passphrase')));
    expect(errorIn(await session.unlock(right())).code).toBe('PASSPHRASE_WRONG');
    value(await session.unlock(utf8('a new long passphrase')));
  });
});

describe('the second wrap', () => {
  it('goes on and off with the passphrase, and needs its secret meanwhile', async () => {
    const bench = await withKey();
    expect(errorIn(await bench.session.setSecondWrap(wrong(), true)).code).toBe('PASSPHRASE_WRONG');
    value(await bench.session.setSecondWrap(right(), true));
    expect(bench.session.state.secondWrap).toBe(true);
    const kept = bench.secretStore.secret;
    bench.secretStore.secret = null;
    const again = bench.restart();
    expect(errorIn(await again.session.unlock(right())).code).toBe('SECRET_STORE_UNAVAILABLE');
    again.secretStore.secret = kept;
    value(await again.session.unlock(right()));
    value(await again.session.setSecondWrap(right(), false));
    expect(again.secretStore.secret).toBeNull();
    value(await again.restart().session.unlock(right()));
  });

  it('stays off where the system has no sound store', async () => {
    const bench = await withKey();
    bench.secretStore.available = false;
    const refused = errorIn(await bench.session.setSecondWrap(right(), true));
    expect(refused.code).toBe('SECRET_STORE_UNAVAILABLE');
    expect(bench.session.state.secondWrap).toBe(false);
    value(await bench.restart().session.unlock(right()));
  });
});

describe('keys that cannot be used', () => {
  it('say why, and can be used once that is mended', async () => {
    const bench = await withKey();
    const file = join(bench.folder, 'keystore.json');
    chmodSync(file, 0o644);
    const again = bench.restart();
    expect(again.session.state).toMatchObject({
      status: 'unavailable',
      error: { code: 'KEY_FILE_EXPOSED' },
    });
    expect(errorIn(await again.session.unlock(right())).code).toBe('KEY_FILE_EXPOSED');
    chmodSync(file, 0o600);
    value(again.session.reopen());
    value(await again.session.unlock(right()));
  });

  it('begin empty where there is no file', () => {
    const bench = sessionBench();
    rmSync(bench.folder, { recursive: true, force: true });
    expect(bench.session.state).toMatchObject({ status: 'empty', lockCause: null });
  });
});
