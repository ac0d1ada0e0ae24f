/** Who is there when a practice network starts: the trader, the house that lends and takes the other side, a crowd. */
import type { PublicKey } from '@solana/web3.js';
import { practiceKeypair } from '../keys.ts';
import type { Population, WorldSettings } from '../options.ts';
import type { GenesisBook } from './genesis-book.ts';

const USDC = 1_000_000n;
const SOL = 1_000_000_000n;
const WETH = 100_000_000n;
const BASE = 1_000_000_000n;
/** A tenth, a hundredth of a unit of base. */
const TENTH = BASE / 10n;
const HUNDREDTH = BASE / 100n;

export interface Holding {
  /** Spot market index and amount: deposits, or borrows where negative. */
  readonly spot: readonly (readonly [marketIndex: number, amount: bigint])[];
  readonly perp: readonly (readonly [marketIndex: number, base: bigint])[];
}

const HOUSES: readonly (Holding & { readonly name: string })[] = [
  {
    name: 'House Lender',
    spot: [
      [0, 5_000_000n * USDC],
      [1, 60_000n * SOL],
      [2, 1_500n * WETH],
    ],
    perp: [],
  },
  {
    name: 'House Borrower',
    spot: [
      [1, 80_000n * SOL],
      [0, -6_000_000n * USDC],
    ],
    perp: [],
  },
  {
    name: 'House Hedger',
    spot: [
      [0, 6_000_000n * USDC],
      [1, -22_000n * SOL],
      [2, -300n * WETH],
    ],
    perp: [],
  },
  {
    name: 'House Bull',
    spot: [[0, 2_000_000n * USDC]],
    perp: [
      [0, 9_000n * BASE],
      [1, 15n * BASE],
      [2, 420n * BASE],
    ],
  },
  {
    name: 'House Bear',
    spot: [[0, 2_000_000n * USDC]],
    perp: [
      [0, -8_200n * BASE],
      [1, -13n * BASE],
      [2, -460n * BASE],
    ],
  },
];

const PNL_POOLS: readonly bigint[] = [900_000n * USDC, 1_200_000n * USDC, 700_000n * USDC];

export function houseAuthority(seed: string, house: number): PublicKey {
  return practiceKeypair(seed, `house/${house}`).publicKey;
}

/** Authorities of the crowd, in order. */
export function populationAuthorities(seed: string, population: Population): PublicKey[] {
  return Array.from(
    { length: population.authorities },
    (_, i) => practiceKeypair(seed, `population/${i}`).publicKey,
  );
}

export function addFirstAccounts(book: GenesisBook, settings: WorldSettings): void {
  PNL_POOLS.forEach((amount, market) => {
    book.fundPnlPool(market, amount);
  });
  HOUSES.forEach((house, i) => {
    addUser(book, houseAuthority(settings.seed, i), house.name, house);
  });
  addStarter(book, practiceKeypair(settings.seed, 'starter').publicKey);
  addPopulation(book, settings);
}

function addStarter(book: GenesisBook, authority: PublicKey): void {
  addUser(book, authority, 'Main Account', {
    spot: [
      [0, 2_500n * USDC],
      [1, 12n * SOL],
    ],
    perp: [[0, -10n * BASE]],
  });
  addUser(book, authority, 'Reserve', { spot: [[0, 500n * USDC]], perp: [] });
}

function addPopulation(book: GenesisBook, { seed, population }: WorldSettings): void {
  populationAuthorities(seed, population).forEach((authority, a) => {
    for (let s = 0; s < population.subAccounts; s++)
      addUser(book, authority, `Vault ${a}-${s}`, crowdHolding(a * 31 + s));
  });
}

/** Varied, so that no two neighbours look the same; always well above the initial margin. */
function crowdHolding(n: number): Holding {
  const size = BigInt(n % 7) + 1n;
  const sign = n % 2 === 0 ? 1n : -1n;
  const spot: [number, bigint][] = [[0, (1_000n + BigInt((n * 37) % 4_000)) * USDC]];
  const perp: [number, bigint][] = [];
  if (n % 3 === 0) spot.push([1, size * SOL]);
  if (n % 4 !== 3) perp.push([0, sign * size * TENTH]);
  if (n % 5 === 0) perp.push([2, -sign * size * HUNDREDTH]);
  return { spot, perp };
}

function addUser(book: GenesisBook, authority: PublicKey, name: string, holding: Holding): void {
  const user = book.openUser(authority, name);
  for (const [market, amount] of holding.spot) book.fund(user, market, amount);
  for (const [market, base] of holding.perp) book.trade(user, market, base);
}
