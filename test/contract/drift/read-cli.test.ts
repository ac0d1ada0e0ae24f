/** The command line's own manners; its figures are proved on real accounts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRead } from '#main/app/read/run-read.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { loadMainnetAccounts } from '#test/support/mainnet-accounts.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const { users, accounts } = loadMainnetAccounts();
const user = users[3];
if (user === undefined) throw new Error('Too few users');

let server: RpcServer;
beforeAll(async () => {
  server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
});
afterAll(() => server.close());

function run(...argv: readonly string[]) {
  return runRead(argv, systemClock());
}

const asked = (subAccount: string): readonly string[] => [
  '--rpc',
  server.url,
  '--authority',
  user.authority,
  '--sub-account',
  subAccount,
];

describe('npm run read', () => {
  it('prints a table without --json', async () => {
    const { stdout, stderr, status } = await run(...asked(String(user.subAccountId)));
    expect([stderr, status]).toEqual(['', 0]);
    for (const word of [
      'USDC',
      'DRIFT_POS',
      'Total collateral',
      user.authority,
      'paused: deposit',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it.each([
    ['a sub-account that does not exist', ['999'], 'SUB_ACCOUNT_MISSING'],
    ['a number that is none', ['-1'], 'INPUT_INVALID'],
    [
      'a program that is not there',
      ['0', '--program', '11111111111111111111111111111112'],
      'PROGRAM_STATE_MISSING',
    ],
    ['another state seed', ['0', '--state-seed', 'velocity_state'], 'PROGRAM_STATE_MISSING'],
    ['a program that is no key', ['0', '--program', 'z'.repeat(40)], 'INPUT_INVALID'],
  ])('answers %s with one JSON line and status 1', async (_, [subAccount = '', ...more], code) => {
    const { stdout, stderr, status } = await run(...asked(subAccount), ...more, '--json');
    expect([stderr, status]).toEqual(['', 1]);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code, message: expect.any(String), remedy: expect.any(String) },
    });
  });

  it('says what it takes when it is given nothing', async () => {
    const { stdout, stderr, status } = await run();
    expect([stdout, status]).toEqual(['', 1]);
    expect(stderr).toContain('--sub-account');
  });
});
