/**
 * Random fault schedules against the engine on a fake clock: time-outs, errors, delays, frozen and lagging nodes, answers
 * out of order, lost hints, dead sockets, sleep, a clock that is set, full disks, changes of endpoint, several vaults, and
 * transactions at any moment. At every observable moment (each event, and in between) holds:
 *
 * - **Never a false “in step”.** For the whole time that a view is fresh, the quantities that it shows are those that the
 *   chain had at some moment not older than `staleAfterMs`, with 1 s (the clock watch's tolerance) and a slot: a node that
 *   stands still is found out by the slots that it lacks. Three limits are inherent. What a lagging node hides of its age:
 *   how far behind it is shows only against slots that were told before by a node that was not, within 15 s; slot lag is
 *   measured by the node watch, against other nodes. And within one second after the wall clock was set, or after a sleep
 *   that nobody told of, the engine may not have noticed yet; where both come within one second and cancel each other,
 *   no clock shows it.
 * - What is shown was true at the slot that it names: never a zero or a lie for a failed read; slots never go back.
 * - The gate is closed whenever the figures are not fresh, or trading is halted; trading is enabled only when they are.
 * - A failure that used the retries up, or is permanent, has a halt and exactly one VAULT_SYNC_ERROR until it recovered.
 * - Reads are bounded by what asks for them; when all is quiet, a heartbeat is one read for all vaults.
 * - After the faults end every vault is back in step within the call under way (4 s), the longest pause (4 s), one
 *   reconnect interval (10 s) and two slots; shown and stored agree with the chain; no timer and no rejection is left.
 *
 * A counterexample is printed with its seed and path, shrunk: put its steps into `play`, or seed and path into `FOUND_BY`.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { Play } from './play-schedule.ts';
import { scheduleOf, type Mix, type Step } from './schedule-steps.ts';

/** Empty: a new seed each time. */
const FOUND_BY: Partial<fc.Parameters<[readonly Step[]]>> = {};

export async function play(steps: readonly Step[]): Promise<void> {
  const one = new Play();
  await one.begin();
  for (const step of steps) await one.step(step);
  await one.mend();
}

export async function holdsFor(mix: Mix, numRuns: number): Promise<void> {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', onRejection);
  try {
    await fc.assert(fc.asyncProperty(scheduleOf(mix), play), { numRuns, ...FOUND_BY });
  } finally {
    process.off('unhandledRejection', onRejection);
  }
  expect(rejections).toEqual([]);
}
