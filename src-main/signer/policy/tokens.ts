/**
 * Mints that the signer knows by itself, so that a look-alike cannot borrow a name and a wrong number of decimals
 * cannot make an amount look small. Source: mainnet spot markets of the venue's SDK, version 2.156.0.
 */
import { address, type Address } from '#domain/ids.ts';

export interface PinnedToken {
  readonly symbol: string;
  readonly decimals: number;
  readonly mint: Address;
  /** Spot markets of the live venue that hold it. */
  readonly liveMarkets: readonly number[];
}

type Row = readonly [
  symbol: string,
  decimals: number,
  mint: string,
  liveMarkets: readonly number[],
];

const ROWS: readonly Row[] = [
  ['USDC', 6, 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', [0, 34, 47]],
  ['SOL', 9, 'So11111111111111111111111111111111111111112', [1, 49]],
  ['mSOL', 9, 'mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So', [2]],
  ['wBTC', 8, '3NZ9JMVBmGAqocybic2c7LQCJScmgsAZ6vQqTDzcqmJh', [3]],
  ['wETH', 8, '7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs', [4]],
  ['USDT', 6, 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB', [5, 48]],
  ['jitoSOL', 9, 'J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn', [6, 40, 50]],
  ['PYTH', 6, 'HZ1JovNiVvGrGNiiYvEozEVgZ58xaU3RKwX8eACQBCt3', [7]],
  ['bSOL', 9, 'bSo13r4TkiE4KumL71LsHTPpL2euBYLFx6h9HP3piy1', [8]],
  ['JTO', 9, 'jtojtomepa8beP8AuQc6eXt5FriJwfFMwQx2v2f9mCL', [9, 44, 51]],
  ['WIF', 6, 'EKpQGSJtjMFqKZ9KQanSqYXRcF8fBopzLHYxdM65zcjm', [10]],
  ['JUP', 6, 'JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN', [11]],
  ['RENDER', 8, 'rndrizKT3MK1iimdxRdWabcF7Zg7AR5T4nud4EkHBof', [12]],
  ['W', 6, '85VBFQZC9TZkfaptBWjvUw7YbZjy52A6mjtPGjstQAmQ', [13]],
  ['TNSR', 9, 'TNSRxcUxoT9xBG3de7PiJyTDYu7kskLqcpddxnEJAS6', [14]],
  ['DRIFT', 6, 'DriFtupJYLTosbwoN8koMbEYSx54aFAVLddWsbksjwg7', [15]],
  ['INF', 9, '5oVNBeEEQvYi1cX3ir8Dx5n1P7pdxydbGF2X4TxVusJm', [16]],
  ['dSOL', 9, 'Dso1bDeDjCQxTrWHqUUi63oBvV7Mdm6WaobLbQ7gnPQ', [17]],
  ['USDY', 6, 'A1KLoBrKBde8Ty9qtNQUtq3C2ortoC3u7twggz7sEto6', [18]],
  ['JLP', 6, '27G8MtK7VtTcCHkpASjSDdkWWYfoqT6ggEuKidVJidD4', [19, 33]],
  ['POPCAT', 9, '7GCihgDB8fe6KNjn2MYtkzZcRjQy3t9GHdC8uHYmW2hr', [20]],
  ['CLOUD', 9, 'CLoUDKc4Ane7HeQcPpE3YHnznRxhMimJ4MyaUqyHFzAu', [21]],
  ['PYUSD', 6, '2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo', [22]],
  ['USDe', 9, 'DEkqHyPN7GMRJ5cArtQFAWefqbZb33Hyf6s5iCwjEonT', [23]],
  ['sUSDe', 9, 'Eh6XEPhSwoLv5wFApukmnaVSHQ6sAnoD9BmgmwQoN2sN', [24]],
  ['BNSOL', 9, 'BNso1VUJnh4zcfpZa6986Ea66P6TCp59hvtNJ8b1X85', [25]],
  ['MOTHER', 6, '3S8qX1MsMqRbiwKg2cQyx7nis1oHMgaCuc9c4VfvVdPN', [26]],
  ['cbBTC', 8, 'cbbtcf3aa214zXHbiAZQwf4122FBYbraNdFqgw4iMij', [27]],
  ['USDS', 6, 'USDSwr9ApdHk5bvJKMjzff41FfuX8bSxdKcR81vTwcA', [28]],
  ['META', 9, 'METADDFL6wWMWEoKTFJwcThTbUmtarRJZjRpzUvkxhr', [29]],
  ['ME', 6, 'MEFNBXixkEbait3xn9bkm8WsJzXtVsaJEn4c8Sam21u', [30]],
  ['PENGU', 6, '2zMMhcVQEXDtdE6vsFS7S7D5oUodfJHE8vd1gnBouauv', [31]],
  ['BONK', 5, 'DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263', [32]],
  ['AI16Z', 9, 'HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwC', [35]],
  ['TRUMP', 6, '6p6xgHyF7AeE6TZkSmFsko444wqoP15icUSqi2jfGiPN', [36]],
  ['MELANIA', 6, 'FUAfBo2jgks6gB4Z4LfZkqSZgzNucisEHqnNebaRxM1P', [37]],
  ['AUSD', 6, 'AUSD1jCcCyPLybk1YnvPWsHQSrZ46dxwoMniN4N2UEB9', [38]],
  ['FARTCOIN', 6, '9BB6NFEcjBCtnNLFko2FqVQBq8HHM13kCyYcdQbgpump', [39]],
  ['PT-fragSOL-10JUL25-3', 9, '8adRViFUNTe3yexj2gbQtx929zBJtWJRM8TeTzYbQBgx', [41]],
  ['PT-kySOL-15JUN25-3', 9, 'FxT7bPGvkS5jKF2vgnJ16MciHqtsNqxbcWTfFg7L136h', [42]],
  ['PT-dSOL-30JUN25-3', 9, '8H3tZ7WcgYPKEQ7fCCAFQuaNqKdMH1EtBp2ovUPpRK3k', [43]],
  ['zBTC', 8, 'zBTCug3er3tLyffELcvDNrKkCymbPWysGcWihESYfLg', [45]],
  ['ZEUS', 6, 'ZEUS1aR7aX8DFFJf5QjWj2ftDDdNTroMNGo8YoQm3Gq', [46]],
  ['dfdvSOL', 9, 'sctmB7GPi5L2Q5G9tUSzXvhZ4YiDMEGcRov9KfArQpx', [52]],
  ['sACRED', 6, '59CwZq5b6drmDizgGfxECG7f16hxDpG1nXrxPoQx4y8g', [53]],
  ['EURC', 6, 'HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr', [54]],
  ['PT-fragSOL-31OCT25-3', 9, 'Aby6y5DYtTrhQD8i7JXLs4H3jdUTwSXDraYqnwn5tKbt', [55]],
  ['PUMP', 6, 'pumpCmXqMfrsAkQ5r49WcJnRayYRqmXz6ae8H7H9Dfn', [56]],
  ['syrupUSDC', 6, 'AvZZF1YaZDziPY2RCK4oJrRVrbN3mTD9NL24hPeaZeUj', [57]],
  ['LBTC', 8, 'LBTCgU4b3wsFKsPwBn1rRZDx5DoFutM6RPiEt1TPDsY', [58]],
  ['2Z', 8, 'J6pQQ3FAcJQeWPPGppWRb4nM8jU3wLyYbRrLh7feMfvd', [59]],
  ['MET', 6, 'METvsvVRapdj9cFLzq4Tr43xK4tAjQfwX76z3n6mWQL', [60]],
  ['CASH', 6, 'CASHx9KJUStyftLFWGvEVf59SGeG9sh5FfcnZMVPCASH', [61]],
  ['USD1', 6, 'USD1ttGY1N17NEEHLmELoaybftRBUSErhqYiQzvEmuB', [62]],
];

/** One of these is counted as one dollar, without an oracle: the threshold of C9 needs no more. */
const DOLLAR_COINS: ReadonlySet<string> = new Set([
  'USDC',
  'USDT',
  'PYUSD',
  'USDe',
  'USDS',
  'AUSD',
  'CASH',
  'USD1',
]);

export const PINNED_TOKENS: readonly PinnedToken[] = ROWS.map(
  ([symbol, decimals, mint, liveMarkets]) => ({
    symbol,
    decimals,
    mint: address(mint),
    liveMarkets,
  }),
);

const byMint = new Map(PINNED_TOKENS.map((token) => [token.mint, token]));
const byName = new Map(PINNED_TOKENS.map((token) => [plainName(token.symbol), token]));
const byLiveMarket = new Map(
  PINNED_TOKENS.flatMap((token) => token.liveMarkets.map((market) => [market, token])),
);

export function pinnedByMint(mint: Address): PinnedToken | null {
  return byMint.get(mint) ?? null;
}

/** By symbol, without regard to case, signs and the number of a pool: “usdc-4” is USDC. */
export function pinnedBySymbol(symbol: string): PinnedToken | null {
  return byName.get(plainName(symbol)) ?? null;
}

export function pinnedByLiveMarket(marketIndex: number): PinnedToken | null {
  return byLiveMarket.get(marketIndex) ?? null;
}

export function isDollarCoin(token: PinnedToken): boolean {
  return DOLLAR_COINS.has(token.symbol);
}

function plainName(symbol: string): string {
  const withoutPool = symbol.replace(/-\d{1,2}$/, '');
  return withoutPool.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
