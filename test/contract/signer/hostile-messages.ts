/** Messages that nobody may ever sign: each an honest one with one thing changed, and a name for the change. */
import {
  AuthorityType,
  createApproveCheckedInstruction,
  createApproveInstruction,
  createAssociatedTokenAccountIdempotentInstruction,
  createAssociatedTokenAccountInstruction,
  createBurnInstruction,
  createCloseAccountInstruction,
  createInitializeAccount3Instruction,
  createInitializeAccountInstruction,
  createMintToInstruction,
  createRevokeInstruction,
  createSetAuthorityInstruction,
  createSyncNativeInstruction,
  createTransferCheckedInstruction,
  createTransferInstruction,
  getAssociatedTokenAddressSync,
  NATIVE_MINT,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import {
  AddressLookupTableAccount,
  ComputeBudgetProgram,
  PublicKey,
  StakeProgram,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
  VoteProgram,
} from '@solana/web3.js';
import { memoOf, type SigningIntent } from '#domain/capital-intent.ts';
import { address, operationId } from '#domain/ids.ts';
import { tokenAmount } from '#domain/units.ts';
import { DRIFT_V2, spotMarketAddress, userAddress } from '#main/drift/codec/addresses.ts';
import { encodeInstruction } from '#main/drift/codec/drift-coder.ts';
import {
  BLOCKHASH,
  compile,
  intentOf,
  memo,
  SOL,
  STRANGER,
  TRADER,
  USDC,
  venueInstruction,
  type HonestMessage,
} from '#test/support/capital-messages.ts';

export interface HostileMessage {
  readonly name: string;
  /** What the trader wants. */
  readonly intent: SigningIntent;
  /** What somebody else wants signed for it. */
  readonly message: Uint8Array;
}

const stranger = STRANGER.publicKey;
const COMPUTE = ComputeBudgetProgram.programId;
const named = (pubkey: PublicKey, isWritable = false, isSigner = false) => ({
  pubkey,
  isSigner,
  isWritable,
});

/** Every change of one honest message. */
export function hostileTo(honest: HonestMessage): readonly HostileMessage[] {
  return [
    ...withOtherAccounts(honest),
    ...withOtherFlags(honest),
    ...withOtherData(honest),
    ...withOtherInstructions(honest),
    ...withForeignInstructions(honest),
    ...withOtherPayer(honest),
    ...withOtherBytes(honest),
    ...forOtherIntents(honest),
  ];
}

function made(
  { name, intent, payer }: HonestMessage,
  change: string,
  instructions: readonly TransactionInstruction[],
  as: { readonly payer?: PublicKey; readonly version?: 'legacy' | 0 } = {},
): HostileMessage {
  const message = compile({ payer: as.payer ?? payer, instructions }, as);
  return { name: `${name}: ${change}`, intent, message };
}

function withFields(
  { programId, keys, data }: TransactionInstruction,
  fields: Partial<Pick<TransactionInstruction, 'programId' | 'keys' | 'data'>>,
): TransactionInstruction {
  return new TransactionInstruction({ programId, keys, data, ...fields });
}

function changed(
  honest: HonestMessage,
  index: number,
  fields: Partial<Pick<TransactionInstruction, 'programId' | 'keys' | 'data'>>,
): readonly TransactionInstruction[] {
  return honest.instructions.map((each, at) => (at === index ? withFields(each, fields) : each));
}

/** Markets and oracles that are only read may be any: the venue itself finds out what they are. */
function isFreeMarket(honest: HonestMessage, instruction: TransactionInstruction, at: number) {
  const isVenue = instruction.programId.equals(DRIFT_V2.program);
  const namedAccounts = { deposit: 7, withdraw: 8, transfer: 6, 'create-sub-account': 99 };
  const key = instruction.keys[at];
  return isVenue && at >= namedAccounts[honest.intent.kind] && key?.isWritable === false;
}

function withOtherAccounts(honest: HonestMessage): readonly HostileMessage[] {
  return honest.instructions.flatMap((instruction, index) =>
    instruction.keys.flatMap((key, at) => {
      if (isFreeMarket(honest, instruction, at)) return [];
      const where = `account ${at + 1} of instruction ${index + 1}`;
      const replaced = (pubkey: PublicKey) =>
        changed(honest, index, {
          keys: instruction.keys.map((each, i) => (i === at ? { ...each, pubkey } : each)),
        });
      const without = instruction.keys.filter((_, i) => i !== at);
      return [
        made(honest, `a stranger as ${where}`, replaced(stranger)),
        made(honest, `no ${where}`, changed(honest, index, { keys: without })),
        ...(key.pubkey.equals(honest.payer)
          ? []
          : [made(honest, `the signer as ${where}`, replaced(honest.payer))]),
      ];
    }),
  );
}

function withOtherFlags(honest: HonestMessage): readonly HostileMessage[] {
  return honest.instructions.flatMap((instruction, index) => {
    const more = (pubkey: PublicKey, isWritable: boolean, isSigner: boolean) =>
      changed(honest, index, {
        keys: [...instruction.keys, named(pubkey, isWritable, isSigner)],
      });
    const flagged = instruction.keys.flatMap((key, at) => {
      if (key.pubkey.equals(honest.payer)) return [];
      const where = `account ${at + 1} of instruction ${index + 1}`;
      const flip = (fields: Partial<typeof key>) =>
        changed(honest, index, {
          keys: instruction.keys.map((each, i) => (i === at ? { ...each, ...fields } : each)),
        });
      const isWrittenElsewhere = honest.instructions.some((other, i) =>
        other.keys.some(
          (each, j) =>
            (i !== index || j !== at) && each.isWritable && each.pubkey.equals(key.pubkey),
        ),
      );
      return [
        made(honest, `${where} as a signer`, flip({ isSigner: true })),
        ...(isWrittenElsewhere
          ? []
          : [made(honest, `${where} writable or not`, flip({ isWritable: !key.isWritable }))]),
      ];
    });
    return [
      ...flagged,
      made(honest, `a signer more in instruction ${index + 1}`, more(stranger, false, true)),
      made(
        honest,
        `a writable account more in instruction ${index + 1}`,
        more(stranger, true, false),
      ),
    ];
  });
}

function withOtherData(honest: HonestMessage): readonly HostileMessage[] {
  return honest.instructions.flatMap((instruction, index) => {
    if (instruction.programId.equals(COMPUTE)) return [];
    const where = `instruction ${index + 1}`;
    const data = [...instruction.data];
    const variants: readonly (readonly [string, readonly number[]])[] = [
      [`a byte more in ${where}`, [...data, 0]],
      [`a byte less in ${where}`, data.slice(0, -1)],
      [`no data in ${where}`, []],
      ...data.map(
        (byte, at) => [`byte ${at + 1} of ${where} changed`, data.with(at, byte ^ 1)] as const,
      ),
    ];
    return variants.map(([change, bytes]) =>
      made(honest, change, changed(honest, index, { data: Buffer.from(bytes) })),
    );
  });
}

function isOptional(honest: HonestMessage, index: number): boolean {
  const opensStats = honest.name === 'open the first sub-account' && index === 3;
  // Without a price the limit may go; without a limit the price counts for the greatest one.
  return index === 1 || opensStats;
}

function withOtherInstructions(honest: HonestMessage): readonly HostileMessage[] {
  const { instructions } = honest;
  const each = instructions.flatMap((instruction, index) => [
    ...(isOptional(honest, index)
      ? []
      : [made(honest, `no instruction ${index + 1}`, instructions.toSpliced(index, 1))]),
    made(honest, `instruction ${index + 1} twice`, instructions.toSpliced(index, 0, instruction)),
    made(honest, `instruction ${index + 1} again at the end`, [...instructions, instruction]),
    ...[stranger, TOKEN_2022_PROGRAM_ID, SystemProgram.programId, VoteProgram.programId]
      .filter((program) => !program.equals(instruction.programId))
      .map((programId) =>
        made(
          honest,
          `instruction ${index + 1} at the program ${programId.toBase58()}`,
          changed(honest, index, { programId }),
        ),
      ),
  ]);
  const venue = instructions.slice(3);
  const backwards = [...instructions.slice(0, 3), ...venue.toReversed()];
  return [
    ...each,
    made(honest, 'nothing but the memo', instructions.slice(0, 3)),
    made(honest, 'everything twice', [...instructions, ...instructions]),
    ...(venue.length > 1 ? [made(honest, 'the order reversed', backwards)] : []),
  ];
}

/** One instruction more, of each kind that could do harm, at the front and at the end. */
function withForeignInstructions(honest: HonestMessage): readonly HostileMessage[] {
  return foreignInstructions(honest).flatMap(([name, instruction]) => [
    made(honest, `${name} first`, [instruction, ...honest.instructions]),
    made(honest, `${name} last`, [...honest.instructions, instruction]),
    made(honest, `${name} first, in a legacy message`, [instruction, ...honest.instructions], {
      version: 'legacy',
    }),
  ]);
}

type Named = readonly [string, TransactionInstruction];

function foreignInstructions({ payer, intent }: HonestMessage): readonly Named[] {
  return [
    ...systemInstructions(payer),
    ...tokenInstructions(payer),
    ...venueInstructions(payer, intent),
    ['a second compute limit', ComputeBudgetProgram.setComputeUnitLimit({ units: 300_000 })],
    ['a second compute price', ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1 })],
    ['a heap frame', ComputeBudgetProgram.requestHeapFrame({ bytes: 65_536 })],
    [
      'the old compute request with a fee',
      new TransactionInstruction({
        programId: COMPUTE,
        keys: [],
        data: Buffer.of(0, 0, 0, 0, 1, 255, 255, 255, 255),
      }),
    ],
    ['a second memo', memo(payer, memoOf(intent.operationId))],
    ['another memo', memo(payer, 'keel:00000000-0000-4000-8000-000000000000')],
    [
      'a call of an unknown program',
      new TransactionInstruction({
        programId: stranger,
        keys: [named(payer, true, true)],
        data: Buffer.alloc(8),
      }),
    ],
    [
      'a delegation of stake',
      StakeProgram.deactivate({ stakePubkey: stranger, authorizedPubkey: payer }).instructions[0] ??
        memo(payer, ''),
    ],
  ];
}

function systemInstructions(payer: PublicKey): readonly Named[] {
  const nonce = { noncePubkey: stranger, authorizedPubkey: payer };
  const seed = { basePubkey: payer, seed: 'seed', programId: SystemProgram.programId };
  return [
    [
      'a transfer of SOL',
      SystemProgram.transfer({ fromPubkey: payer, toPubkey: stranger, lamports: 1 }),
    ],
    [
      'a transfer of SOL to oneself',
      SystemProgram.transfer({ fromPubkey: payer, toPubkey: payer, lamports: 1 }),
    ],
    ['an advanced nonce', SystemProgram.nonceAdvance(nonce)],
    [
      'an authorized nonce',
      SystemProgram.nonceAuthorize({ ...nonce, newAuthorizedPubkey: stranger }),
    ],
    [
      'a withdrawal from a nonce',
      SystemProgram.nonceWithdraw({ ...nonce, toPubkey: stranger, lamports: 1 }),
    ],
    [
      'an assignment to a program',
      SystemProgram.assign({ accountPubkey: payer, programId: stranger }),
    ],
    ['an allocation', SystemProgram.allocate({ accountPubkey: payer, space: 8 })],
    [
      'a new account',
      SystemProgram.createAccount({
        fromPubkey: payer,
        newAccountPubkey: stranger,
        lamports: 1_000_000,
        space: 0,
        programId: stranger,
      }),
    ],
    [
      'a new account with a seed',
      SystemProgram.createAccountWithSeed({
        ...seed,
        fromPubkey: payer,
        newAccountPubkey: stranger,
        lamports: 1_000_000,
        space: 165,
      }),
    ],
    [
      'a transfer with a seed',
      SystemProgram.transfer({ ...seed, fromPubkey: payer, toPubkey: stranger, lamports: 1n }),
    ],
  ];
}

function tokenInstructions(payer: PublicKey): readonly Named[] {
  const mint = new PublicKey(USDC.mint);
  const own = getAssociatedTokenAddressSync(mint, payer);
  const foreign = getAssociatedTokenAddressSync(mint, stranger);
  const { AccountOwner, CloseAccount } = AuthorityType;
  return [
    ['a transfer of tokens', createTransferInstruction(own, foreign, payer, 1)],
    [
      'a checked transfer of tokens',
      createTransferCheckedInstruction(own, mint, foreign, payer, 1, 6),
    ],
    ['an approval', createApproveInstruction(own, stranger, payer, 1)],
    ['a checked approval', createApproveCheckedInstruction(own, mint, stranger, payer, 1, 6)],
    ['a revocation', createRevokeInstruction(own, payer)],
    [
      'another owner of the tokens',
      createSetAuthorityInstruction(own, payer, AccountOwner, stranger),
    ],
    [
      'another closer of the account',
      createSetAuthorityInstruction(own, payer, CloseAccount, stranger),
    ],
    ['a burn', createBurnInstruction(own, mint, payer, 1)],
    ['a mint', createMintToInstruction(mint, foreign, payer, 1)],
    ['a close to a stranger', createCloseAccountInstruction(own, stranger, payer)],
    ['a close to the signer', createCloseAccountInstruction(own, payer, payer)],
    ['a sync of SOL', createSyncNativeInstruction(own)],
    ['an opening for a stranger', createInitializeAccount3Instruction(own, NATIVE_MINT, stranger)],
    [
      'an old opening for a stranger',
      createInitializeAccountInstruction(own, NATIVE_MINT, stranger),
    ],
    [
      'a token account of a stranger',
      createAssociatedTokenAccountIdempotentInstruction(payer, foreign, stranger, mint),
    ],
    ['a token account', createAssociatedTokenAccountInstruction(payer, own, payer, mint)],
    [
      'a Token-2022 account',
      createAssociatedTokenAccountIdempotentInstruction(
        payer,
        getAssociatedTokenAddressSync(mint, payer, false, TOKEN_2022_PROGRAM_ID),
        payer,
        mint,
        TOKEN_2022_PROGRAM_ID,
      ),
    ],
    [
      'a Token-2022 transfer',
      createTransferInstruction(own, foreign, payer, 1, [], TOKEN_2022_PROGRAM_ID),
    ],
  ];
}

function venueInstructions(payer: PublicKey, intent: SigningIntent): readonly Named[] {
  const user = userAddress(DRIFT_V2, payer, intent.subAccountId);
  const own = (name: string, args: Record<string, unknown>): TransactionInstruction =>
    new TransactionInstruction({
      programId: DRIFT_V2.program,
      keys: [named(user, true), named(payer, false, true)],
      data: encodeInstruction(name, args),
    });
  const { subAccountId } = intent;
  const move = { ...intentOf({ signerKey: address(payer.toBase58()) }), amount: tokenAmount(1n) };
  return [
    ['another delegate', own('updateUserDelegate', { subAccountId, delegate: stranger })],
    ['a deleted account', own('deleteUser', {})],
    ['another pool', own('updateUserPoolId', { subAccountId, poolId: 1 })],
    [
      'margin trading',
      own('updateUserMarginTradingEnabled', { subAccountId, marginTradingEnabled: true }),
    ],
    [
      'another name',
      own('updateUserName', { subAccountId, name: Array.from({ length: 32 }, () => 65) }),
    ],
    ['one more deposit', venueInstruction('deposit', { ...move, kind: 'deposit' })],
    ['one more withdrawal', venueInstruction('withdraw', { ...move, kind: 'withdraw' })],
    [
      'one more transfer',
      venueInstruction('transferDeposit', { ...move, kind: 'transfer', toSubAccountId: 9 }),
    ],
    ['one more account', venueInstruction('initializeUser', { ...move, accountName: 'More' })],
    ['statistics once more', venueInstruction('initializeUserStats', move)],
  ];
}

function withOtherPayer(honest: HonestMessage): readonly HostileMessage[] {
  const { instructions, payer } = honest;
  const [price] = [ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 500_001 })];
  const limit = (units: number) => ComputeBudgetProgram.setComputeUnitLimit({ units });
  const unsignedMemo = withFields(memo(payer, memoOf(honest.intent.operationId)), { keys: [] });
  return [
    made(honest, 'a stranger pays the fee', instructions, { payer: stranger }),
    made(honest, 'a stranger pays, legacy', instructions, { payer: stranger, version: 'legacy' }),
    made(honest, 'a priority fee of one lamport too many', instructions.with(1, price)),
    made(honest, 'a compute limit above the greatest', instructions.with(0, limit(1_400_001))),
    made(honest, 'a limit that makes the fee too high', instructions.with(0, limit(250_001))),
    made(honest, 'a memo that nobody signs', instructions.with(2, unsignedMemo)),
    made(honest, 'an empty memo', instructions.with(2, memo(payer, ''))),
    made(
      honest,
      'a memo with a space',
      instructions.with(2, memo(payer, `${memoOf(honest.intent.operationId)} `)),
    ),
    made(
      honest,
      'a memo in capitals',
      instructions.with(2, memo(payer, memoOf(honest.intent.operationId).toUpperCase())),
    ),
  ];
}

function withOtherBytes(honest: HonestMessage): readonly HostileMessage[] {
  const message = compile(honest);
  const legacy = compile(honest, { version: 'legacy' });
  const raw = (change: string, bytes: Uint8Array): HostileMessage => ({
    name: `${honest.name}: ${change}`,
    intent: honest.intent,
    message: bytes,
  });
  const keyCount = message[4] ?? 0;
  return [
    raw('no bytes', new Uint8Array()),
    raw('a byte behind', Uint8Array.of(...message, 0)),
    raw('a byte behind, legacy', Uint8Array.of(...legacy, 0)),
    raw('a byte less', message.slice(0, -1)),
    raw('half of it', message.slice(0, message.length / 2)),
    raw('version 1', message.with(0, 0x81)),
    raw('version 127', message.with(0, 0xff)),
    raw('legacy with the end of version 0', message.slice(1)),
    raw('version 0 with the end of legacy', Uint8Array.of(0x80, ...legacy)),
    raw('a second signature', message.with(1, 2)),
    raw('no signature', message.with(1, 0)),
    raw('a read-only fee payer', message.with(2, 1)),
    raw('one read-only account less', message.with(3, (message[3] ?? 0) - 1)),
    raw('one read-only account more', message.with(3, (message[3] ?? 0) + 1)),
    raw(
      'a long number of accounts',
      Uint8Array.of(...message.slice(0, 4), keyCount | 0x80, 0, ...message.slice(5)),
    ),
    raw(
      'an account twice',
      message.map((byte, at) => (at >= 37 && at < 69 ? (message[at + 32] ?? byte) : byte)),
    ),
    raw('an account that nothing uses', withUnusedKey(honest)),
    raw('a lookup table', withLookupTable(honest)),
    raw(
      'a lookup table that brings one account unused',
      Uint8Array.of(...message.slice(0, -1), 1, ...stranger.toBytes(), 0, 1, 0),
    ),
    raw('signed bytes in place of a message', Uint8Array.of(1, ...new Uint8Array(64), ...message)),
  ];
}

/** A read-only key put behind the last one; the header counts it. */
function withUnusedKey(honest: HonestMessage): Uint8Array {
  const message = compile(honest);
  const count = message[4] ?? 0;
  const end = 5 + 32 * count;
  return Uint8Array.of(
    ...message.slice(0, 3),
    (message[3] ?? 0) + 1,
    count + 1,
    ...message.slice(5, end),
    ...stranger.toBytes(),
    ...message.slice(end),
  );
}

function withLookupTable({ payer, instructions }: HonestMessage): Uint8Array {
  const table = new AddressLookupTableAccount({
    key: stranger,
    state: {
      deactivationSlot: 2n ** 64n - 1n,
      lastExtendedSlot: 1,
      lastExtendedSlotStartIndex: 0,
      addresses: instructions.flatMap(({ keys }) => keys.map(({ pubkey }) => pubkey)),
    },
  });
  return new TransactionMessage({
    payerKey: payer,
    recentBlockhash: BLOCKHASH,
    instructions: [...instructions],
  })
    .compileToV0Message([table])
    .serialize();
}

/** The honest message, asked for with an intent that it does not serve. */
function forOtherIntents(honest: HonestMessage): readonly HostileMessage[] {
  const { intent } = honest;
  const message = compile(honest);
  const key = address(stranger.toBase58());
  const asked = (change: string, fields: Partial<SigningIntent>): HostileMessage => ({
    name: `${honest.name}: asked with ${change}`,
    intent: { ...intent, ...fields },
    message,
  });
  const everywhere = [
    asked('another operation', {
      operationId: operationId('00000000-0000-4000-8000-000000000001'),
    }),
    asked('another program', { program: key }),
    asked('another state', { stateSeed: 'drift_state2' }),
    asked('another owner', { authority: key }),
    asked('another signer', { signerKey: key }),
    asked('another sub-account', { subAccountId: intent.subAccountId + 1 }),
    asked('a sub-account out of range', { subAccountId: intent.subAccountId + 65_536 }),
    asked('a kind of network that the key is not for', { networkKind: 'practice' }),
    asked('a second sub-account', { toSubAccountId: (intent.toSubAccountId ?? 0) + 1 }),
    asked('another name of an account', { accountName: 'Somebody else’s' }),
    ...(['deposit', 'withdraw', 'transfer', 'create-sub-account'] as const)
      .filter((kind) => kind !== intent.kind)
      .map((kind) => asked(`the kind ${kind}`, { kind })),
  ];
  const { token, amount } = intent;
  if (token === null || amount === null) {
    return [...everywhere, asked('a token', { token: USDC, amount: tokenAmount(1n) })];
  }
  return [
    ...everywhere,
    asked('one unit more', { amount: tokenAmount(amount + 1n) }),
    asked('one unit less', { amount: tokenAmount(amount - 1n) }),
    asked('nothing to move', { amount: tokenAmount(0n) }),
    asked('less than nothing', { amount: tokenAmount(0n - amount) }),
    asked('2^64 more', { amount: tokenAmount(amount + 2n ** 64n) }),
    asked('no amount', { amount: null }),
    asked('no token', { token: null }),
    asked('another market', { token: { ...token, marketIndex: token.marketIndex + 1 } }),
    asked('the look-alike mint of a stranger', { token: { ...USDC, mint: key } }),
    asked('the look-alike name uSDC-1', { token: { ...USDC, symbol: 'uSDC-1', mint: key } }),
    asked('the look-alike name SOL', { token: { ...SOL, mint: key } }),
    asked('USDC called SOL', { token: { ...USDC, symbol: 'SOL' } }),
    asked('a letter that only looks like one', { token: { ...token, symbol: 'USD\u0421' } }),
    ...(token.marketIndex === 200
      ? []
      : [asked('other decimals', { token: { ...token, decimals: 2 } })]),
  ];
}

/** What stands before a withdrawal of a token: without it the message would be refused for that alone. */
function openingOf({ token }: SigningIntent): TransactionInstruction {
  const mint = new PublicKey(token?.mint ?? '');
  const owner = TRADER.publicKey;
  const own = getAssociatedTokenAddressSync(mint, owner);
  return createAssociatedTokenAccountIdempotentInstruction(owner, own, owner, mint);
}

/** What one change of a list of honest ones does not reach. */
export function specialMessages(): readonly HostileMessage[] {
  const transfer = intentOf({
    kind: 'transfer',
    toSubAccountId: 5,
    token: { ...USDC, marketIndex: 1 },
  });
  const compute = ComputeBudgetProgram.setComputeUnitLimit({ units: 200_000 });
  const around = (intent: SigningIntent, ...rest: readonly TransactionInstruction[]): Uint8Array =>
    compile({
      payer: TRADER.publicKey,
      instructions: [compute, memo(TRADER.publicKey, memoOf(intent.operationId)), ...rest],
    });
  const delegated = {
    signerKey: address(TRADER.publicKey.toBase58()),
    authority: address(stranger.toBase58()),
  };
  const kinds = ['withdraw', 'transfer', 'create-sub-account'] as const;
  const toItself = intentOf({ kind: 'transfer', toSubAccountId: 3 });
  const withdraw = intentOf({ kind: 'withdraw' });
  const twoMarkets = venueInstruction('withdraw', withdraw);
  twoMarkets.keys = twoMarkets.keys.map((key) =>
    key.pubkey.equals(spotMarketAddress(DRIFT_V2, 1)) ? { ...key, isWritable: true } : key,
  );
  const unmoved = venueInstruction('withdraw', withdraw);
  unmoved.keys = unmoved.keys.filter(
    (key) => !key.pubkey.equals(spotMarketAddress(DRIFT_V2, withdraw.token?.marketIndex ?? 0)),
  );
  const sameTwice = venueInstruction('withdraw', withdraw);
  sameTwice.keys = [...sameTwice.keys, ...sameTwice.keys.slice(-1)];
  return [
    {
      name: 'a withdrawal that names a market twice',
      intent: withdraw,
      message: around(withdraw, openingOf(withdraw), sameTwice),
    },
    {
      name: 'a transfer of SOL that is shown as USDC',
      intent: transfer,
      message: around(transfer, venueInstruction('transferDeposit', transfer)),
    },
    ...kinds.map((kind) => {
      const intent = intentOf({
        ...delegated,
        kind,
        ...(kind === 'transfer' ? { toSubAccountId: 5 } : {}),
        ...(kind === 'create-sub-account' ? { token: null, amount: null, accountName: 'A' } : {}),
      });
      const name = {
        withdraw: 'withdraw',
        transfer: 'transferDeposit',
        'create-sub-account': 'initializeUser',
      };
      return {
        name: `a delegate’s ${kind}`,
        intent,
        message: around(intent, venueInstruction(name[kind], intent)),
      };
    }),
    {
      name: 'a transfer to the same sub-account',
      intent: toItself,
      message: around(toItself, venueInstruction('transferDeposit', toItself)),
    },
    {
      name: 'a withdrawal that may write to another market',
      intent: withdraw,
      message: around(withdraw, openingOf(withdraw), twoMarkets),
    },
    {
      name: 'a withdrawal without its market',
      intent: withdraw,
      message: around(withdraw, openingOf(withdraw), unmoved),
    },
    {
      name: 'a token program as owner',
      intent: intentOf({ authority: address(TOKEN_PROGRAM_ID.toBase58()) }),
      message: compile({ payer: TRADER.publicKey, instructions: [] }),
    },
  ];
}
