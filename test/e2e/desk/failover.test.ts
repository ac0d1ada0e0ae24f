/** M3: one node of two fails, and the desk does not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { recordDeskEvents, type DeskEvents } from '#test/support/desk-events.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import {
  createDefaultProfile,
  eventually,
  type ShellProfile,
} from '#test/support/shell-profile.ts';
import { vaultDatabase } from '#test/support/vault-database.ts';

const VAULT = 'Funding';
const [NODE_A, NODE_B] = ['Practice node A', 'Practice node B'];
/** A node must have been well for a minute, and is looked at every half minute while nobody uses it. */
const RETURN_LIMIT_MS = 130_000;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let admin: PracticeAdmin;
let events: DeskEvents;

beforeAll(async () => {
  profile = await createDefaultProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(VAULT, 'fresh');
  admin = createAdminClient(await desk.practiceRpcUrl());
  events = await recordDeskEvents(keel.page);
});

afterAll(async () => {
  await admin?.setFaults({}).catch(() => undefined);
  await keel?.close();
  await profile?.remove();
});

const footer = () => keel.page.locator(`[data-testid^="${TEST_IDS.footerNetwork}-practice"]`);
const uses = (node: string, limitMs = 30_000) =>
  footer().filter({ hasText: node }).waitFor({ timeout: limitMs });
const nodeRow = (node: string) => keel.page.getByTestId(TEST_IDS.nodeRow).filter({ hasText: node });
const slotOnRecord = () => vaultDatabase(profile.folder).figures(VAULT)?.slot ?? 0n;

describe('a node that fails while another is well', () => {
  it('is left within seconds, and no vault falls out of step', async () => {
    await uses(NODE_A);
    await admin.setFaults({ node: 'a', refuseConnections: true, closeSockets: true });
    await uses(NODE_B);
    const before = slotOnRecord();
    const { keysRead } = await admin.stats({ node: 'b' });
    await eventually('figures of the other node are on record', () => slotOnRecord() > before);
    await eventually(
      'the other node is read',
      async () => (await admin.stats({ node: 'b' })).keysRead > keysRead,
    );
    await desk.health(VAULT, 'fresh');
    expect(await events.ofType('VAULT_SYNC_ERROR')).toEqual([]);
    expect(vaultDatabase(profile.folder).haltCode(VAULT)).toBeNull();
  });

  it('is shown as down in the list of nodes, beside the one in use', async () => {
    await footer().click();
    await keel.page.getByTestId(TEST_IDS.nodesPanel).waitFor();
    await nodeRow(NODE_A).and(keel.page.locator('[data-condition="down"]')).waitFor();
    expect(await nodeRow(NODE_A).getAttribute('data-in-use')).toBe('false');
    expect(await nodeRow(NODE_B).getAttribute('data-in-use')).toBe('true');
    expect(await nodeRow(NODE_B).getAttribute('data-condition')).toBe('ok');
    await keel.page.keyboard.press('Escape');
    await keel.page.getByTestId(TEST_IDS.nodesPanel).waitFor({ state: 'detached' });
  });

  it('is used again once it was well for a while, still without a sync error', async () => {
    await admin.setFaults({ node: 'a' });
    await uses(NODE_A, RETURN_LIMIT_MS);
    const { keysRead } = await admin.stats({ node: 'a' });
    await eventually(
      'it is read again',
      async () => (await admin.stats({ node: 'a' })).keysRead > keysRead,
    );
    await desk.health(VAULT, 'fresh');
    expect(await events.ofType('VAULT_SYNC_ERROR')).toEqual([]);
  });
});
