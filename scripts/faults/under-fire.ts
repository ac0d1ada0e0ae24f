/** The whole of a fault run: key, money and sub-accounts first, then the kills, then the chain's verdict. */
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { LaunchedKeel } from '#test/support/electron-app.ts';
import { driveSigner, type SignerDriver } from '#test/support/signer-driver.ts';
import { KeelUnderFire, pause } from './keel-under-fire.ts';
import { runFaults, type FaultRun } from './run-faults.ts';

const SUB_ACCOUNTS = 4;
const SETUP_LIMIT_MS = 90_000;
const PASSPHRASE = 'play money under fire';
const FUNDING = { lamports: 500_000_000_000n, usdc: 1_000_000_000_000n };

export interface FireOptions {
  readonly kills: number;
  readonly seed: number;
  say(line: string): void;
}

/**
 * The trader at the signer's window: presses the button of each confirmation (opening a sub-account is always
 * asked for), and unlocks when the keys have locked themselves. Returns the stop.
 */
function attendSigner(signer: SignerDriver, keel: KeelUnderFire, say: FireOptions['say']) {
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
  return (): void => {
    stopped = true;
  };
}

/** Gives the practice trader money and sub-accounts. */
async function prepare(keel: KeelUnderFire, rpcUrl: string, say: FireOptions['say']) {
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

/**
 * @param launched the app, started with `crashFileIn(folder)` in KEEL_CRASH_FILE on a fresh profile
 * Rejects when the app cannot be driven; what went wrong with the money is in the verdict.
 */
export async function putUnderFire(
  launched: LaunchedKeel,
  folder: string,
  { kills, seed, say }: FireOptions,
): Promise<FaultRun> {
  const keel = new KeelUnderFire(launched, folder);
  await keel.desk.ready();
  const rpcUrl = await keel.desk.practiceRpcUrl();
  const signer = driveSigner(launched.app, keel.desk);
  await signer.importPracticeKey(PASSPHRASE);
  const leaveSigner = attendSigner(signer, keel, say);
  try {
    const { authority, program } = await prepare(keel, rpcUrl, say);
    return await runFaults(keel, { kills, seed, rpcUrl, authority, program, say });
  } finally {
    leaveSigner();
  }
}
