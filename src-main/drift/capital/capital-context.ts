import type { UserAccount } from '@drift-labs/sdk';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { Address } from '#domain/ids.ts';
import type { SignerRole } from '#domain/capital-facts.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import type { Clock, Logger, Signer } from '#main/engine/ports.ts';
import type { DriftVenue } from '../drift-venue.ts';
import { base58Of } from '../evaluate/base58.ts';
import type { Commitment } from '../read/account-frame.ts';
import type { Vendor } from '../vendor.ts';
import type { ChainAccess } from './chain-access.ts';
import type { KeySets } from './read-rounds.ts';

/** What every act of the venue has at hand. */
export interface CapitalContext {
  readonly venue: DriftVenue;
  readonly access: ChainAccess;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signer: Signer;
  readonly commitment: Commitment;
  /** Keys that a read was found to need, by what is read. */
  readonly knownKeys: Map<string, KeySets>;
}

export interface SigningKey {
  readonly role: SignerRole;
  readonly key: Address | null;
}

const NO_DELEGATE = '11111111111111111111111111111111';

/** The owner's key where it is held, else the delegate's. Keys for play money never stand in for real ones. */
export function signingKeyFor(
  { signer, access }: CapitalContext,
  authority: Address,
  user: UserAccount,
): SigningKey {
  const holds = (publicKey: string): KeyInfo | undefined =>
    signer
      .state()
      .keys.find(
        (key) =>
          key.publicKey === publicKey &&
          key.kind === 'keypair' &&
          key.networkKind === access.network.kind,
      );
  if (holds(authority) !== undefined) return { role: 'owner', key: authority };
  const delegate = base58Of(user.delegate);
  const held = delegate === NO_DELEGATE ? undefined : holds(delegate);
  return held === undefined
    ? { role: 'none', key: null }
    : { role: 'delegate', key: held.publicKey };
}

/** The account that stands for one which does not exist yet: it holds nothing. */
export function absentUserOf(
  { coder, plain, web3 }: Vendor,
  { authority, subAccountId }: OnChainVault,
): UserAccount {
  const blank = coder.blankAccount('User');
  blank.authority = new web3.PublicKey(authority);
  blank.subAccountId = subAccountId;
  return plain.toDecoded(blank) as UserAccount;
}
