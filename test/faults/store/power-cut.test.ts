import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { testFolder } from '#test/unit/store/open-test-store.ts';
import { lifeOf } from '#test/unit/store/operations.ts';
import { recordChild, UNRECORDABLE } from './record-child.ts';
import { RecordedDisk, seededRandom, type DiskRecord, type Loss } from './recorded-disk.ts';

const OPERATIONS = 6;
const SEEDS = [1, 2, 3];
const TRANSITIONS = lifeOf(1).length;

function openAt(file: string): Store {
  const opened = openStore({ file, clock: new FakeClock(), logger: silentLogger });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/** Records whole lives of operations on a database that is there already. */
function record(synchronous: 'FULL' | 'NORMAL' | 'OFF') {
  const root = testFolder();
  const folder = join(root, 'disk');
  openAt(join(folder, 'keel.db')).close();
  const before = new RecordedDisk(folder);
  const args = [join(folder, 'keel.db'), String(OPERATIONS), synchronous];
  const records = recordChild('record-target.ts', folder, join(root, 'record'), args);
  return { before, records, folder, image: join(root, 'image') };
}

/** Around each sync, each acknowledgement, each change of names, and at some of the writes between them. */
function isCrashPoint({ kind }: DiskRecord, index: number, records: readonly DiskRecord[]) {
  return kind !== 'write' || records[index + 1]?.kind !== 'write' || index % 7 === 0;
}

/** Transitions that the text acknowledges: `operation transition`, a line each. */
function acknowledgedIn(text: string): number {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  const [operation = 0, transition = 0] = last.split(' ').map(Number);
  return last === '' ? 0 : (operation - 1) * TRANSITIONS + transition;
}

/** Transitions on the disk, each operation whole and exactly as it was committed. Throws for anything half. */
function storedAt(folder: string): number {
  const store = openAt(join(folder, 'keel.db'));
  try {
    expect(store.notices).toEqual([]);
    expect(store.integrityCheck()).toEqual({ ok: true, value: null });
    const operations = [...store.journal.loadPage(null, 1_000, null)].reverse();
    operations.forEach((operation, index) => {
      const life = lifeOf(index + 1);
      expect(operation).toEqual(life[operation.transitions.length - 1]);
      if (index < operations.length - 1) expect(operation.transitions).toHaveLength(TRANSITIONS);
    });
    return operations.reduce((sum, { transitions }) => sum + transitions.length, 0);
  } finally {
    store.close();
  }
}

interface Verdict {
  readonly crashes: number;
  /** Crashes after which something acknowledged was gone. */
  readonly lost: number;
  /** Crashes after which more was there than one commit that was being made. */
  readonly invented: number;
}

/** Cuts the power at every crash point of a record. */
function crashEverywhere(
  { before, records, image, folder }: ReturnType<typeof record>,
  loss: Loss,
  seed: number,
): Verdict {
  const random = seededRandom(seed);
  let [crashes, lost, invented, printed] = [0, 0, 0, ''];
  records.forEach((each, index) => {
    before.apply(each);
    if (each.kind === 'print') printed += each.data.toString();
    if (!isCrashPoint(each, index, records)) return;
    rmSync(image, { recursive: true, force: true });
    mkdirSync(image);
    before.save(image, loss, random);
    const [acknowledged, stored] = [acknowledgedIn(printed), storedAt(image)];
    crashes += 1;
    if (stored < acknowledged) lost += 1;
    if (stored > acknowledged + 1) invented += 1;
  });
  expect(acknowledgedIn(printed)).toBe(OPERATIONS * TRANSITIONS);
  expect(before.missedIn(folder)).toEqual([]);
  return { crashes, lost, invented };
}

describe.skipIf(UNRECORDABLE !== null)(
  `a power cut at any moment${UNRECORDABLE === null ? '' : ` (not here: ${UNRECORDABLE})`}`,
  () => {
    it.each<[Loss, number]>([['cut', 1], ...SEEDS.map((seed): [Loss, number] => ['torn', seed])])(
      'loses no acknowledged transition: un-synced writes %s, seed %i',
      { timeout: 240_000 },
      (loss, seed) => {
        const recorded = record('FULL');
        const kinds = new Set(recorded.records.map(({ kind }) => kind));
        const names = ['create', 'unlink', 'sync-folder'];
        expect(kinds).toEqual(new Set(['write', 'truncate', 'sync', 'print', ...names]));
        const { crashes, ...found } = crashEverywhere(recorded, loss, seed);
        expect(crashes).toBeGreaterThan(3 * OPERATIONS * TRANSITIONS);
        expect(found).toEqual({ lost: 0, invented: 0 });
      },
    );

    it('would be seen to lose them where commits are not synced', { timeout: 240_000 }, () => {
      expect(crashEverywhere(record('NORMAL'), 'cut', 1).lost).toBeGreaterThan(10);
    });
  },
);
