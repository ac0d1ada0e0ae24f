/** What a page that somebody else has taken over could send, as JSON texts: only so can they hold `__proto__`. */
import { PublicKey } from '@solana/web3.js';

export interface HostileRequest {
  readonly name: string;
  readonly channel: string;
  readonly json: string;
}

export interface HonestDesk {
  readonly onChainVault: string;
  readonly paperVault: string;
  /** The trader's. */
  readonly authority: string;
  readonly endedOperation: string;
  /** As `settings.update` takes them. */
  readonly settings: Readonly<Record<string, unknown>> & {
    readonly capital: Readonly<Record<string, unknown>>;
  };
}

const STRANGER = new PublicKey(Buffer.alloc(32, 7)).toBase58();
const UNKNOWN_ID = '11111111-2222-3333-4444-555555555555';
const USDC = 0;

export function hostileRequests(desk: HonestDesk): readonly HostileRequest[] {
  return [
    ...withOtherAmounts(desk),
    ...withOtherFields(desk),
    ...withOtherVaults(desk),
    ...withOtherAuthorities(desk),
    ...ofOtherOperations(desk),
    ...ofLimits(desk),
    ...ofKeysAndFiles(),
  ];
}

const asked = (name: string, channel: string, body: unknown): HostileRequest => ({
  name: `${channel}: ${name}`,
  channel,
  json: JSON.stringify(body),
});

const move = (desk: HonestDesk, changes: Readonly<Record<string, unknown>> = {}) => ({
  kind: 'withdraw',
  vaultId: desk.onChainVault,
  marketIndex: USDC,
  amount: '1000000',
  ...changes,
});

function withOtherAmounts(desk: HonestDesk): readonly HostileRequest[] {
  const amounts: readonly (readonly [string, unknown])[] = [
    ['nothing', '0'],
    ['less than nothing', '-1000000'],
    ['more than there is', '999999999999999'],
    ['more than 64 bits', '18446744073709551616'],
    ['more than 40 digits', '9'.repeat(41)],
    ['a number', 1_000_000],
    ['a fraction', '1.5'],
    ['an exponent', '1e6'],
    ['hexadecimal', '0xf4240'],
    ['blanks', ' 1000000 '],
    ['no text', null],
    ['a list', ['1000000']],
    ['an object', { value: '1000000' }],
  ];
  return amounts.map(([name, amount]) =>
    asked(`an amount that is ${name}`, 'capital.request', move(desk, { amount })),
  );
}

function withOtherFields(desk: HonestDesk): readonly HostileRequest[] {
  const honest = JSON.stringify(move(desk)).slice(0, -1);
  const extra: readonly (readonly [string, string])[] = [
    ['a destination', `"destination":"${STRANGER}"`],
    ['another signer', `"signerKey":"${STRANGER}"`],
    ['an approval', '"approval":"typed"'],
    ['a message', '"message":"AQAAAA=="'],
    ['a state', '"state":"approved"'],
    ['a constructor', '"constructor":{"prototype":{"polluted":true}}'],
  ];
  const { vaultId, marketIndex } = move(desk);
  const inherited = `{"vaultId":"${vaultId}","marketIndex":${marketIndex},"__proto__":${honest}}}`;
  const withExtra = extra.map(([name, field]) => ({
    name: `capital.request: a withdrawal with ${name}`,
    channel: 'capital.request',
    json: `${honest},${field}}`,
  }));
  return [
    ...withExtra,
    // The bridge loses a prototype on its way: what it holds must not count.
    { name: 'capital.request: by inheritance', channel: 'capital.request', json: inherited },
    {
      name: 'capital.request: of a polluted prototype',
      channel: 'capital.request',
      json: '{"__proto__":{"polluted":true},"kind":"withdraw"}',
    },
    asked('an unknown kind', 'capital.request', move(desk, { kind: 'sweep' })),
    asked('a list', 'capital.request', [move(desk)]),
    asked('nothing', 'capital.request', null),
    asked('a market that is none', 'capital.request', move(desk, { marketIndex: 60_000 })),
    asked('a market below zero', 'capital.request', move(desk, { marketIndex: -1 })),
    asked('a market as text', 'capital.request', move(desk, { marketIndex: '0' })),
    asked('very much', 'capital.request', move(desk, { note: 'x'.repeat(1_000_000) })),
  ];
}

function withOtherVaults(desk: HonestDesk): readonly HostileRequest[] {
  const { onChainVault, paperVault } = desk;
  const transfer = (toVaultId: string, vaultId = onChainVault) =>
    move(desk, { kind: 'transfer', vaultId, toVaultId });
  return [
    asked('of an unknown vault', 'capital.request', move(desk, { vaultId: UNKNOWN_ID })),
    asked('of a path', 'capital.request', move(desk, { vaultId: '../../keys/keystore.json' })),
    asked('of a statement', 'capital.request', move(desk, { vaultId: "' OR 1=1 --" })),
    asked('to an unknown vault', 'capital.request', transfer(UNKNOWN_ID)),
    asked('to itself', 'capital.request', transfer(onChainVault)),
    asked('from chain to paper', 'capital.request', transfer(paperVault)),
    asked('from paper to chain', 'capital.request', transfer(onChainVault, paperVault)),
    asked('to an address', 'capital.request', transfer(STRANGER)),
  ];
}

function withOtherAuthorities({ authority }: HonestDesk): readonly HostileRequest[] {
  const account = {
    kind: 'create-sub-account',
    network: 'practice',
    engine: 'taken',
    name: 'Taken',
  };
  const create = (name: string, changes: Readonly<Record<string, unknown>>) =>
    asked(name, 'capital.request', { ...account, authority, ...changes });
  return [
    create('an account of a stranger', { authority: STRANGER }),
    create('an account of nobody', { authority: 'nobody' }),
    create('an account on an unknown network', { network: 'somewhere' }),
    create('an account on a live network', { network: 'mainnet' }),
    create('an account with a delegate', { delegate: STRANGER }),
    create('an account with a very long name', { name: 'n'.repeat(61) }),
  ];
}

function ofOtherOperations({ endedOperation }: HonestDesk): readonly HostileRequest[] {
  const cancel = (name: string, operationId: unknown) =>
    asked(name, 'capital.cancel', { operationId });
  return [
    cancel('an unknown operation', UNKNOWN_ID),
    cancel('an operation that has ended', endedOperation),
    cancel('every operation', '%'),
    cancel('a list of operations', [endedOperation]),
    asked('more than may be read', 'capital.loadOperations', {
      vaultId: null,
      limit: 1_000_000,
      before: null,
    }),
  ];
}

function ofLimits({ settings }: HonestDesk): readonly HostileRequest[] {
  const limits: readonly (readonly [string, unknown])[] = [
    ['confirmFrom', '999000000000'],
    ['typeAmountFrom', '999000000000'],
    ['maxPriorityFee', '100000000000'],
    ['minHealthAfterWithdrawal', 0],
    ['autoLockMs', 86_400_000],
    ['confirmFrom', '-1'],
    ['autoLockMs', -1],
    ['autoLockMs', 1e12],
  ];
  const loosened = limits.map(([limit, value]) =>
    asked(`${limit} ${String(value)}`, 'settings.update', {
      ...settings,
      capital: { ...settings.capital, [limit]: value },
    }),
  );
  return [...loosened, asked('no limits at all', 'settings.update', { ...settings, capital: {} })];
}

function ofKeysAndFiles(): readonly HostileRequest[] {
  const task = (name: string, body: unknown) => asked(name, 'signer.openWindow', { task: body });
  return [
    task('a task that is none', { kind: 'sign' }),
    task('a task with an answer', { kind: 'unlock', passphrase: 'guessed' }),
    task('an export with a path', { kind: 'export', publicKey: STRANGER, path: '/tmp/key.json' }),
    task('a confirmation', { kind: 'confirm', operationId: UNKNOWN_ID }),
    asked('a name of nothing', 'signer.renameKey', { publicKey: STRANGER, name: '' }),
    asked('a key that is not there', 'signer.removeWatchOnly', { publicKey: STRANGER }),
    asked('an address that is none', 'signer.addWatchOnly', {
      publicKey: '1'.repeat(44),
      name: 'x',
      networkKind: 'everything',
    }),
    asked('the key file', 'backup.restore', { name: '../keys/keystore.json' }),
    asked('a page of its own', 'shell.openExplorer', {
      network: 'https://example.org',
      signature: '5'.repeat(88),
    }),
    // The engine rests while it is looked for.
    asked('a backup that is none', 'backup.restore', { name: 'none.db' }),
  ];
}
