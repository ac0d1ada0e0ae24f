/**
 * A second client of the starter: through the program, in a transaction of its own, with a fee payer and tokens that the
 * starter's wallet knows nothing of.
 */
import { TOKEN_PROGRAM_ID } from '@solana/spl-token';
import type { PublicKey } from '@solana/web3.js';
import type { PracticeTrade } from '#domain/practice.ts';
import {
  perpMarketAddress,
  pythLazerAddress,
  spotMarketAddress,
  spotVaultAddress,
  stateAddress,
  userAddress,
  userStatsAddress,
} from '#main/drift/codec/addresses.ts';
import { encodeInstruction } from '#main/drift/codec/drift-coder.ts';
import type { InnerInstruction, Ledger, WorldCommand, WorldTransaction } from '../chain/program.ts';
import { practiceKeypair } from './keys.ts';
import { FEEDS, PERP_MARKETS, SPOT_MARKETS, spotMarketNamed } from './market-catalogue.ts';
import type { SpotMarketEntry } from './market-catalogue.ts';
import type { WorldSettings } from './options.ts';
import { refuse } from './refusal.ts';
import { creditLamports, creditTokens } from './spl-bytes.ts';

/** For some hundred transactions. */
const FEES = 10_000_000n;
const IMMEDIATE_OR_CANCEL = 1;
const FULL_FILL = 2;

const writable = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: true });
const readonly = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: false });

/** @throws ProgramError for an unknown token or sub-account, or nothing to deposit. */
export function depositAsOther(
  ledger: Ledger,
  settings: WorldSettings,
  { subAccountId, token, amount }: Extract<WorldCommand, { method: 'depositAsOther' }>,
): WorldTransaction {
  if (amount <= 0n) throw refuse(`The amount must be above zero, not ${amount}`);
  const market = spotMarketNamed(token);
  const { signers, authority } = otherClient(ledger, settings, subAccountId);
  const source = practiceKeypair(settings.seed, `other/${market.index}`).publicKey;
  creditTokens(ledger, source, { mint: market.mint, owner: authority, amount });
  const instruction = depositInstruction(settings, authority, subAccountId, market, source, amount);
  return { instructions: [instruction], signers };
}

/** A market order, filled at once and whole, or refused. @throws ProgramError as the deposit. */
export function tradeAsOther(
  ledger: Ledger,
  settings: WorldSettings,
  { subAccountId, marketIndex, side, base }: PracticeTrade,
): WorldTransaction {
  if (base <= 0n) throw refuse(`The size must be above zero, not ${base}`);
  const { deployment } = settings;
  const { signers, authority } = otherClient(ledger, settings, subAccountId);
  const instruction: InnerInstruction = {
    programId: deployment.program,
    data: encodeInstruction('placeAndTakePerpOrder', {
      params: marketOrder(marketIndex, side, base),
      successCondition: FULL_FILL,
    }),
    accounts: [
      readonly(stateAddress(deployment)),
      writable(userAddress(deployment, authority, subAccountId)),
      writable(userStatsAddress(deployment, authority)),
      { pubkey: authority, isSigner: true, isWritable: false },
      ...FEEDS.map(({ feedId }) => readonly(pythLazerAddress(deployment, feedId))),
      ...SPOT_MARKETS.map(({ index }) => writable(spotMarketAddress(deployment, index))),
      ...PERP_MARKETS.map(({ index }) => writable(perpMarketAddress(deployment, index))),
    ],
  };
  return { instructions: [instruction], signers };
}

function otherClient(
  ledger: Ledger,
  { deployment, seed }: WorldSettings,
  subAccountId: number,
): Pick<WorldTransaction, 'signers'> & { readonly authority: PublicKey } {
  const starter = practiceKeypair(seed, 'starter');
  if (!ledger.getAccount(userAddress(deployment, starter.publicKey, subAccountId))) {
    throw refuse(`The starter has no sub-account ${subAccountId}`);
  }
  const payer = practiceKeypair(seed, 'other');
  creditLamports(ledger, payer.publicKey, FEES);
  return { signers: [payer, starter], authority: starter.publicKey };
}

function marketOrder(
  marketIndex: number,
  side: 'long' | 'short',
  base: bigint,
): Readonly<Record<string, unknown>> {
  return {
    orderType: { market: {} },
    marketType: { perp: {} },
    direction: { [side]: {} },
    userOrderId: 0,
    baseAssetAmount: base,
    price: 0n,
    marketIndex,
    reduceOnly: false,
    postOnly: { none: {} },
    bitFlags: IMMEDIATE_OR_CANCEL,
    maxTs: null,
    triggerPrice: null,
    triggerCondition: { above: {} },
    oraclePriceOffset: null,
    auctionDuration: null,
    auctionStartPrice: null,
    auctionEndPrice: null,
  };
}

function depositInstruction(
  { deployment }: WorldSettings,
  authority: PublicKey,
  subAccountId: number,
  market: SpotMarketEntry,
  source: PublicKey,
  amount: bigint,
): InnerInstruction {
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
