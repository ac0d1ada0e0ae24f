import { describe, expect, it } from 'vitest';
import { identityOf } from '#domain/engine-vault.ts';
import { networkId, vaultId } from '#domain/ids.ts';
import { isTransient, keelError, PERMANENT_CODES, TRANSIENT_CODES } from '#domain/keel-error.ts';
import { DEFAULT_SYNC_SETTINGS, retryDelayAfter } from '#domain/sync-settings.ts';
import { unixMs } from '#domain/units.ts';
import { syncHealth, type VaultSyncState, type VaultView } from '#domain/vault-state.ts';
import { deriveTotals, moneyOf } from '#domain/vault-totals.ts';
import { FAULT, NOW, onChainOn, paperOn, STALE_AFTER_MS, verifiedView } from './views.ts';

const vault = onChainOn('practice');
const good = verifiedView(vault, { usdc: 10n });
const failure = { error: FAULT, attempts: 4, cause: 'heartbeat', atMs: NOW } as const;
const discrepant = { kind: 'discrepant', error: FAULT, atMs: NOW } as const;

const withState = (state: Partial<VaultSyncState>): VaultView => ({
  ...good,
  state: { ...good.state, ...state },
});
const at = (ageMs: number) => unixMs(NOW + ageMs);

describe('health of the figures', () => {
  it.each([
    ['verified and young', good, 0, 'fresh'],
    ['exactly at the limit', good, STALE_AFTER_MS, 'fresh'],
    ['a moment older', good, STALE_AFTER_MS + 1, 'stale'],
    ['verified in the future: the clock was set back', good, -STALE_AFTER_MS - 1, 'stale'],
    ['told a moment before the clock ticked', good, -1_000, 'fresh'],
    ['of an earlier run', { ...good, synced: false }, 0, 'stale'],
    ['never verified', withState({ verification: { kind: 'unverified' } }), 0, 'stale'],
    ['after a failure', withState({ failure }), 0, 'failing'],
    ['contradicted', withState({ verification: discrepant, failure }), 0, 'discrepant'],
  ] as const)('%s: %s', (_name, view, ageMs, health) => {
    expect(syncHealth(view.state, view.synced, at(ageMs), STALE_AFTER_MS)).toBe(health);
  });
});

describe('totals (V5)', () => {
  const networks = [
    { id: networkId('practice'), kind: 'practice' },
    { id: networkId('mainnet'), kind: 'live' },
  ] as const;
  const views = [
    verifiedView(paperOn('practice'), { usdc: 1n }),
    verifiedView(paperOn('mainnet'), { usdc: 2n }),
    verifiedView(onChainOn('practice'), { usdc: 40n }),
    verifiedView(onChainOn('mainnet'), { usdc: 800n, perpBase: -1_000_000_000n, markPrice: 5n }),
  ];

  it('paper, play money and real money are never in one sum', () => {
    const totals = deriveTotals(views, networks);
    expect([totals.paper.equity, totals.practice.equity, totals.live.equity]).toEqual([
      3n,
      40n,
      800n,
    ]);
    expect(totals.live.deployed).toBe(5n);
  });

  it('of one network', () => {
    const totals = deriveTotals(views, networks, networkId('mainnet'));
    expect([totals.paper.equity, totals.practice.vaults, totals.live.equity]).toEqual([
      2n,
      0,
      800n,
    ]);
  });

  it('an unread vault is counted as unknown, never as zero; an archived one not at all', () => {
    const unread = {
      ...good,
      state: { ...good.state, observation: null },
      vault: { ...vault, id: vaultId('unread') },
    };
    const archived = { ...good, vault: { ...vault, archivedAtMs: NOW } };
    expect(deriveTotals([good, unread, archived], networks).practice).toMatchObject({
      equity: 10n,
      vaults: 2,
      unknown: 1,
    });
  });

  it('an on-chain vault of a network that is not configured counts as real money', () => {
    expect(moneyOf(onChainOn('gone'), networks)).toBe('live');
  });
});

describe('retry delays and fault classes (S4)', () => {
  it('1 s, 2 s, 4 s, then none', () => {
    const delays = [1, 2, 3, 4, 5].map((n) => retryDelayAfter(n, DEFAULT_SYNC_SETTINGS));
    expect(delays).toEqual([1_000, 2_000, 4_000, null, null]);
    expect(retryDelayAfter(1, { ...DEFAULT_SYNC_SETTINGS, maxRetries: 0 })).toBeNull();
  });

  it('every transient code is retried and no permanent one', () => {
    const transient = (code: Parameters<typeof keelError>[0]) =>
      isTransient(keelError(code, 'retry', '', ''));
    expect(TRANSIENT_CODES.every(transient)).toBe(true);
    expect(PERMANENT_CODES.some(transient)).toBe(false);
  });
});

describe('identity (V1)', () => {
  it('differs in every part', () => {
    if (vault.vaultType !== 'onChain') throw new Error('not on chain');
    const twins = [
      vault,
      { ...vault, network: networkId('other') },
      { ...vault, program: 'p2' as typeof vault.program },
      { ...vault, authority: 'a2' as typeof vault.authority },
      { ...vault, subAccountId: 1 },
      paperOn('practice'),
    ];
    expect(new Set(twins.map(identityOf)).size).toBe(twins.length);
    expect(identityOf({ ...vault, id: vaultId('x'), name: 'y' })).toBe(identityOf(vault));
  });
});
