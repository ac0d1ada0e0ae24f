/**
 * The bundles leave out packages that the SDK names and Keel never calls. On real accounts the bundled reader must
 * say exactly what the reader on the whole SDK says, errors included.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runRead } from '#main/app/read/run-read.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { loadMainnetAccounts } from '#test/support/mainnet-accounts.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const BUNDLE = resolve(import.meta.dirname, '../../../dist/cli/read.cjs');
/** Each costs the start of a process: every so many-th account, so that all kinds are among them. */
const EVERY = 6;

const { users, accounts } = loadMainnetAccounts();
const sample = users.filter((_, index) => index % EVERY === 0);

let server: RpcServer;
beforeAll(async () => {
  server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
});
afterAll(() => server.close());

function runBundle(argv: readonly string[]): Promise<string> {
  return new Promise((done, reject) => {
    execFile(process.execPath, [BUNDLE, ...argv], (error, stdout, stderr) => {
      // Status 1 is an answer too: the error stands on the standard output.
      if (error !== null && error.code !== 1) reject(new Error(stderr, { cause: error }));
      else done(stdout);
    });
  });
}

it('reads real accounts as the whole SDK does', async () => {
  const outcomes = new Set<string>();
  for (const { authority, subAccountId } of sample) {
    const account = ['--authority', authority, '--sub-account', String(subAccountId)];
    const argv = ['--rpc', server.url, ...account, '--json'];
    const whole = await runRead(argv, systemClock());
    expect(await runBundle(argv)).toBe(whole.stdout);
    outcomes.add(whole.status === 0 ? 'valued' : 'refused');
  }
  expect(outcomes).toEqual(new Set(['valued', 'refused']));
}, 180_000);
