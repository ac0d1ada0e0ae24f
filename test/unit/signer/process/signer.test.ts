import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { operationId, type Address } from '#domain/ids.ts';
import type { FromSigner, SignerAnswer } from '#domain/signer-protocol.ts';
import type { SignerState, SignerTask } from '#domain/signer-state.ts';
import type { SignerView } from '#domain/signer-window.ts';
import { quoteAmount } from '#domain/units.ts';
import { addressOf } from '#main/signer/keys/ed25519.ts';
import { createSigner, type PagePort, type Signer } from '#main/signer/process/signer.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { keysFolder, PASSPHRASE, seedNumber, utf8, weakKdf } from '#test/support/signer-keys.ts';

class Page implements PagePort {
  readonly views: SignerView[] = [];
  closed = false;
  send: (act: unknown) => void = () => undefined;
  vanish: () => void = () => undefined;

  onMessage(listener: (message: unknown) => void): void {
    this.send = listener;
  }
  onClose(listener: () => void): void {
    this.vanish = listener;
  }
  post(view: SignerView): void {
    // As the port does it: what was sent can no longer be changed.
    this.views.push(structuredClone(view));
  }
  close(): void {
    this.closed = true;
  }
}

const limits = {
  confirmFrom: quoteAmount(100_000_000n),
  typeAmountFrom: quoteAmount(1_000_000_000n),
  maxPriorityFee: 1_000_000n,
  autoLockMs: 60_000,
};

class Bench {
  readonly clock = new FakeClock();
  readonly posts: FromSigner[] = [];
  readonly folder = keysFolder();
  stopped = false;
  readonly signer: Signer;
  #lastId = 0;
  #lastWindow = 0;

  constructor() {
    this.signer = createSigner({
      clock: this.clock,
      kdf: weakKdf,
      post: (message) => this.#posted(structuredClone(message)),
      onStopped: () => (this.stopped = true),
    });
  }

  start(): this {
    this.signer.take(
      {
        type: 'start',
        keysFolder: this.folder,
        logDirectory: this.folder,
        limits,
        liveLockedBecause: null,
        practiceKeyFile: null,
      },
      null,
    );
    return this;
  }

  async open(task: SignerTask | null): Promise<Page> {
    const page = new Page();
    this.#lastWindow += 1;
    this.signer.take({ type: 'window', number: this.#lastWindow, task }, page);
    await this.settle();
    return page;
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 50; turn += 1) await this.clock.advance(0);
  }

  async ask(request: object): Promise<SignerAnswer> {
    this.#lastId += 1;
    this.signer.take({ type: 'request', id: this.#lastId, request }, null);
    await this.settle();
    const answer = this.posts.find((post) => post.type === 'answer' && post.id === this.#lastId);
    if (answer?.type !== 'answer') throw new Error('No answer');
    return answer.answer;
  }

  get state(): SignerState {
    const last = this.posts.findLast((post) => post.type === 'state');
    if (last?.type !== 'state') throw new Error('No state');
    return last.state;
  }

  /** Main's part: a secret store that refuses. */
  #posted(message: FromSigner): void {
    this.posts.push(message);
    if (message.type !== 'device-secret') return;
    const error = {
      code: 'SECRET_STORE_UNAVAILABLE',
      remedy: 'operator',
      message: 'None.',
      advice: 'Get one.',
    };
    this.signer.take({ type: 'device-secret', secret: { ok: false, error } }, null);
  }
}

async function imported(bench: Bench, number: number): Promise<Address> {
  const page = await bench.open({ kind: 'import', networkKind: 'practice' });
  const answers: Record<string, () => object> = {
    'choose-passphrase': () => ({
      kind: 'new-passphrase',
      current: null,
      passphrase: utf8(PASSPHRASE),
      secondWrap: false,
    }),
    unlock: () => ({ kind: 'passphrase', passphrase: utf8(PASSPHRASE) }),
    import: () => ({
      kind: 'import-text',
      text: utf8(base58.encode(seedNumber(number))),
      phrasePassword: new Uint8Array(),
    }),
    'choose-address': () => ({ kind: 'choose', ids: ['0'] }),
    'name-key': () => ({ kind: 'name', name: `Key ${number}` }),
    done: () => ({ kind: 'close' }),
  };
  for (let step = 0; step < 8 && !page.closed; step += 1) {
    page.send(answers[page.views.at(-1)?.screen.kind ?? '']?.());
    await bench.settle();
  }
  return addressOf(seedNumber(number));
}

describe('the signer', () => {
  it('imports a key through its window and tells its state', async () => {
    const bench = new Bench().start();
    expect(bench.state.status).toBe('empty');
    const publicKey = await imported(bench, 1);
    expect(bench.state).toMatchObject({ status: 'unlocked', keys: [{ publicKey, name: 'Key 1' }] });
    expect(bench.posts.at(-1)).toEqual({ type: 'window-done', number: 1 });
  });

  it('locks when it is told to, by itself, and before it stops', async () => {
    const bench = new Bench().start();
    await imported(bench, 1);
    bench.signer.take({ type: 'lock', cause: 'suspend' }, null);
    expect(bench.state).toMatchObject({ status: 'locked', lockCause: 'suspend' });
    await imported(bench, 2);
    expect(bench.state.status).toBe('unlocked');
    await bench.clock.advance(59_999);
    bench.signer.take({ type: 'activity' }, null);
    await bench.clock.advance(59_999);
    expect(bench.state.status).toBe('unlocked');
    await bench.clock.advance(1);
    expect(bench.state).toMatchObject({ status: 'locked', lockCause: 'idle' });
    await imported(bench, 3);
    bench.signer.take({ type: 'stop' }, null);
    expect(bench.state.status).toBe('locked');
    expect(bench.posts.at(-1)).toEqual({ type: 'stopped' });
    expect(bench.stopped).toBe(true);
  });

  it('tells with a lock which window ends, at once, also while its task works on', async () => {
    const bench = new Bench().start();
    await imported(bench, 1);
    const page = await bench.open({ kind: 'import', networkKind: 'practice' });
    page.send({ kind: 'import-file' });
    await bench.settle();
    bench.signer.take({ type: 'lock', cause: 'request' }, null);
    expect(page.closed).toBe(true);
    expect(bench.posts.slice(-3)).toMatchObject([
      { type: 'pick-file' },
      { type: 'state', state: { status: 'locked' } },
      { type: 'window-done', number: 2 },
    ]);
    const next = await bench.open({ kind: 'unlock' });
    bench.signer.take({ type: 'picked', path: null }, null);
    await bench.settle();
    expect(next.views.at(-1)?.screen.kind).toBe('unlock');
    expect(next.closed).toBe(false);
    expect(bench.posts.at(-1)).toMatchObject({ number: 2 });
  });

  it('counts new limits from now on', async () => {
    const bench = new Bench().start();
    await imported(bench, 1);
    bench.signer.take({ type: 'limits', limits: { ...limits, autoLockMs: 5_000 } }, null);
    await bench.clock.advance(5_000);
    expect(bench.state.status).toBe('locked');
  });

  it('renames, and keeps watch-only keys, without a passphrase', async () => {
    const bench = new Bench().start();
    const publicKey = addressOf(seedNumber(1));
    const watched = { publicKey, name: 'Watched', networkKind: 'live' };
    expect(await bench.ask({ kind: 'add-watch-only', ...watched })).toMatchObject({ ok: true });
    expect(await bench.ask({ kind: 'add-watch-only', ...watched })).toMatchObject({
      error: { code: 'KEY_EXISTS' },
    });
    await bench.ask({ kind: 'rename', publicKey, name: 'Renamed' });
    expect(bench.state.keys).toMatchObject([{ name: 'Renamed', kind: 'watch-only' }]);
    expect(await bench.ask({ kind: 'rename', publicKey, name: '\u202e' })).toMatchObject({
      error: { code: 'KEY_INPUT_INVALID' },
    });
    await bench.ask({ kind: 'remove-watch-only', publicKey });
    expect(bench.state.keys).toEqual([]);
  });

  it('never removes a keypair without its window', async () => {
    const bench = new Bench().start();
    const publicKey = await imported(bench, 1);
    expect(await bench.ask({ kind: 'remove-watch-only', publicKey })).toMatchObject({
      error: { code: 'KEY_NOT_FOUND' },
    });
    expect(bench.state.keys).toHaveLength(1);
  });

  it('refuses a request to sign that is none', async () => {
    const bench = new Bench().start();
    await imported(bench, 1);
    for (const request of [
      { kind: 'review', review: {} },
      { kind: 'sign', sign: { operationId: operationId('x'), message: 'AAAA', review: null } },
    ]) {
      expect(await bench.ask(request)).toMatchObject({ error: { code: 'SIGNER_REFUSED' } });
    }
  });

  it('answers before it was started, and says why the keys cannot be used', async () => {
    const early = new Bench();
    const rename = { kind: 'rename', publicKey: addressOf(seedNumber(1)), name: 'x' };
    expect(await early.ask(rename)).toMatchObject({ error: { code: 'SIGNER_UNAVAILABLE' } });
    const bench = new Bench().start();
    await imported(bench, 1);
    const after = new Bench();
    Reflect.set(after, 'folder', bench.folder);
    writeFileSync(join(bench.folder, 'keystore.json'), 'cut');
    after.start();
    expect(after.state).toMatchObject({
      status: 'unavailable',
      error: { code: 'KEY_FILE_DAMAGED' },
    });
    expect(await after.ask(rename)).toMatchObject({ error: { code: 'KEY_FILE_DAMAGED' } });
    const page = await after.open({ kind: 'unlock' });
    expect(page.views.at(-1)?.error?.code).toBe('KEY_FILE_DAMAGED');
  });

  it('drops and counts what is not of the protocol, and overwrites the secrets in it', async () => {
    const bench = new Bench().start();
    for (const junk of [null, 1, 'text', {}, { type: 'start' }, { type: 'stop', now: true }]) {
      bench.signer.take(junk, null);
    }
    const page = await bench.open({ kind: 'unlock' });
    const secret = utf8('a secret in a wrong message');
    page.send({ kind: 'passphrase', passphrase: secret, extra: true });
    page.send(null);
    expect(bench.signer.dropped).toBe(8);
    expect(secret.every((byte) => byte === 0)).toBe(true);
    expect(bench.stopped).toBe(false);
    page.vanish();
  });

  it('says no secret in anything but what the window must show', async () => {
    const bench = new Bench().start();
    await imported(bench, 1);
    const page = await bench.open({ kind: 'remove', publicKey: addressOf(seedNumber(1)) });
    page.send({ kind: 'passphrase', passphrase: utf8('canary wrong passphrase') });
    await bench.settle();
    page.vanish();
    const told = JSON.stringify([bench.posts, page.views]);
    for (const secret of [
      PASSPHRASE,
      'canary wrong passphrase',
      base58.encode(seedNumber(1)),
      seedNumber(1).toString('hex'),
      seedNumber(1).toString('base64'),
      [...seedNumber(1)].join(','),
    ]) {
      expect(told).not.toContain(secret);
    }
  });
});
