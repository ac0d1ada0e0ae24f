import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { PracticeFaults } from '#domain/practice.ts';
import {
  faultRequests,
  faultsOf,
  withFault,
} from '#renderer/features/practice-panel/fault-fields.ts';
import { faultTestId, practiceNodeTestId, TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { FakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import {
  beginEachOnAnEmptyDesk,
  click,
  expectAccessible,
  NOW,
  openDeskWith,
} from './open-desk.tsx';

const lagging: PracticeFaults = { lagSlots: 40 };
const slow: PracticeFaults = { latencyMs: 900, lagSlots: 40 };

describe('faults of two nodes', () => {
  it('are shown for both where both have them', () => {
    expect(faultsOf({ a: lagging, b: slow }, 'both')).toEqual({ lagSlots: 40 });
    expect(faultsOf({ a: lagging, b: slow }, 'b')).toEqual(slow);
    expect(faultsOf({ a: lagging, b: { lagSlots: 41 } }, 'both')).toEqual({});
  });

  it('stay as they are at one node while both get another', () => {
    const refuse = (faults: PracticeFaults) => withFault(faults, 'refuseConnections', true);
    expect(faultRequests({ a: lagging, b: slow }, 'both', refuse)).toEqual([
      { lagSlots: 40, refuseConnections: true, node: 'a' },
      { latencyMs: 900, lagSlots: 40, refuseConnections: true, node: 'b' },
    ]);
    expect(faultRequests({ a: slow, b: slow }, 'both', refuse)).toEqual([
      { latencyMs: 900, lagSlots: 40, refuseConnections: true, node: 'both' },
    ]);
    expect(faultRequests({ a: lagging, b: slow }, 'both', () => ({}))).toEqual([{ node: 'both' }]);
    expect(faultRequests({ a: {}, b: slow }, 'a', refuse)).toEqual([
      { refuseConnections: true, node: 'a' },
    ]);
  });
});

describe('the practice panel', () => {
  beginEachOnAnEmptyDesk();

  const asked = (fake: FakeKeel, name: string) =>
    fake.asked.filter((each) => each.name === name).map(({ request }) => request);
  const choose = (testId: string, value: string) =>
    fireEvent.change(screen.getByTestId(testId), { target: { value } });
  const openPanel = async (): Promise<FakeKeel> => {
    const fake = await openDeskWith(storyDesk('first', NOW));
    await click(TEST_IDS.openPractice);
    return fake;
  };

  it('lets one node fail, and says which', async () => {
    const fake = await openPanel();
    await click(practiceNodeTestId('b'));
    await click(faultTestId('freezeSlots'));
    expect(asked(fake, 'practice.setFaults')).toEqual([{ freezeSlots: true, node: 'b' }]);
    expect(screen.getByTestId(practiceNodeTestId('b')).textContent).toBe('B · 1');
    expect(screen.getByTestId(TEST_IDS.practicePanel).textContent).toContain('node B fails');
    await click(practiceNodeTestId('both'));
    expect(screen.getByTestId(faultTestId('freezeSlots')).getAttribute('aria-checked')).toBe(
      'false',
    );
    await click(TEST_IDS.practiceClearFaults);
    expect(asked(fake, 'practice.setFaults').at(-1)).toEqual({ node: 'both' });
    await expectAccessible();
  });

  it('trades as another client, and moves the price until a health', async () => {
    const fake = await openPanel();
    choose(TEST_IDS.practiceDepositSubAccount, '3');
    choose(TEST_IDS.practiceTradeSize, '61.5');
    choose(TEST_IDS.practiceTradeSide, 'long');
    await click(TEST_IDS.practiceTrade);
    expect(asked(fake, 'practice.tradeAsOther')).toEqual([
      { subAccountId: 3, marketIndex: 0, side: 'long', base: 61_500_000_000n },
    ]);
    choose(TEST_IDS.practiceHealth, '19.95');
    await click(TEST_IDS.practiceMoveHealth);
    expect(asked(fake, 'practice.setHealth')).toEqual([
      { subAccountId: 3, marketIndex: 0, healthBps: 1_995 },
    ]);
    choose(TEST_IDS.practiceDepositSubAccount, '70000');
    await click(TEST_IDS.practiceTrade);
    expect(asked(fake, 'practice.tradeAsOther')).toHaveLength(1);
  });

  it('lets the exchange pause, cap, shut its guard and post a price', async () => {
    const fake = await openPanel();
    await click(TEST_IDS.practiceVenue);
    choose(TEST_IDS.practiceExchange, '255');
    expect(asked(fake, 'practice.setExchangeStatus')).toEqual([{ bits: 255 }]);
    choose(TEST_IDS.practiceMarket, 'spot/1');
    choose(TEST_IDS.practiceCap, 'full');
    choose(TEST_IDS.practiceGuard, 'shut');
    choose(TEST_IDS.practicePrice, '120.5');
    await click(TEST_IDS.practiceSetPrice);
    const market = { kind: 'spot', marketIndex: 1 };
    expect(asked(fake, 'practice.setMarket')).toEqual([
      { ...market, depositCap: 1n },
      { ...market, withdrawGuard: 'shut' },
      { ...market, price: 120_500_000n },
    ]);
    await expectAccessible();
  });
});
