/**
 * The built app in real Electron, once through what Keel is for: a vault and its key are added, another client
 * deposits, the RPC breaks until trading is disabled, it is mended, the vault recovers and the trader enables trading
 * again.
 * A line per step; with --json one JSON line at the end. Exit status 1 when a step fails.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { driveCapital } from '#test/support/capital-driver.ts';
import { driveDesk } from '#test/support/desk-driver.ts';
import type { DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, readTestRuntime } from '#test/support/electron-app.ts';
import type { LaunchedKeel } from '#test/support/electron-app.ts';
import { createOutsideTrader } from '#test/support/outside-trader.ts';
import type { OutsideTrader } from '#test/support/outside-trader.ts';
import { driveSigner } from '#test/support/signer-driver.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { hasDisplay } from './desktop/virtual-display.ts';

const VAULT_NAME = 'Smoke vault';
const PASSPHRASE = 'ripple cactus velvet anchor';
const FIRST_DEPOSIT = 1_000_000_000n;
const SECOND_DEPOSIT = 234_567_890n;
const HEARTBEATS_COUNTED = 4;
const LIMIT_MS = 60_000;

interface SmokeReport {
  readonly electron: string;
  readonly officialRuntime: boolean;
  readonly firstPaintMs: number;
  readonly vaultShownMs: number;
  readonly depositSeenMs: number;
  readonly attempts: readonly SmokeAttempt[];
  readonly tradingDisabled: boolean;
  readonly recovered: boolean;
  readonly tradingReenabled: boolean;
  readonly rpcCallsPerHeartbeat: number;
  readonly screenshots: readonly string[];
}

interface SmokeAttempt {
  readonly number: number;
  readonly outcome: string;
  readonly errorCode: string | null;
  readonly nextDelayMs: number | null;
}

const startedAt = Date.now();
const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    screenshots: { type: 'string', default: 'artifacts/smoke' },
  },
});

function say(step: string): void {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${step}\n`);
}

async function firstPaintOf(desk: DeskDriver, launchedAt: number): Promise<number> {
  // The desk can be in the document a moment before it is on the screen.
  const painted = await desk.page.waitForFunction(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return paint === undefined ? null : performance.timeOrigin + paint.startTime;
  });
  const paintedAt = await painted.jsonValue();
  if (paintedAt === null) throw new Error('The window reports no first paint.');
  return Math.round(paintedAt - launchedAt);
}

async function vaultIdOf(desk: DeskDriver, name: string): Promise<string> {
  const testId = (await desk.row(name).getAttribute('data-testid')) ?? '';
  return testId.replace('vault-row-', '');
}

async function waitForAttribute(
  desk: DeskDriver,
  testId: string,
  attribute: string,
  value: string,
): Promise<void> {
  await desk
    .row(VAULT_NAME)
    .locator(`[data-testid="${testId}"][${attribute}="${value}"]`)
    .waitFor({ timeout: LIMIT_MS });
}

async function failedAttempts(desk: DeskDriver, vaultId: string): Promise<SmokeAttempt[]> {
  interface Run {
    readonly outcome: string;
    readonly attempts: readonly {
      readonly number: number;
      readonly outcome: string;
      readonly error: { readonly code: string } | null;
      readonly nextDelayMs: number | null;
    }[];
  }
  const answer = (await desk.invoke('vault.loadSyncRuns', {
    vaultId,
    limit: 20,
    before: null,
  })) as { readonly value: { readonly runs: readonly Run[] } };
  const failed = answer.value.runs
    .filter((run) => run.outcome === 'failed')
    .toSorted((left, right) => right.attempts.length - left.attempts.length)[0];
  return (failed?.attempts ?? []).map(({ number, outcome, error, nextDelayMs }) => ({
    number,
    outcome,
    errorCode: error?.code ?? null,
    nextDelayMs,
  }));
}

/** Reads per heartbeat as the server counted them, over some heartbeats in which nothing else happens. */
async function countCallsPerHeartbeat(rpcUrl: string, heartbeatMs: number): Promise<number> {
  const admin = createAdminClient(rpcUrl);
  const read = async (reset: boolean): Promise<number> => {
    // Whichever node is in use; the other one's probes are no such calls.
    const nodes = [
      await admin.stats({ reset, node: 'a' }),
      await admin.stats({ reset, node: 'b' }),
    ];
    return nodes.reduce((sum, { perMethod }) => sum + (perMethod.getMultipleAccounts ?? 0), 0);
  };
  await read(true);
  await new Promise((done) => setTimeout(done, heartbeatMs * HEARTBEATS_COUNTED));
  return (await read(false)) / HEARTBEATS_COUNTED;
}

/** What each scene needs: the window, and a camera. */
interface Scene {
  readonly keel: LaunchedKeel;
  readonly desk: DeskDriver;
  shoot(name: string): Promise<void>;
}

async function seeFirstVault({ desk }: Scene, launchedAt: number) {
  await desk.ready();
  const firstPaintMs = await firstPaintOf(desk, launchedAt);
  await desk.page
    .locator(`[data-testid="${TEST_IDS.syncState}"][data-health="fresh"]`)
    .first()
    .waitFor({ timeout: LIMIT_MS });
  const vaultShownMs = Date.now() - launchedAt;
  say(
    `the window has painted after ${firstPaintMs} ms and shows a verified vault after ${vaultShownMs} ms`,
  );
  return { firstPaintMs, vaultShownMs };
}

async function addVault({ desk, shoot }: Scene, authority: string): Promise<void> {
  await desk.addOnChainVault({ name: VAULT_NAME, engine: 'smoke', authority, subAccountId: 0 });
  await waitForAttribute(desk, TEST_IDS.syncState, 'data-health', 'fresh');
  const shown = await desk.row(VAULT_NAME).getByTestId(TEST_IDS.totalCollateral).innerText();
  await shoot('1-vault-added');
  say(`the practice vault is added and verified, total collateral ${shown}`);
}

/** Without its key a vault is only watched, and never may trade. */
async function importKey({ keel, desk, shoot }: Scene, trader: OutsideTrader): Promise<void> {
  await waitForAttribute(desk, TEST_IDS.tradingState, 'data-standing', 'watch-only');
  const options = { passphrase: PASSPHRASE, addresses: [trader.authority] };
  await driveSigner(keel.app, desk).importText(trader.secretText, options);
  await driveCapital(desk).lockStatus('unlocked');
  await desk.page.getByTestId(TEST_IDS.navVaults).click();
  await waitForAttribute(desk, TEST_IDS.tradingState, 'data-allowed', 'true');
  await shoot('2-key-imported');
  say('the key of the vault is imported: it is no longer only watched');
}

async function seeDeposit({ desk, shoot }: Scene, trader: OutsideTrader) {
  await trader.depositUsdc(SECOND_DEPOSIT);
  const depositedAt = Date.now();
  await desk
    .row(VAULT_NAME)
    .getByTestId(TEST_IDS.totalCollateral)
    .filter({ hasText: '1,234.5' })
    .waitFor({ timeout: LIMIT_MS });
  const depositSeenMs = Date.now() - depositedAt;
  await shoot('3-deposit-seen');
  say(`another client's deposit is in the window ${depositSeenMs} ms after its confirmation`);
  return { depositSeenMs };
}

async function breakAndMend({ desk, shoot }: Scene, rpcUrl: string) {
  const admin = createAdminClient(rpcUrl);
  await admin.setFaults({ serverErrorRate: 1 });
  await waitForAttribute(desk, TEST_IDS.syncState, 'data-health', 'failing');
  await waitForAttribute(desk, TEST_IDS.tradingState, 'data-allowed', 'false');
  const attempts = await failedAttempts(desk, await vaultIdOf(desk, VAULT_NAME));
  await shoot('4-trading-disabled');
  const delays = attempts.map(({ nextDelayMs }) => nextDelayMs ?? 'end').join(', ');
  say(`the RPC fails: ${attempts.length} attempts, then delays of ${delays}; trading is disabled`);

  await admin.setFaults({});
  await waitForAttribute(desk, TEST_IDS.syncState, 'data-health', 'fresh');
  const allowed = await desk
    .row(VAULT_NAME)
    .getByTestId(TEST_IDS.tradingState)
    .getAttribute('data-allowed');
  if (allowed !== 'false') throw new Error('Trading came back without the trader.');
  await shoot('5-recovered');
  say('the RPC is mended: the vault is verified again, trading is still disabled');
  return { attempts, tradingDisabled: true, recovered: true };
}

async function enableTrading({ desk, shoot }: Scene) {
  await desk.open(VAULT_NAME);
  await desk.page.getByTestId(TEST_IDS.enableTrading).click();
  await desk.page.getByTestId(TEST_IDS.haltReason).waitFor();
  await desk.page.getByTestId(TEST_IDS.confirmEnableTrading).click();
  await desk.page
    .locator(`[data-testid="${TEST_IDS.tradingState}"][data-allowed="true"]`)
    .first()
    .waitFor({ timeout: LIMIT_MS });
  await shoot('6-trading-enabled');
  say('the trader has read the reason and enabled trading again');
  return { tradingReenabled: true };
}

async function run(keel: LaunchedKeel, launchedAt: number): Promise<SmokeReport> {
  const { electronVersion, official } = readTestRuntime();
  const desk = driveDesk(keel.page);
  const screenshots: string[] = [];
  const scene: Scene = {
    keel,
    desk,
    shoot: async (name) => {
      const file = join(resolve(flags.screenshots), `${name}.png`);
      await desk.page.screenshot({ path: file });
      screenshots.push(file);
    },
  };
  const start = await seeFirstVault(scene, launchedAt);
  const rpcUrl = await desk.practiceRpcUrl();
  const trader = await createOutsideTrader(rpcUrl, FIRST_DEPOSIT);
  await addVault(scene, trader.authority);
  await importKey(scene, trader);
  const deposit = await seeDeposit(scene, trader);
  const rpcCallsPerHeartbeat = await countCallsPerHeartbeat(rpcUrl, 5_000);
  say(`a heartbeat of all on-chain vaults costs ${rpcCallsPerHeartbeat} RPC calls`);
  const outage = await breakAndMend(scene, rpcUrl);
  const trading = await enableTrading(scene);
  await trader.close();
  return {
    electron: electronVersion,
    officialRuntime: official,
    ...start,
    ...deposit,
    ...outage,
    ...trading,
    rpcCallsPerHeartbeat,
    screenshots,
  };
}

const profile = await mkdtemp(join(tmpdir(), 'keel-smoke-'));
await mkdir(resolve(flags.screenshots), { recursive: true });
const session = hasDisplay() ? undefined : await startDesktopSession();
const launchedAt = Date.now();
const keel = await launchKeel({
  userDataDir: profile,
  ...(session === undefined ? {} : { session }),
});
try {
  const report = await run(keel, launchedAt);
  if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(
    `${keel.output()}\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
} finally {
  await keel.close();
  await session?.close();
  await rm(profile, { recursive: true, force: true });
  // The outside client's sockets would keep a failed run alive.
  process.exit();
}
