import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { DEFAULT_DESK_SETTINGS } from '#domain/desk-settings.ts';
import { address, networkId } from '#domain/ids.ts';
import type { Network } from '#domain/network.ts';
import type { Settings } from '#domain/settings.ts';
import { DEFAULT_SHELL_SETTINGS } from '#domain/shell-settings.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';

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
  watch: DEFAULT_WATCH_SETTINGS,
  shell: DEFAULT_SHELL_SETTINGS,
  desk: DEFAULT_DESK_SETTINGS,
  networks: [MAINNET],
};
