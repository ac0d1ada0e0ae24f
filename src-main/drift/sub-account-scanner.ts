import type { OnChainVault } from '#domain/engine-vault.ts';
import { vaultId, type Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { unixMs, type QuoteAmount } from '#domain/units.ts';
import { decodeName } from './codec/names.ts';
import { invalidKey } from './drift-venue.ts';
import { readFrame, type RawAccount } from './read/account-frame.ts';
import { MAX_KEYS_PER_CALL } from './read/chunk-plan.ts';
import { readVaults, type ReadContext, type Target } from './read/read-vaults.ts';

export interface FoundSubAccount {
  readonly subAccountId: number;
  readonly name: string;
  /** Null when the sub-account exists but cannot be valued; `error` says why. */
  readonly totalCollateral: QuoteAmount | null;
  readonly error: KeelError | null;
}

/** Tried where the authority's statistics do not tell how many sub-accounts it has made. */
const FALLBACK_COUNT = 8;

/**
 * The authority's existing sub-accounts, by number. Numbers are given in order and never again, so all of them
 * lie below the count that the authority's statistics hold.
 */
export async function scanAuthority(
  context: ReadContext,
  authority: Address,
  network: Network,
): Promise<Result<readonly FoundSubAccount[], KeelError>> {
  const { session, venue, commitment } = context;
  let statsKey: string;
  try {
    statsKey = venue.addresses.userStats(authority);
  } catch {
    return err(invalidKey('authority', authority));
  }
  const first = await readFrame(session, [statsKey], commitment, 0n);
  if (!first.ok) return first;
  const stats = first.value.accounts.get(statsKey);
  if (stats === null || stats === undefined) return ok([]);
  const decoded = venue.cache.decode('UserStats', `statistics of ${authority}`, statsKey, stats);
  if (!decoded.ok) return decoded;
  const count = decoded.value.numberOfSubAccountsCreated || FALLBACK_COUNT;
  const targets = Array.from({ length: count }, (_, subAccountId) =>
    targetOf(context, authority, subAccountId, network),
  );
  const existing = await readExisting(context, targets);
  if (!existing.ok) return existing;
  return await valueAll(context, existing.value);
}

interface Existing {
  readonly target: Target;
  readonly account: RawAccount;
}

async function readExisting(
  { session, commitment }: ReadContext,
  targets: readonly Target[],
): Promise<Result<readonly Existing[], KeelError>> {
  const existing: Existing[] = [];
  for (let start = 0; start < targets.length; start += MAX_KEYS_PER_CALL) {
    const chunk = targets.slice(start, start + MAX_KEYS_PER_CALL);
    const frame = await readFrame(
      session,
      chunk.map(({ userKey }) => userKey),
      commitment,
      0n,
    );
    if (!frame.ok) return frame;
    for (const target of chunk) {
      const account = frame.value.accounts.get(target.userKey);
      if (account) existing.push({ target, account });
    }
  }
  return ok(existing);
}

async function valueAll(
  context: ReadContext,
  existing: readonly Existing[],
): Promise<Result<readonly FoundSubAccount[], KeelError>> {
  const read = await readVaults(
    context,
    existing.map(({ target }) => target),
  );
  if (!read.ok) return read;
  return ok(
    existing.map(({ target, account }) => {
      const { vault, userKey } = target;
      const observation = read.value.observations.get(vault.id);
      const user = context.venue.cache.decode('User', vault.name, userKey, account);
      return {
        subAccountId: vault.subAccountId,
        name: user.ok ? decodeName(user.value.name) : '',
        totalCollateral: observation?.ok ? observation.value.figures.totalCollateral : null,
        error: observation?.ok === false ? observation.error : null,
      };
    }),
  );
}

/** The scan reads sub-accounts as if they were vaults already. */
function targetOf(
  { venue }: ReadContext,
  authority: Address,
  subAccountId: number,
  network: Network,
): Target {
  const vault: OnChainVault = {
    id: vaultId(`scan/${authority}/${subAccountId}`),
    vaultType: 'onChain',
    engine: 'scan',
    name: `sub-account ${subAccountId}`,
    network: network.id,
    active: false,
    createdAtMs: unixMs(0),
    archivedAtMs: null,
    sortIndex: 0,
    program: network.deployment.program,
    authority,
    subAccountId,
  };
  return { vault, userKey: venue.addresses.user(authority, subAccountId), minSlot: 0n };
}
