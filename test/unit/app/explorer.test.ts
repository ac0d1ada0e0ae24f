import { describe, expect, it } from 'vitest';
import { networkId, PRACTICE_NETWORK } from '#domain/ids.ts';
import { explorerUrl } from '#main/app/explorer.ts';

const live = [{ id: networkId('mainnet') }];
const signature = '5'.repeat(88);

describe('the explorer', () => {
  it('shows a transaction of a live network', () => {
    expect(explorerUrl(live, networkId('mainnet'), signature)).toEqual({
      ok: true,
      value: `https://solscan.io/tx/${signature}`,
    });
  });

  it.each([PRACTICE_NETWORK, networkId('elsewhere')])('knows nothing of %s', (network) => {
    const refused = explorerUrl(live, network, signature);
    expect(refused).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
  });
});
