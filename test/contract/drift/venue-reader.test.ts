import { decodeAccount, encodeAccount } from '#main/drift/codec/drift-coder.ts';
import { networkAt, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { loadMainnetAccounts } from '#test/support/mainnet-accounts.ts';
import { RpcServer } from '#test/support/rpc-server.ts';
import { describeVenueReader } from '../venue-reader-suite.ts';

const { users, accounts } = loadMainnetAccounts();
/** Three that the recorded markets can value. */
const chosen = users.slice(3, 6);

describeVenueReader('the on-chain reader', async () => {
  const server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
  const vaults = chosen.map(({ authority, subAccountId, key }) =>
    vaultOf(authority, subAccountId, key),
  );
  return {
    reader: readerAt(networkAt(server)),
    vaults,
    missing: vaultOf(chosen[0]?.authority ?? '', 65_535, 'missing'),
    change: ({ id }) => {
      const account = server.accounts.get(id);
      if (account === undefined) throw new Error('The vault has no account');
      const user = decodeAccount('User', account.data);
      const [usdc] = user.spotPositions;
      if (usdc === undefined) throw new Error('The account has no spot position');
      usdc.scaledBalance += 1_000_000_000n;
      server.accounts.set(id, { ...account, data: encodeAccount('User', user) });
      server.nextSlot();
      return Promise.resolve();
    },
    close: () => server.close(),
  };
});
