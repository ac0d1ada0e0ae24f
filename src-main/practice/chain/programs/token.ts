/** The SPL Token program. Multisignature authorities and display amounts are not supported. */
import { TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { SystemProgram, SYSVAR_RENT_PUBKEY } from '@solana/web3.js';
import { ProgramError } from '../program.ts';
import type { InstructionContext, Program } from '../program.ts';
import { accountAt, InstructionReader } from './instruction-reader.ts';
import { fail, load, requireAuthority, requireTokenOwned } from './token-access.ts';
import { initializeAccount, initializeMint, setAuthority, setFrozen } from './token-create.ts';
import { TOKEN_ERROR } from './token-errors.ts';
import { MINT_BYTES, MintRecord, TokenAccountRecord } from './token-layout.ts';
import { approve, burn, mintTo, revoke, transfer } from './token-move.ts';

type Run = (context: InstructionContext, reader: InstructionReader) => void;

const INSTRUCTIONS: ReadonlyMap<number, readonly [string, Run]> = new Map<
  number,
  readonly [string, Run]
>([
  [0, ['InitializeMint', (context, reader) => runInitializeMint(context, reader, true)]],
  [1, ['InitializeAccount', (context) => runInitializeAccount(context)]],
  [3, ['Transfer', (context, reader) => transfer(context, reader.u64(), null)]],
  [4, ['Approve', (context, reader) => approve(context, reader.u64(), null)]],
  [5, ['Revoke', (context) => revoke(context)]],
  [
    6,
    ['SetAuthority', (context, reader) => setAuthority(context, reader.u8(), reader.optionalKey())],
  ],
  [7, ['MintTo', (context, reader) => mintTo(context, reader.u64(), null)]],
  [8, ['Burn', (context, reader) => burn(context, reader.u64(), null)]],
  [9, ['CloseAccount', (context) => closeAccount(context)]],
  [10, ['FreezeAccount', (context) => setFrozen(context, true)]],
  [11, ['ThawAccount', (context) => setFrozen(context, false)]],
  [12, ['TransferChecked', (context, reader) => transfer(context, reader.u64(), reader.u8())]],
  [13, ['ApproveChecked', (context, reader) => approve(context, reader.u64(), reader.u8())]],
  [14, ['MintToChecked', (context, reader) => mintTo(context, reader.u64(), reader.u8())]],
  [15, ['BurnChecked', (context, reader) => burn(context, reader.u64(), reader.u8())]],
  [16, ['InitializeAccount2', (context, reader) => runInitializeAccount2(context, reader)]],
  [17, ['SyncNative', (context) => syncNative(context)]],
  [18, ['InitializeAccount3', (context, reader) => initializeAccount(context, reader.key())]],
  [20, ['InitializeMint2', (context, reader) => runInitializeMint(context, reader, false)]],
  [21, ['GetAccountDataSize', (context) => requireUsableMint(context)]],
  [22, ['InitializeImmutableOwner', (context) => initializeImmutableOwner(context)]],
]);

export const tokenProgram: Program = {
  id: TOKEN_PROGRAM_ID,
  execute(context) {
    const reader = new InstructionReader(context.data, TOKEN_ERROR.invalidInstruction);
    const instruction = INSTRUCTIONS.get(reader.u8());
    if (instruction === undefined) {
      context.log('Error: Invalid instruction');
      return fail(TOKEN_ERROR.invalidInstruction, 'Invalid instruction');
    }
    const [name, run] = instruction;
    context.log(`Instruction: ${name}`);
    try {
      run(context, reader);
    } catch (error) {
      if (error instanceof ProgramError && typeof error.reason === 'number') {
        context.log(`Error: ${error.message.replace(/^Error: /, '')}`);
      }
      throw error;
    }
  },
};

function runInitializeMint(
  context: InstructionContext,
  reader: InstructionReader,
  namesRent: boolean,
): void {
  const decimals = reader.u8();
  const authority = reader.key();
  const freezeAuthority = reader.optionalKey();
  if (namesRent) requireRentSysvar(context, 1);
  initializeMint(context, decimals, authority, freezeAuthority);
}

function runInitializeAccount(context: InstructionContext): void {
  const owner = accountAt(context, 2).pubkey;
  requireRentSysvar(context, 3);
  initializeAccount(context, owner);
}

function runInitializeAccount2(context: InstructionContext, reader: InstructionReader): void {
  const owner = reader.key();
  requireRentSysvar(context, 2);
  initializeAccount(context, owner);
}

function requireRentSysvar(context: InstructionContext, index: number): void {
  if (!accountAt(context, index).pubkey.equals(SYSVAR_RENT_PUBKEY)) {
    throw new ProgramError('InvalidArgument', 'the rent sysvar is missing');
  }
}

/** The size itself would be return data, which nobody on this chain reads: the mint's check is what counts. */
function requireUsableMint(context: InstructionContext): void {
  const account = load(context, accountAt(context, 0).pubkey);
  requireTokenOwned(account);
  if (account.data.length !== MINT_BYTES || !new MintRecord(account.data).isInitialized) {
    fail(TOKEN_ERROR.invalidMint, 'Invalid Mint');
  }
}

function initializeImmutableOwner(context: InstructionContext): void {
  const account = load(context, accountAt(context, 0).pubkey);
  if (new TokenAccountRecord(account.data).state !== 0) {
    fail(TOKEN_ERROR.alreadyInUse, 'the token account is in use');
  }
  context.log('Please upgrade to SPL Token 2022 for immutable owner support');
}

function syncNative(context: InstructionContext): void {
  const { pubkey } = accountAt(context, 0);
  const account = load(context, pubkey);
  requireTokenOwned(account);
  const record = TokenAccountRecord.initialized(account.data);
  const reserve =
    record.nativeReserve ?? fail(TOKEN_ERROR.nonNativeNotSupported, 'not a native token');
  if (account.lamports < reserve) fail(TOKEN_ERROR.overflow, 'Operation overflowed');
  const amount = account.lamports - reserve;
  if (amount < record.amount) fail(TOKEN_ERROR.invalidState, 'Invalid account state');
  record.amount = amount;
  context.setAccount(pubkey, account);
}

function closeAccount(context: InstructionContext): void {
  const sourceKey = accountAt(context, 0).pubkey;
  const targetKey = accountAt(context, 1).pubkey;
  const authority = accountAt(context, 2).pubkey;
  if (sourceKey.equals(targetKey)) {
    throw new ProgramError('InvalidAccountData', 'an account cannot be closed into itself');
  }
  const account = load(context, sourceKey);
  const record = TokenAccountRecord.initialized(account.data);
  if (record.nativeReserve === null && record.amount !== 0n) {
    fail(
      TOKEN_ERROR.nonNativeHasBalance,
      'Non-native account can only be closed if its balance is zero',
    );
  }
  requireAuthority(context, record.closeAuthority ?? record.owner, authority);
  const target = context.getAccount(targetKey) ?? {
    lamports: 0n,
    owner: SystemProgram.programId,
    data: Buffer.alloc(0),
    executable: false,
  };
  context.setAccount(targetKey, { ...target, lamports: target.lamports + account.lamports });
  context.deleteAccount(sourceKey);
}
