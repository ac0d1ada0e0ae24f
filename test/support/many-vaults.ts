import { PublicKey } from '@solana/web3.js';
import type { OnChainVault } from '#domain/engine-vault.ts';
import { DRIFT_V2, userAddress } from '#main/drift/codec/addresses.ts';
import { vaultOf } from './drift-reading.ts';
import { PROGRAM, type MainnetUser } from './mainnet-accounts.ts';
import type { RpcServer } from './rpc-server.ts';

const AUTHORITY_OFFSET = 8;
const SUB_ACCOUNT_OFFSET = 4_346;

/** Real user accounts, given to other owners, as vaults on the server: `count` over `authorities`. */
export function serveVaults(
  server: RpcServer,
  models: readonly MainnetUser[],
  count: number,
  authorities: number,
): readonly OnChainVault[] {
  return Array.from({ length: count }, (_, index) => {
    const model = models[index % models.length];
    if (model === undefined) throw new Error('No model to copy');
    const authority = authorityOf(index % authorities);
    const subAccountId = Math.floor(index / authorities);
    const data = Buffer.from(model.data);
    authority.toBuffer().copy(data, AUTHORITY_OFFSET);
    data.writeUInt16LE(subAccountId, SUB_ACCOUNT_OFFSET);
    const key = userAddress(DRIFT_V2, authority, subAccountId).toBase58();
    server.accounts.set(key, { owner: PROGRAM, data });
    return vaultOf(authority.toBase58(), subAccountId, `vault-${index}`);
  });
}

function authorityOf(index: number): PublicKey {
  return new PublicKey(Buffer.alloc(32, index + 1));
}
