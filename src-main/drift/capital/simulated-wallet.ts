import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { DriftVenue } from '../drift-venue.ts';
import type { DriftPlan } from './plan.ts';
import { SIGNATURE_FEE, TOKEN_ACCOUNT_RENT } from './solana-programs.ts';
import type { SimulationReply } from './simulation-reply.ts';
import type { OnChainSubject } from './subject.ts';
import { tokenAmountIn, walletLamportsIn } from './token-account.ts';
import { unlikely } from './unlikely.ts';

export interface WalletChange {
  /** Fee and rent included. */
  readonly lamportsChange: bigint;
  /** Null where the token is SOL or nothing moves there. */
  readonly tokenChange: bigint | null;
}

/** The signer's wallet must give or get the amount exactly, and pay no more than fee and rent besides. */
export function checkWallet(
  venue: DriftVenue,
  subject: OnChainSubject,
  plan: DriftPlan,
  reply: SimulationReply,
): Result<WalletChange, KeelError> {
  const { reading, signerKey, priorityFee, createCost } = plan;
  const { intent } = subject;
  const after = walletLamportsIn(signerKey, reply.accounts.get(signerKey) ?? null);
  if (!after.ok) return err(unlikely(after.error.message));
  const lamportsChange = after.value - reading.walletLamports;
  const moves = intent.kind === 'deposit' || intent.kind === 'withdraw';
  const signed = moves ? (intent.kind === 'deposit' ? 0n - intent.amount : intent.amount) : 0n;
  const isNative = reading.walletToken === null;
  const paid = (isNative ? signed : 0n) - lamportsChange;
  const rent =
    intent.kind === 'create-sub-account'
      ? createCost
      : moves && reading.walletToken?.amount === null
        ? TOKEN_ACCOUNT_RENT
        : 0n;
  const mostPaid = SIGNATURE_FEE + priorityFee + rent;
  if (paid < 0n || paid > mostPaid) {
    return err(
      unlikely(
        `the wallet would change by ${lamportsChange} lamports, of which ${paid} are fee and rent where at most ${mostPaid} can be`,
      ),
    );
  }
  if (!moves || reading.walletToken === null) return ok({ lamportsChange, tokenChange: null });
  const tokenChange = tokenChangeOf(venue, plan, reading.walletToken, reply);
  if (!tokenChange.ok) return tokenChange;
  return tokenChange.value === signed
    ? ok({ lamportsChange, tokenChange: tokenChange.value })
    : err(
        unlikely(
          `the wallet's ${intent.token.symbol} would change by ${tokenChange.value} units where ${signed} were asked for`,
        ),
      );
}

function tokenChangeOf(
  { vendor }: DriftVenue,
  { signerKey }: DriftPlan,
  token: NonNullable<DriftPlan['reading']['walletToken']>,
  reply: SimulationReply,
): Result<bigint, KeelError> {
  const raw = reply.accounts.get(token.address) ?? null;
  if (raw === null) return err(unlikely('the token account of the wallet would not exist'));
  const amount = tokenAmountIn(vendor, token.address, raw, { ...token, owner: signerKey });
  return amount.ok ? ok(amount.value - (token.amount ?? 0n)) : err(unlikely(amount.error.message));
}
