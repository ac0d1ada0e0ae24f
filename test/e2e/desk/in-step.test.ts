/** S2: what another client does to the sub-account is in vault, database file and window within 10 s. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeFaults } from '#domain/practice.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createOutsideTrader, type OutsideTrader } from '#test/support/outside-trader.ts';
import { readChain } from '#test/support/read-cli.ts';
import {
  createDefaultProfile,
  eventually,
  type ShellProfile,
} from '#test/support/shell-profile.ts';
import { vaultDatabase, type VaultDatabase } from '#test/support/vault-database.ts';

const VAULT = 'Watched';
const SUB_ACCOUNT = 0;
/** S2's limit, and the whole of it. */
const IN_STEP_MS = 10_000;
const FIRST_DEPOSIT = 1_000_000_000n;
const DEPOSIT = 234_567_891n;
const WITHDRAWAL = 111_222_333n;
/** Interest and the rounding of Drift's own books; far below any amount moved here. */
const NEAR = 50_000n;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let database: VaultDatabase;
let rpcUrl: string;
let admin: PracticeAdmin;
let trader: OutsideTrader;
let held = FIRST_DEPOSIT;

beforeAll(async () => {
  profile = await createDefaultProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  database = vaultDatabase(profile.folder);
  await desk.ready();
  await desk.health('Funding', 'fresh');
  rpcUrl = await desk.practiceRpcUrl();
  admin = createAdminClient(rpcUrl);
  trader = await createOutsideTrader(rpcUrl, FIRST_DEPOSIT, { withoutSockets: true });
  const { authority } = trader;
  await desk.addOnChainVault({
    name: VAULT,
    engine: 'outside',
    authority,
    subAccountId: SUB_ACCOUNT,
  });
  await desk.health(VAULT, 'fresh');
});

afterEach(() => admin.setFaults({}));

afterAll(async () => {
  await trader?.close();
  await keel?.close();
  await profile?.remove();
});

const isNear = (units: bigint, wanted: bigint): boolean =>
  units - wanted < NEAR && wanted - units < NEAR;

const inWindow = () => desk.units(VAULT, TEST_IDS.totalCollateral);
const inDatabase = () => database.figures(VAULT)?.totalCollateral ?? 0n;

/** Both clocks start with the confirmation of the change. */
async function arrives(change: string, wanted: bigint): Promise<void> {
  await Promise.all([
    eventually(`${change} in the database`, () => isNear(inDatabase(), wanted), IN_STEP_MS),
    eventually(`${change} in the window`, async () => isNear(await inWindow(), wanted), IN_STEP_MS),
  ]);
  await desk.health(VAULT, 'fresh');
  expect(database.figures(VAULT)).toMatchObject({ verification: 'verified', failing: false });
}

/** While the slots stand still nothing moves, so that the three places can be compared to the unit. */
async function agreesToTheUnit(faults: PracticeFaults): Promise<void> {
  await admin.setFaults({ ...faults, freezeSlots: true });
  const chain = await readChain(rpcUrl, trader.authority, SUB_ACCOUNT);
  const { USDC, DRIFT_POS, SOL } = chain.balances;
  await eventually(
    'window and database agree with the chain',
    async () => {
      const stored = database.figures(VAULT);
      return (
        stored?.totalCollateral === chain.totalCollateral &&
        (await inWindow()) === chain.totalCollateral
      );
    },
    IN_STEP_MS,
  );
  expect(database.figures(VAULT)).toMatchObject({ usdc: USDC, driftPos: DRIFT_POS });
  expect(await desk.units(VAULT, TEST_IDS.balanceUsdc)).toBe(USDC);
  expect(await desk.units(VAULT, TEST_IDS.balanceDriftPos)).toBe(DRIFT_POS);
  expect(await desk.units(VAULT, TEST_IDS.balanceSol)).toBe(SOL);
  await admin.setFaults(faults);
}

const socketIs = (words: string) =>
  keel.page
    .getByTestId(`${TEST_IDS.footerNetwork}-practice`)
    .filter({ hasText: words })
    .waitFor({ timeout: 60_000 });

describe.each<{ readonly socket: string; readonly faults: PracticeFaults; readonly words: string }>(
  [
    { socket: 'alive', faults: {}, words: 'subscribed' },
    { socket: 'closed', faults: { closeSockets: true }, words: 'subscription down, polling' },
    { socket: 'silent', faults: { silentSockets: true }, words: 'subscription silent, polling' },
  ],
)('with the socket $socket', ({ faults, words }) => {
  it("shows and stores another client's deposit and withdrawal, equal to the chain to the unit", async () => {
    await admin.setFaults(faults);
    await socketIs(words);

    await trader.depositUsdc(DEPOSIT);
    held += DEPOSIT;
    await arrives('the deposit', held);

    await trader.withdrawUsdc(WITHDRAWAL);
    held -= WITHDRAWAL;
    await arrives('the withdrawal', held);

    await agreesToTheUnit(faults);
    expect(await keel.page.getByTestId(TEST_IDS.syncErrorBanner).count()).toBe(0);
  });
});
