import type { EngineVault } from '#domain/engine-vault.ts';
import { exchangeStatusOf } from '#domain/exchange-status.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { PaperAccount } from '#domain/paper-account.ts';
import { err, ok, type Result } from '#domain/result.ts';
import {
  leverageE4,
  price,
  QUOTE_DECIMALS,
  quoteAmount,
  slot,
  tokenAmount,
  type Slot,
  type UnixMs,
} from '#domain/units.ts';
import type { SpotPosition, VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { Clock, PaperLedger, VenueReader } from '#main/engine/ports.ts';
import { ledgerFault, noLedger } from './ledger-errors.ts';

/** Spot balances are in units of 10^-9, as on chain; cash is in units of 10^-6. */
const SCALED_PER_QUOTE = 1_000n;
const ONE_QUOTE = price(1_000_000n);

/**
 * The paper venue: the ledger's head is the account and its revision the slot, so that ordering and verification hold
 * as on chain. Costs no RPC call; has no endpoint and no status.
 */
export function createVirtualReader(ledger: PaperLedger, clock: Clock): VenueReader {
  return {
    read: (vaults, minSlots) =>
      Promise.resolve(
        ok({
          observations: new Map(
            vaults.map((vault) => [vault.id, readOne(ledger, clock, vault, minSlots)]),
          ),
          rpcCalls: 0,
          exchange: null,
        }),
      ),
    watch: () => undefined,
    useNextEndpoint: () => undefined,
    status: () => null,
    onStatus: () => () => undefined,
    close: () => undefined,
  };
}

function readOne(
  ledger: PaperLedger,
  clock: Clock,
  { id, name }: EngineVault,
  minSlots: ReadonlyMap<VaultId, Slot>,
): Result<VaultSnapshot, KeelError> {
  let account: PaperAccount | null;
  try {
    account = ledger.loadAccount(id);
  } catch (thrown) {
    return err(ledgerFault(`The ledger of “${name}” cannot be read`, thrown));
  }
  if (account === null) return err(noLedger(name));
  const minSlot = minSlots.get(id);
  if (minSlot !== undefined && slot(BigInt(account.revision)) < minSlot) {
    return err(behind(name, account.revision, minSlot));
  }
  return ok(snapshotOf(account, clock.nowMs()));
}

/** A paper account as a venue would show it: all cash, no position, no margin in use. */
export function snapshotOf(account: PaperAccount, observedAtMs: UnixMs): VaultSnapshot {
  const { cash } = account;
  const none = quoteAmount(0n);
  return {
    slot: slot(BigInt(account.revision)),
    observedAtMs,
    figures: {
      totalCollateral: cash,
      freeCollateral: cash,
      initialMargin: none,
      maintenanceMargin: none,
      health: 100,
      healthBps: 10_000,
      leverage: leverageE4(0n),
      unrealizedPnl: none,
      unsettledPnl: none,
      unsettledFunding: none,
      cumulativeFunding: none,
    },
    perpPositions: [],
    spotPositions: cash === 0n ? [] : [cashPosition(account)],
    exchangeStatus: exchangeStatusOf(0),
    accountFlags: [],
    delegate: null,
  };
}

function cashPosition({ cash }: PaperAccount): SpotPosition {
  return {
    token: 'USDC',
    marketIndex: 0,
    decimals: QUOTE_DECIMALS,
    scaledBalance: cash * SCALED_PER_QUOTE,
    amount: tokenAmount(cash),
    oraclePrice: ONE_QUOTE,
    value: cash,
    withdrawable: tokenAmount(cash),
  };
}

function behind(name: string, revision: number, minSlot: Slot): KeelError {
  return keelError(
    'NODE_BEHIND',
    'retry',
    `The ledger of “${name}” is at revision ${revision}, but revision ${minSlot} has been seen already.`,
    'Keel reads again. If it lasts, the database was replaced by an older one: reset the vault.',
    { revision: String(revision), seen: minSlot.toString() },
  );
}
