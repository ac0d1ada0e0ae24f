import { z } from 'zod';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import type { Rents } from './facts-of.ts';
import { TOKEN_ACCOUNT_RENT } from './solana-programs.ts';

const rentSchema = z.number().int().positive();

/** What the cluster asks for accounts of these sizes; it changes about never, so it is asked once. */
export async function readRents(
  { client }: EndpointSession,
  userBytes: number,
  userStatsBytes: number,
): Promise<Result<Rents, KeelError>> {
  const rentOf = (bytes: number) =>
    client.call('getMinimumBalanceForRentExemption', [bytes], rentSchema);
  const [user, userStats] = await Promise.all([rentOf(userBytes), rentOf(userStatsBytes)]);
  if (!user.ok) return user;
  if (!userStats.ok) return userStats;
  return ok({
    user: BigInt(user.value),
    userStats: BigInt(userStats.value),
    tokenAccount: TOKEN_ACCOUNT_RENT,
  });
}
