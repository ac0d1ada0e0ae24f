import { expect, it } from 'vitest';
import type { NewActivity } from '#domain/activity.ts';
import { address } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import type { KeyInfo, SignerState } from '#domain/signer-state.ts';
import { SIGNER_NOT_STARTED } from '#domain/signer-state.ts';
import { createActivityNotes, type ActivityNote } from '#main/app/activity-notes.ts';
import { createKeyNotes } from '#main/app/key-notes.ts';
import { settingsNote } from '#main/app/settings-note.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const note = (title: string): ActivityNote => ({ kind: 'data', tone: 'info', title });

it('keeps what is done while no engine is there, with its time, and hands it over in order', async () => {
  const clock = new FakeClock();
  const taken: NewActivity[] = [];
  let isUp = false;
  const notes = createActivityNotes(clock, (entry) => isUp && taken.push(entry) > 0);
  const firstMs = clock.nowMs();
  notes.note(note('first'));
  await clock.advance(5_000);
  notes.note({ ...note('second'), actor: 'keel' });
  expect(taken).toEqual([]);
  isUp = true;
  notes.engineOpened();
  notes.note(note('third'));
  expect(taken.map(({ title }) => title)).toEqual(['first', 'second', 'third']);
  expect(taken[0]).toEqual({
    ...{ atMs: firstMs, kind: 'data', tone: 'info', actor: 'trader', title: 'first', text: '' },
    ...{ vaultId: null, network: null, operationId: null, alertId: null },
  });
  expect(taken[1]).toMatchObject({ atMs: firstMs + 5_000, actor: 'keel' });
  notes.engineOpened();
  expect(taken).toHaveLength(3);
});

it('keeps the newest few hundred of a desk whose engine never comes', () => {
  const taken: NewActivity[] = [];
  let isUp = false;
  const notes = createActivityNotes(new FakeClock(), (entry) => isUp && taken.push(entry) > 0);
  for (let number = 1; number <= 700; number += 1) notes.note(note(String(number)));
  isUp = true;
  notes.engineOpened();
  expect([taken.length, taken[0]?.title, taken.at(-1)?.title]).toEqual([500, '201', '700']);
});

it('tells all settings that changed in one, from and to, and nothing of how the desk looks', () => {
  const { networks: _, ...before } = DEFAULT_SETTINGS;
  const after = {
    ...before,
    theme: 'light' as const,
    watch: { ...before.watch, warningHealthBps: 4_550 },
    capital: { ...before.capital, dailyCap: (2n * 10n ** 9n) as never, autoLockMs: 60_000 },
    shell: { ...before.shell, quietHours: { enabled: true, fromMinute: 1_380, toMinute: 425 } },
    desk: { ...before.desk, zoomPercent: 150 },
  };
  expect(settingsNote(before, after)).toEqual({
    kind: 'settings',
    tone: 'info',
    title: '5 settings were changed',
    text: [
      'Theme: system → light',
      'Most that may leave one vault in a day: none → 2,000.00 USD',
      'Lock the keys when idle for: 900 s → 60 s',
      'Warn below a health of: 50 % → 45.5 %',
      'Quiet hours: off → 23:00 to 07:05',
    ].join('; '),
  });
  expect(settingsNote(before, { ...before, desk: after.desk })).toBeNull();
});

const key = (name: string, start: string): KeyInfo => ({
  publicKey: address(`${start}YvJQwVgqRV4p5yZq6bQ4hZ4kGxV4m3kQ5b9wXyz`),
  ...{ name, kind: 'keypair', networkKind: 'live', derivationPath: null, createdAtMs: unixMs(0) },
});

it('tells how keys come, go and lock, once each, and not of a signer that starts or is lost', () => {
  const told: ActivityNote[] = [];
  const hear = createKeyNotes((each) => told.push(each));
  const locked: SignerState = { ...SIGNER_NOT_STARTED, status: 'locked', lockCause: 'start' };
  const first = { ...locked, keys: [key('Main', '4Nd1')] };
  hear(SIGNER_NOT_STARTED);
  hear(first);
  hear({ ...first, status: 'unlocked', lockCause: null });
  hear({
    ...first,
    status: 'unlocked',
    lockCause: null,
    keys: [key('Old', '4Nd1'), key('New', '9xQe')],
  });
  hear(SIGNER_NOT_STARTED);
  hear({ ...locked, keys: [key('New', '9xQe')], lockCause: 'too-many-attempts' });
  expect(told.map(({ title, text, tone }) => [title, text, tone])).toEqual([
    ['Keys unlocked', 'Capital can be moved.', 'info'],
    ['Key “Main” renamed to “Old”', '4Nd1…wXyz, for live networks.', 'info'],
    ['Key “New” added', '9xQe…wXyz, for live networks.', 'info'],
    ['Key “Old” removed', '4Nd1…wXyz, for live networks.', 'info'],
    ['Keys locked', 'The passphrase was wrong too often.', 'warning'],
  ]);
});
