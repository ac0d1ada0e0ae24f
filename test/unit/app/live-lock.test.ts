import { expect, it } from 'vitest';
import { liveLockOf } from '#main/app/live-lock.ts';

const OFFICIAL = { electron: '45.4.1', official: true, sandboxed: true };

it('leaves live networks open in an official, sandboxed runtime', () => {
  expect(liveLockOf(OFFICIAL)).toBeNull();
});

it('locks them in an unofficial build, and names it', () => {
  expect(liveLockOf({ ...OFFICIAL, electron: '33.2.1', official: false })).toContain(
    'unofficial build of Electron 33.2.1',
  );
});

it('locks them without the sandbox, and says what to do', () => {
  expect(liveLockOf({ ...OFFICIAL, sandboxed: false })).toContain('without --no-sandbox');
});
