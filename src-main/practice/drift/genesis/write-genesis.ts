import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { PublicKey, SystemProgram } from '@solana/web3.js';
import {
  insuranceVaultAddress,
  perpMarketAddress,
  pythLazerAddress,
  signerAddress,
  spotMarketAddress,
  spotVaultAddress,
  stateAddress,
  userStatsAddress,
} from '#main/drift/codec/addresses.ts';
import type { DriftAccountName, DriftAccounts } from '#main/drift/codec/drift-coder.ts';
import { blankAccount } from '#main/drift/codec/drift-coder.ts';
import type { Plain } from '#main/drift/codec/plain.ts';
import type { Ledger } from '../../chain/program.ts';
import { saveTo } from '../ledger-accounts.ts';
import { practiceKeypair } from '../keys.ts';
import { FEEDS, SPOT_MARKETS } from '../market-catalogue.ts';
import type { WorldSettings } from '../options.ts';
import { mintAccount, tokenAccount } from '../spl-bytes.ts';
import { postPrice } from '../tick/prices.ts';
import { GenesisBook } from './genesis-book.ts';
import { addFirstAccounts, houseAuthority, populationAuthorities } from './first-accounts.ts';

const LAMPORTS_PER_SOL = 1_000_000_000n;
const HOUSES = 5;
const STARTER_WALLET = { lamports: 25n * LAMPORTS_PER_SOL, usdc: 5_000_000_000n };

/** Writes every first account of the world. */
export function writeGenesis(ledger: Ledger, settings: WorldSettings): void {
  const book = new GenesisBook(settings, ledger.slot, ledger.unixTimestamp);
  addFirstAccounts(book, settings);
  book.settleAverages();
  writeOracles(ledger, settings);
  writeTokens(ledger, settings, book);
  writeExchange(ledger, settings, book);
  writeWallets(ledger, settings);
}

function writeOracles(ledger: Ledger, { deployment }: WorldSettings): void {
  for (const feed of FEEDS) {
    const address = pythLazerAddress(deployment, feed.feedId);
    saveTo(ledger, deployment.program, 'PythLazerOracle', address, blankAccount('PythLazerOracle'));
    postPrice(ledger, deployment, feed.feedId, feed.anchorPrice);
  }
}

function writeTokens(ledger: Ledger, settings: WorldSettings, book: GenesisBook): void {
  const { deployment, seed } = settings;
  const signer = signerAddress(deployment).address;
  const faucet = practiceKeypair(seed, 'faucet').publicKey;
  for (const { index, mint, decimals, insuranceVaultBalance } of SPOT_MARKETS) {
    const vault = book.vaults[index] ?? 0n;
    const wallet = index === 0 ? STARTER_WALLET.usdc : 0n;
    ledger.setAccount(mint, mintAccount(faucet, decimals, vault + insuranceVaultBalance + wallet));
    ledger.setAccount(
      spotVaultAddress(deployment, index),
      tokenAccount({ mint, owner: signer, amount: vault }),
    );
    const insurance = tokenAccount({ mint, owner: signer, amount: insuranceVaultBalance });
    ledger.setAccount(insuranceVaultAddress(deployment, index), insurance);
  }
}

function writeExchange(ledger: Ledger, { deployment }: WorldSettings, book: GenesisBook): void {
  const save = <N extends DriftAccountName>(
    name: N,
    address: PublicKey,
    value: Plain<DriftAccounts[N]>,
  ) => {
    saveTo(ledger, deployment.program, name, address, value);
  };
  save('State', stateAddress(deployment), book.state);
  for (const market of book.spotMarkets)
    save('SpotMarket', spotMarketAddress(deployment, market.marketIndex), market);
  for (const market of book.perpMarkets)
    save('PerpMarket', perpMarketAddress(deployment, market.marketIndex), market);
  for (const { address, user } of book.users.values()) save('User', address, user);
  for (const stats of book.stats.values())
    save('UserStats', userStatsAddress(deployment, stats.authority), stats);
}

function writeWallets(ledger: Ledger, { seed, population }: WorldSettings): void {
  const starter = practiceKeypair(seed, 'starter').publicKey;
  const houses = Array.from({ length: HOUSES }, (_, i) => houseAuthority(seed, i));
  const mint = SPOT_MARKETS[0]?.mint ?? PublicKey.default;
  writeWallet(ledger, starter, STARTER_WALLET.lamports);
  ledger.setAccount(
    getAssociatedTokenAddressSync(mint, starter),
    tokenAccount({ mint, owner: starter, amount: STARTER_WALLET.usdc }),
  );
  for (const key of [...houses, ...populationAuthorities(seed, population)])
    writeWallet(ledger, key, LAMPORTS_PER_SOL);
}

function writeWallet(ledger: Ledger, address: PublicKey, lamports: bigint): void {
  ledger.setAccount(address, {
    lamports,
    owner: SystemProgram.programId,
    data: Buffer.alloc(0),
    executable: false,
  });
}
