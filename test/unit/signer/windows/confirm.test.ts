import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameAmount } from '#main/signer/windows/typed-amount.ts';
import { PASSPHRASE, utf8, value } from '#test/support/signer-keys.ts';
import {
  confirmationOf,
  windowBench,
  type WindowBench,
} from '#test/support/signer-window-driver.ts';

const PRESS = { kind: 'press' } as const;
const TYPE = { kind: 'type', amount: '1,500.5', symbol: 'USDC' } as const;

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((done) => void setImmediate(done));
}

async function openBench(): Promise<WindowBench> {
  const bench = windowBench();
  value(await bench.session.choosePassphrase(utf8(PASSPHRASE), false));
  return bench;
}

describe('a confirmation', () => {
  it('wants a window, is shown, and is pressed', async () => {
    const bench = await openBench();
    const answer = bench.host.askTrader(confirmationOf(1, PRESS));
    expect(bench.told).toEqual(['wanted']);
    const window = bench.open(null);
    expect((await window.on('confirm')).confirmation.title).toBe('Withdraw 1,500 USDC');
    window.act({ kind: 'confirm', typed: null });
    expect(await answer).toBe('confirmed');
    await bench.clock.advance(1);
    expect(window.closed).toBe(true);
    expect(bench.told).toEqual(['wanted', 'done']);
  });

  it('is declined by the button, by closing, and by another window', async () => {
    const bench = await openBench();
    const end = [
      (window: ReturnType<WindowBench['open']>) => window.act({ kind: 'decline' }),
      (window: ReturnType<WindowBench['open']>) => window.act({ kind: 'close' }),
      (window: ReturnType<WindowBench['open']>) => window.vanish(),
      () => bench.open({ kind: 'unlock' }),
    ];
    for (const [index, act] of end.entries()) {
      const answer = bench.host.askTrader(confirmationOf(index, PRESS));
      const window = bench.open(null);
      await window.on('confirm');
      act(window);
      expect(await answer).toBe('declined');
    }
  });

  it('that must be typed takes nothing but the amount', async () => {
    const bench = await openBench();
    const answer = bench.host.askTrader(confirmationOf(1, TYPE));
    const window = bench.open(null);
    for (const typed of [null, '', '1500', '1500.50001', '1.500,5', '1500,5', '-1500.5', '1e3']) {
      await window.on('confirm');
      window.act({ kind: 'confirm', typed });
      await window.on('confirm');
      expect(window.view.error?.code).toBe('INPUT_INVALID');
    }
    window.act({ kind: 'confirm', typed: ' 1500.50 ' });
    expect(await answer).toBe('typed');
  });

  it('asks for the passphrase first where the keys are locked', async () => {
    const bench = await openBench();
    bench.session.lock('idle');
    const answer = bench.host.askTrader(confirmationOf(1, PRESS));
    const window = bench.open(null);
    expect((await window.on('unlock')).reason).toContain('Withdraw 1,500 USDC');
    window.act({ kind: 'passphrase', passphrase: utf8(PASSPHRASE) });
    await window.on('confirm');
    window.act({ kind: 'confirm', typed: null });
    expect(await answer).toBe('confirmed');
  });

  it('waits for the one before it; closing that one asks for a new window', async () => {
    const bench = await openBench();
    const answers = [1, 2, 3].map((number) => bench.host.askTrader(confirmationOf(number, PRESS)));
    const window = bench.open(null);
    await window.on('confirm');
    window.act({ kind: 'confirm', typed: null });
    const second = await window.on('confirm');
    expect(second.confirmation.operationId).toBe(confirmationOf(2, PRESS).operationId);
    bench.told.length = 0;
    window.vanish();
    await bench.clock.advance(1);
    expect(bench.told).toEqual(['wanted']);
    const another = bench.open(null);
    await another.on('confirm');
    another.act({ kind: 'confirm', typed: null });
    expect(await Promise.all(answers)).toEqual(['confirmed', 'declined', 'confirmed']);
  });

  it('is not given by a press that was meant for the one before it', async () => {
    const bench = await openBench();
    const answers = [1, 2].map((number) => bench.host.askTrader(confirmationOf(number, PRESS)));
    const window = bench.open(null);
    await window.on('confirm');
    window.act({ kind: 'confirm', typed: null });
    expect(await answers[0]).toBe('confirmed');
    // The second press of a double click arrives with the second question just asked.
    await settled();
    window.act({ kind: 'confirm', typed: null });
    await settled();
    const { confirmation } = await window.on('confirm');
    expect(confirmation.operationId).toBe(confirmationOf(2, PRESS).operationId);
    window.act({ kind: 'decline' });
    expect(await answers[1]).toBe('declined');
  });

  it('waits for a task of the trader in the same window', async () => {
    const bench = await openBench();
    const window = bench.open({ kind: 'change-passphrase' });
    await window.on('change-passphrase');
    const answer = bench.host.askTrader(confirmationOf(1, PRESS));
    await window.on('change-passphrase');
    window.act({ kind: 'decline' });
    await window.on('confirm');
    window.act({ kind: 'confirm', typed: null });
    expect(await answer).toBe('confirmed');
  });

  it('that is withdrawn is no longer asked, shown or waiting', async () => {
    const bench = await openBench();
    const [first, second] = [1, 2].map((number) =>
      bench.host.askTrader(confirmationOf(number, PRESS)),
    );
    const window = bench.open(null);
    await window.on('confirm');
    bench.host.withdraw(confirmationOf(2, PRESS).operationId);
    expect(await second).toBe('declined');
    bench.host.withdraw(confirmationOf(1, PRESS).operationId);
    expect(await first).toBe('declined');
    await bench.clock.advance(1);
    expect(window.closed).toBe(true);
  });

  it('ends with the lock, also where it waited', async () => {
    const bench = await openBench();
    const answers = [1, 2].map((number) => bench.host.askTrader(confirmationOf(number, PRESS)));
    const window = bench.open(null);
    await window.on('confirm');
    bench.host.endAll();
    expect(await Promise.all(answers)).toEqual(['declined', 'declined']);
  });

  it('is answered once, whatever the window does', async () => {
    const acts = fc.constantFrom(
      'confirm',
      'decline',
      'close',
      'back',
      'vanish',
      'withdraw',
      'lock',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { maxLength: 6 }), async (plan) => {
        const bench = await openBench();
        const answer = bench.host.askTrader(confirmationOf(1, TYPE));
        const window = bench.open(null);
        await window.on('confirm');
        for (const act of plan) {
          if (act === 'vanish') window.vanish();
          else if (act === 'withdraw') bench.host.withdraw(confirmationOf(1, TYPE).operationId);
          else if (act === 'lock') bench.host.endAll();
          else if (act === 'confirm') window.act({ kind: 'confirm', typed: '1' });
          else window.act({ kind: act });
          await bench.clock.advance(1);
        }
        window.vanish();
        expect(await answer).toBe('declined');
      }),
      { numRuns: 40 },
    );
  });
});

describe('a typed amount', () => {
  it('is compared exactly, with or without separators and zeros at the end', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 24n }),
        fc.integer({ min: 0, max: 9 }),
        (units, decimals) => {
          const digits = units.toString().padStart(decimals + 1, '0');
          const whole = digits.slice(0, digits.length - decimals);
          const fraction = digits.slice(digits.length - decimals);
          const plain = decimals === 0 ? whole : `${whole}.${fraction}`;
          const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',') + plain.slice(whole.length);
          expect(isSameAmount(plain, grouped)).toBe(true);
          expect(isSameAmount(grouped.replaceAll(',', ' '), plain)).toBe(true);
          expect(isSameAmount(decimals === 0 ? `${plain}.00` : `${plain}000`, plain)).toBe(true);
          expect(isSameAmount(`${plain}${decimals === 0 ? '.' : ''}1`, plain)).toBe(false);
          expect(isSameAmount(`1${plain}`, plain)).toBe(false);
        },
      ),
    );
  });

  it('is never what cannot be read', () => {
    for (const typed of ['', '.', 'abc', '0x10', 'NaN', '１５００']) {
      expect(isSameAmount(typed, '1500')).toBe(false);
      expect(isSameAmount(typed, typed)).toBe(false);
    }
  });
});
