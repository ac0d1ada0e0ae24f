/**
 * The instructions of one capital transaction, the same for the same facts. The signer's policy is written to
 * exactly this layout; the signer is fee payer and the only signing account:
 *
 *   SetComputeUnitLimit, SetComputeUnitPrice, Memo v2 (text `memoOf(id)`, accounts: the signer), then
 *   deposit SPL       Drift deposit from the signer's associated account
 *   deposit SOL       System createAccountWithSeed (from = base = signer, seed = id without dashes, lamports =
 *                     amount + 2,039,280, space 165, owner SPL Token), Token InitializeAccount3 (owner: signer),
 *                     Drift deposit from that account, Token CloseAccount to the signer
 *   withdraw SPL      Associated Token CreateIdempotent (fails unless the account is the signer's), Drift withdraw to it
 *   withdraw SOL      createAccountWithSeed with the rent alone, InitializeAccount3, Drift withdraw, CloseAccount
 *   transfer          Drift transfer_deposit
 *   create            [Drift initialize_user_stats where they are missing], Drift initialize_user
 *
 * `reduce_only` is false throughout: the program moves exactly the amount or nothing.
 */
import type { DriftClient, SpotMarketAccount } from '@drift-labs/sdk';
import type { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { memoOf, type CapitalIntent } from '#domain/capital-intent.ts';
import type { OperationId } from '#domain/ids.ts';
import { encodeName } from '../codec/names.ts';
import { measuredUser } from '../evaluate/measured-user.ts';
import { createOfflineClient } from '../evaluate/sdk-client.ts';
import type { VaultAccounts } from '../evaluate/vault-accounts.ts';
import type { Vendor } from '../vendor.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  MEMO_PROGRAM,
  NATIVE_MINT,
  TOKEN_ACCOUNT_BYTES,
  TOKEN_ACCOUNT_RENT,
  TOKEN_PROGRAM,
} from './solana-programs.ts';

export interface InstructionInput {
  readonly operationId: OperationId;
  readonly intent: CapitalIntent;
  readonly program: string;
  readonly stateKey: string;
  readonly authority: string;
  readonly signerKey: string;
  readonly subAccountId: number;
  readonly toSubAccountId: number | null;
  /** Of the vault that gives or takes; its markets and the moved one. */
  readonly accounts: VaultAccounts;
  /** Only of a transfer. */
  readonly toAccounts: VaultAccounts | null;
  readonly statsExist: boolean;
}

/** Everything after the compute budget. Rejects only for a fault of Keel's own or of the SDK's. */
export async function instructionsOf(
  vendor: Vendor,
  input: InstructionInput,
): Promise<readonly TransactionInstruction[]> {
  const client = clientFor(vendor, input);
  const signer = new vendor.web3.PublicKey(input.signerKey);
  const memo = instruction(
    vendor,
    MEMO_PROGRAM,
    [[signer, 'signer']],
    [...Buffer.from(memoOf(input.operationId), 'utf8')],
  );
  return [memo, ...(await venueInstructions(vendor, client, signer, input))];
}

async function venueInstructions(
  vendor: Vendor,
  client: DriftClient,
  signer: PublicKey,
  input: InstructionInput,
): Promise<readonly TransactionInstruction[]> {
  const { intent, subAccountId, toSubAccountId } = input;
  switch (intent.kind) {
    case 'deposit':
    case 'withdraw':
      return moveInstructions(vendor, client, signer, input);
    case 'transfer':
      return [
        await client.getTransferDepositIx(
          vendor.plain.toBn(intent.amount),
          intent.token.marketIndex,
          subAccountId,
          toSubAccountId ?? subAccountId,
        ),
      ];
    case 'create-sub-account': {
      const create = createInstruction(vendor, client, signer, input, intent.accountName);
      return input.statsExist ? [create] : [await client.getInitializeUserStatsIx(), create];
    }
  }
}

/** The SDK's own builder counts letters where the account holds bytes, which spoils every name but ASCII. */
function createInstruction(
  { web3 }: Vendor,
  client: DriftClient,
  payer: PublicKey,
  { subAccountId, stateKey, accounts }: InstructionInput,
  accountName: string,
): TransactionInstruction {
  const build = client.program.instruction['initializeUser'];
  if (build === undefined) throw new Error('The IDL has no initializeUser');
  return build(subAccountId, encodeName(accountName), {
    accounts: {
      user: new web3.PublicKey(accounts.userKey),
      userStats: client.getUserStatsAccountPublicKey(),
      state: new web3.PublicKey(stateKey),
      authority: client.authority,
      payer,
      rent: web3.SYSVAR_RENT_PUBKEY,
      systemProgram: web3.SystemProgram.programId,
    },
  });
}

async function moveInstructions(
  vendor: Vendor,
  client: DriftClient,
  signer: PublicKey,
  input: InstructionInput,
): Promise<readonly TransactionInstruction[]> {
  const { intent, subAccountId } = input;
  if (intent.kind !== 'deposit' && intent.kind !== 'withdraw') throw new Error('Not a move');
  const { marketIndex } = intent.token;
  const market = client.getSpotMarketAccount(marketIndex);
  if (market === undefined) throw new Error(`Spot market ${marketIndex} was not read`);
  const isNative = market.mint.toBase58() === NATIVE_MINT;
  const account = isNative
    ? await wrappedAccount(vendor, signer, input.operationId)
    : associatedAccount(vendor, client, market, signer);
  const amount = vendor.plain.toBn(intent.amount);
  const move =
    intent.kind === 'deposit'
      ? await client.getDepositInstruction(
          amount,
          marketIndex,
          account,
          subAccountId,
          false,
          true,
          {
            authority: signer,
          },
        )
      : await client.getWithdrawIx(amount, marketIndex, account, false, subAccountId);
  if (isNative) {
    const funding = intent.kind === 'deposit' ? intent.amount : 0n;
    return wrapped(vendor, signer, account, input.operationId, funding, move);
  }
  if (intent.kind === 'deposit') return [move];
  const tokenProgram = client.getTokenProgramForSpotMarket(market);
  const open = client.createAssociatedTokenAccountIdempotentInstruction(
    account,
    signer,
    signer,
    market.mint,
    tokenProgram,
  );
  return [open, move];
}

/** The account that holds SOL as a token for the length of one transaction. */
function wrappedAccount(vendor: Vendor, signer: PublicKey, id: OperationId): Promise<PublicKey> {
  const token = new vendor.web3.PublicKey(TOKEN_PROGRAM);
  return vendor.web3.PublicKey.createWithSeed(signer, seedOf(id), token);
}

const seedOf = (id: OperationId): string => id.replaceAll('-', '');

function wrapped(
  vendor: Vendor,
  signer: PublicKey,
  account: PublicKey,
  id: OperationId,
  funding: bigint,
  move: TransactionInstruction,
): readonly TransactionInstruction[] {
  const { PublicKey, SystemProgram } = vendor.web3;
  const create = SystemProgram.createAccountWithSeed({
    fromPubkey: signer,
    newAccountPubkey: account,
    basePubkey: signer,
    seed: seedOf(id),
    // The SDK takes a number: lamports of all SOL there is fit into one exactly.
    lamports: Number(funding + TOKEN_ACCOUNT_RENT),
    space: TOKEN_ACCOUNT_BYTES,
    programId: new PublicKey(TOKEN_PROGRAM),
  });
  const mint = new PublicKey(NATIVE_MINT);
  const initialize = instruction(
    vendor,
    TOKEN_PROGRAM,
    [
      [account, 'writable'],
      [mint, 'readonly'],
    ],
    [INITIALIZE_ACCOUNT_3, ...signer.toBytes()],
  );
  const close = instruction(
    vendor,
    TOKEN_PROGRAM,
    [
      [account, 'writable'],
      [signer, 'writable'],
      [signer, 'signer'],
    ],
    [CLOSE_ACCOUNT],
  );
  return [create, initialize, move, close];
}

const INITIALIZE_ACCOUNT_3 = 18;
const CLOSE_ACCOUNT = 9;

function instruction(
  { web3 }: Vendor,
  program: string,
  accounts: readonly (readonly [PublicKey, 'signer' | 'writable' | 'readonly'])[],
  data: readonly number[],
): TransactionInstruction {
  return new web3.TransactionInstruction({
    programId: new web3.PublicKey(program),
    keys: accounts.map(([pubkey, role]) => ({
      pubkey,
      isSigner: role === 'signer',
      isWritable: role === 'writable',
    })),
    data: Buffer.from(data),
  });
}

/** The owner's associated account of the market's token. */
export function associatedAccount(
  { web3 }: Vendor,
  client: DriftClient,
  market: SpotMarketAccount,
  owner: PublicKey,
): PublicKey {
  const tokenProgram = client.getTokenProgramForSpotMarket(market);
  const [account] = web3.PublicKey.findProgramAddressSync(
    [owner.toBytes(), tokenProgram.toBytes(), market.mint.toBytes()],
    new web3.PublicKey(ASSOCIATED_TOKEN_PROGRAM),
  );
  return account;
}

/** A client of its own: its builders wait, and meanwhile nobody else may show it other accounts. */
function clientFor(vendor: Vendor, input: InstructionInput): DriftClient {
  const { accounts, toAccounts, authority, signerKey } = input;
  const { PublicKey } = vendor.web3;
  const { client, view } = createOfflineClient(vendor, input.program);
  view.show(toAccounts === null ? accounts : withMarketsOf(accounts, toAccounts));
  client.authority = new PublicKey(authority);
  client.wallet = { ...client.wallet, publicKey: new PublicKey(signerKey) };
  client.statePublicKey = new PublicKey(input.stateKey);
  client.activeSubAccountId = input.subAccountId;
  const key = client.getUserMapKey(input.subAccountId, client.authority);
  client.users.set(key, measuredUser(vendor, client, accounts));
  return client;
}

function withMarketsOf(accounts: VaultAccounts, other: VaultAccounts): VaultAccounts {
  return {
    ...accounts,
    perpMarkets: new Map([...other.perpMarkets, ...accounts.perpMarkets]),
    spotMarkets: new Map([...other.spotMarkets, ...accounts.spotMarkets]),
    oracles: new Map([...other.oracles, ...accounts.oracles]),
  };
}
