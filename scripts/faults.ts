/**
 * The real app under fire: its engine process is killed with SIGKILL at random and at named points of capital
 * operations, while the network fails at random, and every operation is followed to its end. The practice
 * network's own ledger judges. `--kills N --seed S`; with --json one JSON line at the end. Exit status 1 when
 * anything was lost, doubled, wrong or left unresolved.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { startDesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { driveSigner, type SignerDriver } from '#test/support/signer-driver.ts';
import { hasDisplay } from './desktop/virtual-display.ts';
import { crashFileIn, KeelUnderFire, pause } from './faults/keel-under-fire.ts';
import { runFaults, type FaultRun } from './faults/run-faults.ts';

const SUB_ACCOUNTS = 4;
const SETUP_LIMIT_MS = 90_000;
const PASSPHRASE = 'play money under fire';
const FUNDING = { lamports: 500_000_000_000n, usdc: 1_000_000_000_000n };

const { values: flags } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const startedAt = Date.now();

function say(line: string): void {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
}

/**
 * The trader at the signer's window: presses the button of each confirmation (opening a sub-account is always
 * asked for), and unlocks when the keys have locked themselves. Returns the stop.
 */
function attendSigner(signer: SignerDriver, keel: KeelUnderFire): () => void {
  let stopped = false;
  const attend = async (): Promise<void> => {
    while (!stopped) {
      // The window may close under the hand: its operation died with the engine.
      if (signer.isOpen()) await signer.confirmPress().catch(() => undefined);
      else if ((await keel.signerStatus()) === 'locked') {
        say('the keys have locked themselves: unlocking');
        await signer.unlock(PASSPHRASE).catch(() => undefined);
      }
      await pause(500);
    }
  };
  void attend();
  return () => {
    stopped = true;
  };
}

/** Gives the practice trader money and sub-accounts. */
async function prepare(keel: KeelUnderFire, rpcUrl: string) {
  const admin = createAdminClient(rpcUrl);
  const { starter, program } = await admin.status();
  const { authority } = starter;
  await admin.airdrop({ address: authority, lamports: FUNDING.lamports });
  await admin.mintTokens({ owner: authority, token: 'USDC', amount: FUNDING.usdc });
  const until = Date.now() + SETUP_LIMIT_MS;
  while ((await keel.vaults()).length < SUB_ACCOUNTS) {
    const answer = await keel.request({
      kind: 'create-sub-account',
      network: 'practice',
      authority,
      engine: 'faults',
      name: `Account ${(await keel.vaults()).length + 1}`,
    });
    if (Date.now() > until)
      throw new Error(`No sub-account within ${SETUP_LIMIT_MS} ms: ${JSON.stringify(answer)}`);
    await pause(1_000);
  }
  say(`${SUB_ACCOUNTS} sub-accounts of ${authority} are there`);
  return { authority, program };
}

async function underFire(folder: string, launched: LaunchedKeel): Promise<FaultRun> {
  const keel = new KeelUnderFire(launched, folder);
  await keel.desk.ready();
  const rpcUrl = await keel.desk.practiceRpcUrl();
  const signer = driveSigner(launched.app, keel.desk);
  await signer.importPracticeKey(PASSPHRASE);
  const leaveSigner = attendSigner(signer, keel);
  const { authority, program } = await prepare(keel, rpcUrl);
  const kills = Number(flags.kills);
  const seed = Number(flags.seed);
  const run = await runFaults(keel, { kills, seed, rpcUrl, authority, program, say });
  leaveSigner();
  return run;
}

function report(run: FaultRun): void {
  const { lost, doubled, wrong, unresolved } = run;
  for (const finding of [...lost, ...doubled, ...wrong, ...unresolved]) say(finding);
  const counts = {
    ...run,
    seed: Number(flags.seed),
    lost: lost.length,
    doubled: doubled.length,
    wrong: wrong.length,
    unresolved: unresolved.length,
  };
  if (flags.json) process.stdout.write(`${JSON.stringify(counts)}\n`);
  else process.stdout.write(`${JSON.stringify(counts, null, 2)}\n`);
  if (lost.length + doubled.length + wrong.length + unresolved.length > 0) process.exitCode = 1;
}

const profile = await mkdtemp(join(tmpdir(), 'keel-faults-'));
const session = hasDisplay() ? undefined : await startDesktopSession();
const launched = await launchKeel({
  userDataDir: profile,
  env: { KEEL_CRASH_FILE: crashFileIn(profile) },
  ...(session === undefined ? {} : { session }),
});
try {
  report(await underFire(profile, launched));
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(
    `${launched.output().slice(-4_000)}\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
} finally {
  await launched.close();
  await session?.close();
  if (process.exitCode === undefined) await rm(profile, { recursive: true, force: true });
  else say(`the profile stays for a look: ${profile}`);
  process.exit();
}
