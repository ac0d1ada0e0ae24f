/** Ways in which the data can stop, and how long the window goes on calling the figures fresh. */
import type { Page } from 'playwright-core';
import type { PracticeFaults } from '#domain/practice.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import type { DeskDriver } from '#test/support/desk-driver.ts';
import { whenOnScreen } from './pixel-watch.ts';
import { pause } from './samples.ts';

const HEARTBEAT_MS = 5_000;

export interface DataStop {
  readonly name: string;
  readonly faults: PracticeFaults;
}

export const DATA_STOPS: readonly DataStop[] = [
  { name: 'node frozen', faults: { freezeSlots: true } },
  { name: 'no call answered', faults: { timeoutRate: 1, silentSockets: true } },
  { name: 'connections refused', faults: { refuseConnections: true, closeSockets: true } },
];

/** Milliseconds from the stop to the frame that marks the vault as anything but fresh. */
export async function markedAfter(
  desk: DeskDriver,
  admin: PracticeAdmin,
  vault: { readonly name: string; readonly vaultId: string },
  { faults }: DataStop,
): Promise<number> {
  await admin.setFaults({});
  await desk.health(vault.name, 'fresh', 60_000);
  await pause(Math.random() * HEARTBEAT_MS);
  const marked = marks(desk.page, vault.vaultId);
  await admin.setFaults(faults);
  const stoppedAtMs = Date.now();
  const markedAtMs = await marked;
  await admin.setFaults({});
  return markedAtMs - stoppedAtMs;
}

/** The node's process is killed: whoever watches starts another one, and the window is told of it. */
export async function markedAfterKill(
  desk: DeskDriver,
  vault: { readonly name: string; readonly vaultId: string },
  practicePid: number,
): Promise<number> {
  await desk.health(vault.name, 'fresh', 60_000);
  const marked = marks(desk.page, vault.vaultId);
  // Stopped, not ended: an ended one is started again at once, and nothing need be marked.
  process.kill(practicePid, 'SIGSTOP');
  const stoppedAtMs = Date.now();
  try {
    return (await marked) - stoppedAtMs;
  } finally {
    process.kill(practicePid, 'SIGCONT');
  }
}

const marks = (page: Page, vaultId: string): Promise<number> =>
  whenOnScreen(page, vaultId, { kind: 'not-fresh' });
