/** What a test of the on-chain reader needs: a network at a server, vaults on it, and a reader. */
import type { OnChainVault } from '#domain/engine-vault.ts';
import { address, networkId, vaultId } from '#domain/ids.ts';
import type { Network } from '#domain/network.ts';
import { createDriftReader, type DriftReader, type DriftReaderOptions } from '#main/drift/index.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import type { PracticeHandle } from '#main/practice/index.ts';
import { PROGRAM } from './mainnet-accounts.ts';
import type { RpcServer } from './rpc-server.ts';
import { silentLogger } from './silent-logger.ts';
import { onChainVault } from './vaults.ts';

export function networkAt(...servers: readonly RpcServer[]): Network {
  return {
    id: networkId('test'),
    label: 'Test',
    kind: 'live',
    deployment: {
      program: address(PROGRAM),
      stateSeed: 'drift_state',
      quoteMint: address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
      quoteSymbol: 'USDC',
    },
    endpoints: servers.map((server, index) => ({
      label: `node ${index + 1}`,
      httpUrl: `${server.url}/?token=hidden-token`,
      webSocketUrl: server.webSocketUrl,
    })),
    genesisHash: servers[0]?.genesisHash ?? null,
  };
}

/** The practice network as the one that Keel reads. */
export async function networkOf({ network }: PracticeHandle): Promise<Network> {
  const { program, stateSeed, quoteMint, genesisHash } = await network.status();
  const { httpUrl, webSocketUrl } = network;
  return {
    id: networkId('practice'),
    label: 'Practice',
    kind: 'practice',
    deployment: {
      program: address(program),
      stateSeed,
      quoteMint: address(quoteMint),
      quoteSymbol: 'USDC',
    },
    endpoints: [{ label: 'practice', httpUrl, webSocketUrl }],
    genesisHash,
  };
}

export function vaultOf(authority: string, subAccountId: number, id = 'vault'): OnChainVault {
  return onChainVault(subAccountId, {
    id: vaultId(id),
    name: id,
    network: networkId('test'),
    program: address(PROGRAM),
    authority: address(authority),
  });
}

export function readerAt(network: Network, options: Partial<DriftReaderOptions> = {}): DriftReader {
  return createDriftReader({
    network,
    clock: systemClock(),
    logger: silentLogger,
    rpcTimeoutMs: 2_000,
    ...options,
  });
}
