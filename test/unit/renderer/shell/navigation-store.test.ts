import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  goBack,
  goForward,
  openScreen,
  openSettings,
  openVault,
  openVaults,
  useNavigationStore,
} from '#renderer/stores/navigation-store.ts';
import { vaultIdOf } from '#test/support/vaults.ts';

const begin = useNavigationStore.getState();
beforeEach(() => useNavigationStore.setState(begin, true));
const now = () => useNavigationStore.getState();

describe('the way through the desk', () => {
  it('begins at the overview, with nothing before it', () => {
    goBack();
    goForward();
    expect(now().route.kind).toBe('overview');
  });

  it('goes back and forward', () => {
    openVaults();
    openVault(vaultIdOf(1));
    goBack();
    expect(now().route.kind).toBe('vaults');
    goForward();
    expect(now().route).toEqual({ kind: 'vault', id: vaultIdOf(1) });
    goBack();
    openScreen('inbox');
    goForward();
    expect(now().route.kind).toBe('inbox');
  });

  it('remembers the vault that was left, so that its row has the focus', () => {
    openVaults();
    openVault(vaultIdOf(2));
    goBack();
    expect(now().cameFrom).toBe(vaultIdOf(2));
    openScreen('keys');
    openVaults();
    expect(now().cameFrom).toBeNull();
  });

  it('is no longer for another section of the same screen', () => {
    openSettings('data');
    openSettings('sync');
    openSettings('sync');
    expect(now().route).toEqual({ kind: 'settings', section: 'sync' });
    goBack();
    expect(now().route.kind).toBe('overview');
  });

  it('comes back to where it was, whatever the way', () => {
    const step = fc.constantFrom('overview', 'vaults', 'inbox', 'keys', 'about' as const);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        useNavigationStore.setState(begin, true);
        for (const kind of steps) openScreen(kind as 'inbox');
        const { route, past } = now();
        for (let index = 0; index < past.length; index += 1) goBack();
        expect(now().route.kind).toBe('overview');
        for (let index = 0; index < past.length; index += 1) goForward();
        expect(now().route).toEqual(route);
      }),
    );
  });
});
