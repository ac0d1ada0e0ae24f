import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore, type Store } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { runUntilKilled } from '#test/support/run-until-killed.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { codeOf } from '#test/unit/store/code-of.ts';
import { testFolder } from '#test/unit/store/open-test-store.ts';
import { lifeOf, requested } from '#test/unit/store/operations.ts';

const KILLS = 40;
const LANES = 2;
const CHILD = join(import.meta.dirname, 'journal-forever.ts');
const WHOLE = lifeOf(1).length;

/** How far the journal has come: so many transitions of that operation, and all of those before it. */
interface Reached {
  readonly operation: number;
  readonly transitions: number;
}

const countOf = ({ operation, transitions }: Reached): number =>
  (operation - 1) * WHOLE + transitions;

function open(file: string): Store {
  const opened = openStore({ file, clock: new FakeClock(), logger: silentLogger });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/** Goes on from where the journal stands, and kills some time after the first acknowledgement: the last one seen. */
async function goOnUntilKilled(file: string, from: Reached): Promise<Reached> {
  const args = [file, String(from.operation), String(from.transitions)];
  const whole = await runUntilKilled(CHILD, args, 30);
  const [operation = 0, transitions = 0] = whole.split(' ').map(Number);
  return { operation, transitions };
}

/** Nothing acknowledged is missing, no operation is half, an open one keeps its lock. Returns what is there. */
function checkWhole(store: Store, acknowledged: Reached): Reached {
  expect(store.notices).toEqual([]);
  expect(store.integrityCheck()).toEqual({ ok: true, value: null });
  const rows = [...store.journal.loadPage(null, 100_000, null)].reverse();
  rows.forEach((row, index) => {
    expect(row).toEqual(lifeOf(index + 1)[row.transitions.length - 1]);
  });
  expect(rows.slice(0, -1).every(({ transitions }) => transitions.length === WHOLE)).toBe(true);
  const reached = { operation: rows.length, transitions: rows.at(-1)?.transitions.length ?? 0 };
  expect(countOf(reached)).toBeGreaterThanOrEqual(countOf(acknowledged));
  expect(countOf(reached)).toBeLessThanOrEqual(countOf(acknowledged) + 1);
  const isOpen = reached.transitions < WHOLE;
  expect(store.journal.loadOpen()).toHaveLength(isOpen ? 1 : 0);
  if (isOpen) {
    expect(codeOf(() => store.journal.open(requested(999_999), ['lock']))).toBe('OPERATION_OPEN');
  }
  return reached;
}

async function killAgainAndAgain(file: string, kills: number): Promise<Reached> {
  let reached: Reached = { operation: 1, transitions: 0 };
  for (let kill = 0; kill < kills; kill += 1) {
    const acknowledged = await goOnUntilKilled(file, reached);
    const store = open(file);
    reached = checkWhole(store, acknowledged);
    store.close();
  }
  return reached;
}

it(`keeps every acknowledged transition through ${KILLS} kills`, { timeout: 240_000 }, async () => {
  const lanes = Array.from({ length: LANES }, () =>
    killAgainAndAgain(join(testFolder(), 'keel.db'), KILLS / LANES),
  );
  for (const reached of await Promise.all(lanes)) {
    expect(countOf(reached)).toBeGreaterThanOrEqual(KILLS / LANES);
  }
});
