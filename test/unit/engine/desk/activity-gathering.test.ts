import { expect, it } from 'vitest';
import type { FeedEntry } from '#main/engine/desk-ports.ts';
import { ActivityGathering, type Gatherable } from '#main/engine/desk/activity-gathering.ts';
import { entryOf } from '#main/engine/desk/entry-words.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { vaultIdOf } from '#test/support/vaults.ts';

function gathering() {
  const clock = new FakeClock();
  const told: FeedEntry[] = [];
  const desk = new ActivityGathering(clock, (entries) => told.push(...entries));
  const comes = (number: number, title: string): Gatherable => ({
    entry: entryOf({
      ...{ atMs: clock.nowMs(), kind: 'sync', actor: 'keel', title },
      tone: title === 'fell' ? 'warning' : 'good',
      vaultId: vaultIdOf(number),
    }),
    subject: `sync/${number}`,
    sort: title,
    many: `vaults ${title}`,
    vault: `Vault ${number}`,
  });
  return {
    clock,
    told,
    desk,
    add: (number: number, title: string) => desk.add(comes(number, title)),
  };
}

it('tells what comes now and then one by one', async () => {
  const { clock, told, add } = gathering();
  for (const title of ['fell', 'came back']) {
    add(1, title);
    await clock.advance(60_000);
  }
  expect(told.map(({ title }) => title)).toEqual(['fell', 'came back']);
});

it('tells in one what takes many at once', async () => {
  const { clock, told, add } = gathering();
  for (let number = 1; number <= 412; number += 1) add(number, 'fell');
  add(413, 'came back');
  await clock.advance(2_000);
  expect(told.map(({ title, tone, vaultId }) => [title, tone, vaultId])).toEqual([
    ['412 vaults fell', 'warning', null],
    ['came back', 'good', vaultIdOf(413)],
  ]);
  // By these the feed finds it for a vault.
  expect(told[0]?.text).toContain('Of “Vault 1”, “Vault 2”,');
  expect(told[0]?.text).toContain(' and 312 more.');
});

it('gathers what flaps, and tells the newest of it when it is calm', async () => {
  const { clock, told, add } = gathering();
  for (let turn = 0; turn < 20; turn += 1) {
    add(1, turn % 2 === 0 ? 'fell' : 'came back');
    await clock.advance(10_000);
  }
  expect(told).toHaveLength(6);
  expect(told.at(-1)?.text).toContain('It keeps changing');
  await clock.advance(5 * 60_000);
  expect(told).toHaveLength(7);
  expect(told.at(-1)).toMatchObject({
    title: 'came back',
    text: 'It changed 14 times within 2 min 10 s; this is the last of them.',
  });
  await clock.advance(60 * 60_000);
  expect(told).toHaveLength(7);
  add(1, 'fell');
  await clock.advance(2_000);
  expect(told.at(-1)?.title).toBe('fell');
});

it('grows by a handful an hour where it never calms', async () => {
  const { clock, told, add } = gathering();
  for (let turn = 0; turn < 6 * 60 * 6; turn += 1) {
    add(1, turn % 2 === 0 ? 'fell' : 'came back');
    await clock.advance(10_000);
  }
  expect(told.length).toBeGreaterThan(12);
  expect(told.length).toBeLessThan(100);
});

it('keeps nothing back when it ends', async () => {
  const { clock, told, add, desk } = gathering();
  for (let turn = 0; turn < 9; turn += 1) {
    add(1, turn % 2 === 0 ? 'fell' : 'came back');
    await clock.advance(2_000);
  }
  add(2, 'fell');
  desk.flush();
  expect(told.slice(6).map(({ title, vaultId }) => [title, vaultId])).toEqual([
    ['fell', vaultIdOf(2)],
    ['fell', vaultIdOf(1)],
  ]);
});
