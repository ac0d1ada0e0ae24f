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
import { startDesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel } from '#test/support/electron-app.ts';
import { hasDisplay } from './desktop/virtual-display.ts';
import { crashFileIn } from './faults/keel-under-fire.ts';
import type { FaultRun } from './faults/run-faults.ts';
import { putUnderFire } from './faults/under-fire.ts';

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
  const [kills, seed] = [Number(flags.kills), Number(flags.seed)];
  report(await putUnderFire(launched, profile, { kills, seed, say }));
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
