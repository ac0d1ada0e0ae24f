/** What the practice network's owner may do outside of transactions. */
import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import type { PublicKey } from '@solana/web3.js';
import { assertNever } from '#domain/assert-never.ts';
import type { PracticeHealth } from '#domain/practice.ts';
import { stateAddress } from '#main/drift/codec/addresses.ts';
import type { Ledger, WorldCommand, WorldTransaction } from '../chain/program.ts';
import { priceForHealth } from './admin-health.ts';
import { changeMarket } from './admin-market.ts';
import { practiceKeypair } from './keys.ts';
import { loadFrom, saveTo } from './ledger-accounts.ts';
import { FEEDS, spotMarketNamed } from './market-catalogue.ts';
import type { WorldSettings } from './options.ts';
import { depositAsOther, tradeAsOther } from './other-client.ts';
import { refuse } from './refusal.ts';
import { creditLamports, creditTokens } from './spl-bytes.ts';
import { postPrice } from './tick/prices.ts';
import { refreshAllMarkets } from './tick/upkeep.ts';

const MAX_STATUS = 255;

/** @throws ProgramError for an unknown token or market, a status out of range, or what else cannot be done. */
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
    case 'setMarket':
      changeMarket(ledger, settings, command.change);
      return [];
    case 'setHealth':
      command.onPrice(setHealth(ledger, settings, command.wanted));
      return [];
    case 'tradeAsOther':
      return [tradeAsOther(ledger, settings, command.trade)];
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

/** The price that was found is held there. */
function setHealth(ledger: Ledger, settings: WorldSettings, wanted: PracticeHealth): bigint {
  const { publicKey } = practiceKeypair(settings.seed, 'starter');
  const price = priceForHealth(ledger, settings, publicKey, wanted);
  const { marketIndex } = wanted;
  changeMarket(ledger, settings, { kind: 'perp', marketIndex, price, oracle: 'holds' });
  return price;
}
