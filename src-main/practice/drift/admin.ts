/** What the practice network's owner may do outside of transactions. */
import { TOKEN_PROGRAM_ID, getAssociatedTokenAddressSync } from '@solana/spl-token';
import { SystemProgram } from '@solana/web3.js';
import type { PublicKey } from '@solana/web3.js';
import { assertNever } from '#domain/assert-never.ts';
import {
  pythLazerAddress,
  spotMarketAddress,
  spotVaultAddress,
  stateAddress,
  userAddress,
  userStatsAddress,
} from '#main/drift/codec/addresses.ts';
import { encodeInstruction } from '#main/drift/codec/drift-coder.ts';
import { ProgramError } from '../chain/program.ts';
import type { InnerInstruction, Ledger, WorldCommand, WorldTransaction } from '../chain/program.ts';
import { loadFrom, saveTo } from './ledger-accounts.ts';
import { practiceKeypair } from './keys.ts';
import { FEEDS, SPOT_MARKETS } from './market-catalogue.ts';
import type { SpotMarketEntry } from './market-catalogue.ts';
import type { WorldSettings } from './options.ts';
import { creditTokens } from './spl-bytes.ts';
import { postPrice } from './tick/prices.ts';
import { refreshAllMarkets } from './tick/upkeep.ts';

const MAX_STATUS = 255;
/** For some hundred transactions. */
const OTHER_FEES = 10_000_000n;

/** @throws ProgramError for an unknown token or market, a status out of range, or a refused deposit. */
export function followCommand(
  ledger: Ledger,
  settings: WorldSettings,
  command: WorldCommand,
): readonly WorldTransaction[] {
  switch (command.method) {
    case 'mintTokens':
      mintTokens(ledger, command.owner, command.token, command.amount);
      return [];
    case 'setExchangeStatus':
      setExchangeStatus(ledger, settings, command.bits);
      return [];
    case 'setPrice':
      setPrice(ledger, settings, command.market, command.price);
      return [];
    case 'depositAsOther':
      return [depositAsOther(ledger, settings, command)];
    default:
      return assertNever(command);
  }
}

/** SOL arrives as lamports, every other token in the owner's associated account. */
function mintTokens(ledger: Ledger, owner: PublicKey, token: string, amount: bigint): void {
  if (amount <= 0n) throw refuse(`The amount must be above zero, not ${amount}`);
  const market = spotMarketNamed(token);
  if (market.name === 'SOL') {
    creditLamports(ledger, owner, amount);
    return;
  }
  const address = getAssociatedTokenAddressSync(market.mint, owner, true);
  creditTokens(ledger, address, { mint: market.mint, owner, amount });
}

function creditLamports(ledger: Ledger, owner: PublicKey, lamports: bigint): void {
  const wallet = ledger.getAccount(owner) ?? {
    lamports: 0n,
    owner: SystemProgram.programId,
    data: Buffer.alloc(0),
    executable: false,
  };
  ledger.setAccount(owner, { ...wallet, lamports: wallet.lamports + lamports });
}

function setExchangeStatus(ledger: Ledger, { deployment }: WorldSettings, bits: number): void {
  if (!Number.isInteger(bits) || bits < 0 || bits > MAX_STATUS) {
    throw refuse(`The exchange status is a number of eight bits, not ${bits}`);
  }
  const address = stateAddress(deployment);
  const state = loadFrom(ledger, 'State', address);
  state.exchangeStatus = bits;
  saveTo(ledger, deployment.program, 'State', address, state);
}

/** The price walks on from there. @param market `SOL`, `SOL-PERP`, … */
function setPrice(ledger: Ledger, settings: WorldSettings, market: string, price: bigint): void {
  const symbol = market
    .replace(/-PERP$/u, '')
    .replace(/^w/u, '')
    .toUpperCase();
  const feed = FEEDS.find((each) => each.symbol === symbol);
  if (!feed)
    throw refuse(
      `No price for ${market}: the practice network has ${FEEDS.map((f) => f.symbol).join(', ')}`,
    );
  if (price <= 0n) throw refuse(`The price must be above zero, not ${price}`);
  postPrice(ledger, settings.deployment, feed.feedId, price);
  refreshAllMarkets(ledger, settings);
}

/**
 * As a second client of the starter would: through the program, in a transaction of its own, with tokens and a
 * fee payer that the starter's wallet knows nothing of.
 */
function depositAsOther(
  ledger: Ledger,
  settings: WorldSettings,
  { subAccountId, token, amount }: Extract<WorldCommand, { method: 'depositAsOther' }>,
): WorldTransaction {
  if (amount <= 0n) throw refuse(`The amount must be above zero, not ${amount}`);
  const starter = practiceKeypair(settings.seed, 'starter');
  const market = spotMarketNamed(token);
  if (!ledger.getAccount(userAddress(settings.deployment, starter.publicKey, subAccountId))) {
    throw refuse(`The starter has no sub-account ${subAccountId}`);
  }
  const payer = practiceKeypair(settings.seed, 'other');
  const source = practiceKeypair(settings.seed, `other/${market.index}`).publicKey;
  creditLamports(ledger, payer.publicKey, OTHER_FEES);
  creditTokens(ledger, source, { mint: market.mint, owner: starter.publicKey, amount });
  const instruction = depositInstruction(
    settings,
    starter.publicKey,
    subAccountId,
    market,
    source,
    amount,
  );
  return { instructions: [instruction], signers: [payer, starter] };
}

function depositInstruction(
  { deployment }: WorldSettings,
  authority: PublicKey,
  subAccountId: number,
  market: SpotMarketEntry,
  source: PublicKey,
  amount: bigint,
): InnerInstruction {
  const writable = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: true });
  const readonly = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: false });
  const oracles =
    market.feedId === null ? [] : [readonly(pythLazerAddress(deployment, market.feedId))];
  return {
    programId: deployment.program,
    data: encodeInstruction('deposit', { marketIndex: market.index, amount, reduceOnly: false }),
    accounts: [
      readonly(stateAddress(deployment)),
      writable(userAddress(deployment, authority, subAccountId)),
      writable(userStatsAddress(deployment, authority)),
      { pubkey: authority, isSigner: true, isWritable: false },
      writable(spotVaultAddress(deployment, market.index)),
      writable(source),
      readonly(TOKEN_PROGRAM_ID),
      ...oracles,
      writable(spotMarketAddress(deployment, market.index)),
    ],
  };
}

function spotMarketNamed(token: string): SpotMarketEntry {
  const market = SPOT_MARKETS.find(
    (each) => each.name.toLowerCase() === token.toLowerCase() || each.mint.toBase58() === token,
  );
  if (market) return market;
  throw refuse(
    `No token ${token}: the practice network has ${SPOT_MARKETS.map((m) => m.name).join(', ')}`,
  );
}

function refuse(message: string): ProgramError {
  return new ProgramError('InvalidArgument', message);
}
