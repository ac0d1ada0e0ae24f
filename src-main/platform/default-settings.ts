import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { address, networkId } from '#domain/ids.ts';
import type { Network } from '#domain/network.ts';
import type { Settings } from '#domain/settings.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';

/** Drift v2 on Solana's mainnet-beta. */
const MAINNET: Network = {
  id: networkId('mainnet'),
  label: 'Solana mainnet',
  kind: 'live',
  deployment: {
    program: address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH'),
    stateSeed: 'drift_state',
    quoteMint: address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
    quoteSymbol: 'USDC',
  },
  endpoints: [
    {
      label: 'Solana public',
      httpUrl: 'https://api.mainnet-beta.solana.com',
      webSocketUrl: 'wss://api.mainnet-beta.solana.com',
    },
  ],
  genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
};

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  notifications: true,
  sync: DEFAULT_SYNC_SETTINGS,
  capital: DEFAULT_CAPITAL_SETTINGS,
  networks: [MAINNET],
};
