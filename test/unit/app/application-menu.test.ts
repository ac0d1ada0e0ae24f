import { expect, it } from 'vitest';
import { applicationMenu } from '#main/app/application-menu.ts';

it.each(['linux', 'win32'] as const)('is none on %s: every key is the desk’s', (platform) => {
  expect(applicationMenu(platform)).toBeNull();
});

it('is on a Mac what every program there has, and never zooms or reloads', () => {
  const roles = (applicationMenu('darwin') ?? []).map(({ role }) => role);
  expect(roles).toEqual(['appMenu', 'editMenu', 'windowMenu']);
});
