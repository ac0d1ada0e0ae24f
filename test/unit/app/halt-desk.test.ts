import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { SignerAnswer } from '#domain/signer-protocol.ts';
import { createHaltDesk } from '#main/app/halt-desk.ts';
import { createHaltMarker, type HaltMarker } from '#main/app/halt-marker.ts';
import type { Answer } from '#main/ipc/handlers.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

const DOWN: Answer = err(keelError('ENGINE_UNAVAILABLE', 'retry', 'Down.', 'Wait.'));
const TAKEN: Answer = ok({ halted: 2, ended: 1 });

let folder: string;
const file = (): string => path.join(folder, 'halt-all.json');
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keel-halt-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Ask = (source: string) => Promise<Answer>;

function desk(ask: Ask, clock = new FakeClock(), marker?: HaltMarker) {
  const askEngine = vi.fn(ask);
  const onPending = vi.fn();
  const onAcknowledged = vi.fn();
  const halt = createHaltDesk({
    clock,
    logger: silentLogger,
    marker: marker ?? createHaltMarker(file(), clock),
    askEngine,
    onPending,
    onAcknowledged,
  });
  return { halt, clock, askEngine, onPending, onAcknowledged };
}

const onDisk = (): string | null => {
  try {
    return readFileSync(file(), 'utf8');
  } catch {
    return null;
  }
};

const never: Ask = () => new Promise(() => undefined);

describe('halt all with an engine that answers', () => {
  it('is on disk before the engine is asked, and off it once the engine has taken it', async () => {
    const seen: (string | null)[] = [];
    const { halt, onPending, onAcknowledged } = desk((source) => {
      seen.push(onDisk(), source);
      return Promise.resolve(TAKEN);
    });
    expect(await halt.halt('tray')).toEqual(ok({ halted: 2, ended: 1, reachedEngine: true }));
    expect(seen).toEqual([expect.stringContaining('"source":"tray"'), 'tray']);
    expect(onDisk()).toBeNull();
    expect(halt.pending).toBeNull();
    expect(onPending).toHaveBeenCalledTimes(1);
    expect(onAcknowledged).toHaveBeenCalledWith(expect.objectContaining({ source: 'tray' }));
  });
});

describe('halt all with an engine that hangs', () => {
  it('answers after two seconds, holds on disk, and is taken when the engine answers late', async () => {
    let answer: (value: Answer) => void = () => undefined;
    const { halt, clock } = desk(() => new Promise((resolve) => (answer = resolve)));
    const outcome = halt.halt('keyboard');
    await clock.advance(1_999);
    expect(halt.pending).toMatchObject({ source: 'keyboard' });
    await clock.advance(1);
    expect(await outcome).toEqual(ok({ halted: 0, ended: 0, reachedEngine: false }));
    expect(onDisk()).toContain('keyboard');

    answer(TAKEN);
    await clock.advance(0);
    expect(halt.pending).toBeNull();
    expect(onDisk()).toBeNull();
  });

  it('pressed again, it is the same halt: as old as the first, and one question', async () => {
    let answer: (value: Answer) => void = () => undefined;
    const { halt, clock, askEngine } = desk(() => new Promise((resolve) => (answer = resolve)));
    const first = halt.halt('keyboard');
    const pressed = halt.pending;
    await clock.advance(1_000);
    const second = halt.halt('tray');
    expect(halt.pending).toEqual(pressed);
    expect(onDisk()).toContain('keyboard');
    expect(askEngine).toHaveBeenCalledTimes(1);
    answer(TAKEN);
    expect(await Promise.all([first, second])).toMatchObject([
      { value: { reachedEngine: true } },
      { value: { reachedEngine: true } },
    ]);
    expect(halt.pending).toBeNull();
  });

  it('asks again for as long as the engine refuses', async () => {
    let answers: Answer[] = [DOWN, DOWN, TAKEN];
    const { halt, clock, askEngine } = desk(() => {
      const [next = DOWN, ...rest] = answers;
      answers = rest;
      return Promise.resolve(next);
    });
    expect(await halt.halt('window')).toMatchObject({ value: { reachedEngine: false } });
    await clock.advance(5_000);
    expect(halt.pending).not.toBeNull();
    await clock.advance(5_000);
    expect(halt.pending).toBeNull();
    expect(askEngine).toHaveBeenCalledTimes(3);
    await clock.advance(60_000);
    expect(askEngine).toHaveBeenCalledTimes(3);
  });
});

describe('halt all with a dead engine', () => {
  it('is handed over when the engine opens, also after Keel itself was killed in between', async () => {
    const first = desk(() => Promise.resolve(DOWN));
    await first.halt.halt('tray');
    const pressed = first.halt.pending;
    // Killed: nothing of the first is closed.
    const clock = new FakeClock(1_900_000_000_000);
    const second = desk(() => Promise.resolve(TAKEN), clock);
    expect(second.halt.pending).toEqual(pressed);
    expect(second.askEngine).not.toHaveBeenCalled();
    second.halt.engineOpened();
    await clock.advance(0);
    expect(second.askEngine).toHaveBeenCalledWith('tray');
    expect(second.halt.pending).toBeNull();
    expect(onDisk()).toBeNull();
  });

  it('stays on disk when the engine dies before it has taken it', async () => {
    const { halt, clock } = desk(() => Promise.resolve(DOWN));
    await halt.halt('window');
    halt.engineOpened();
    await clock.advance(0);
    expect(onDisk()).not.toBeNull();
    expect(desk(never).halt.pending).not.toBeNull();
  });

  it('takes a marker that cannot be read for a halt', () => {
    writeFileSync(file(), '{"sinceMs": tor');
    expect(desk(never).halt.pending).not.toBeNull();
  });

  it('halts without a disk too, and says that it holds only while Keel runs', async () => {
    const broken: HaltMarker = {
      load: () => null,
      save: () => {
        throw new Error('No space left on device');
      },
      remove: () => undefined,
    };
    const { halt } = desk(() => Promise.resolve(DOWN), new FakeClock(), broken);
    const outcome = await halt.halt('window');
    expect(outcome).toMatchObject({
      ok: false,
      error: { message: /only while Keel runs.*No space/ },
    });
    expect(halt.pending).not.toBeNull();
  });
});

describe('the signer while a halt waits for the engine', () => {
  it('is asked nothing', async () => {
    const { halt } = desk(() => Promise.resolve(DOWN));
    const sign = vi.fn(() => Promise.resolve<SignerAnswer>(ok('signature')));
    expect(await halt.holdBack(sign)).toEqual(ok('signature'));
    await halt.halt('tray');
    expect(await halt.holdBack(sign)).toMatchObject({
      ok: false,
      error: { code: 'SIGNER_UNAVAILABLE', message: expect.stringContaining('halted everything') },
    });
    expect(sign).toHaveBeenCalledTimes(1);
  });

  it('has its answer kept back when it signed at the very moment', async () => {
    const { halt } = desk(never);
    let signed: (answer: SignerAnswer) => void = () => undefined;
    const answer = halt.holdBack(() => new Promise((resolve) => (signed = resolve)));
    void halt.halt('tray');
    signed(ok('signature'));
    expect(await answer).toMatchObject({ ok: false, error: { code: 'SIGNER_UNAVAILABLE' } });
  });
});

describe('lifting a halt that waits', () => {
  it('hands it over first, and is refused while the engine does not take it', async () => {
    let answer: Answer = DOWN;
    const { halt } = desk(() => Promise.resolve(answer));
    expect(await halt.settled()).toEqual(ok(null));
    await halt.halt('window');
    expect(await halt.settled()).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_UNAVAILABLE', message: expect.stringContaining('cannot be lifted') },
    });
    answer = TAKEN;
    expect(await halt.settled()).toEqual(ok(null));
  });
});
