/** A short fault run; the long one is `npm run faults`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crashFileIn } from '#scripts/faults/keel-under-fire.ts';
import { putUnderFire } from '#scripts/faults/under-fire.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';

const KILLS = 8;
/** Its first points lie close together: none of them waits for an expiry. */
const SEED = 29;

let profile: string;
let keel: LaunchedKeel;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'keel-under-fire-'));
  keel = await launchKeel({
    userDataDir: profile,
    env: { KEEL_CRASH_FILE: crashFileIn(profile) },
  });
});

afterAll(async () => {
  await keel.close();
  await rm(profile, { recursive: true, force: true });
});

describe('the engine, killed in the middle of operations', () => {
  it(
    'loses, doubles and misreports nothing, by the chain’s own ledger',
    { timeout: 420_000 },
    async () => {
      const said: string[] = [];
      const run = await putUnderFire(keel, profile, {
        kills: KILLS,
        seed: SEED,
        say: (line) => said.push(line),
      });
      expect(run).toMatchObject({ lost: [], doubled: [], wrong: [], unresolved: [] });
      expect(run.kills).toBeGreaterThanOrEqual(KILLS);
      expect(run.operations).toBeGreaterThan(3); // three of them opened the sub-accounts
    },
  );
});
