import { address, networkId, PRACTICE_NETWORK, vaultId } from '#domain/ids.ts';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { Network } from '#domain/network.ts';
import { unixMs } from '#domain/units.ts';
import type { PracticePlace } from './orders.ts';

export function networkOfPlace(place: PracticePlace): Network {
  return {
    id: PRACTICE_NETWORK,
    label: 'Practice',
    kind: 'practice',
    deployment: {
      program: address(place.program),
      stateSeed: place.stateSeed,
      quoteMint: address(place.quoteMint),
      quoteSymbol: 'USDC',
    },
    endpoints: [{ label: 'bench', httpUrl: place.httpUrl, webSocketUrl: place.webSocketUrl }],
    genesisHash: place.genesisHash,
  };
}

export interface SubAccount {
  readonly authority: string;
  readonly subAccountId: number;
}

/** The first sub-accounts of all authorities in turn, so that few vaults are of many authorities too. */
export function vaultsOfPlace(place: PracticePlace, count: number): readonly SubAccount[] {
  const { authorities } = place;
  return Array.from({ length: count }, (_, index) => ({
    authority: authorities[index % authorities.length] ?? '',
    subAccountId: Math.floor(index / authorities.length),
  }));
}

export function onChainVaultOf(
  place: PracticePlace,
  { authority, subAccountId }: SubAccount,
): OnChainVault {
  return {
    id: vaultId(`${authority}/${subAccountId}`),
    vaultType: 'onChain',
    engine: 'bench',
    name: `${subAccountId}`,
    network: networkId(PRACTICE_NETWORK),
    active: false,
    createdAtMs: unixMs(0),
    archivedAtMs: null,
    sortIndex: 0,
    program: address(place.program),
    authority: address(authority),
    subAccountId,
  };
}
