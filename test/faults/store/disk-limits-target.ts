/** Works on a disk with limits, and prints what each step answered: an error's code and words, or `ok`. */
import { writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeelError } from '#domain/keel-error.ts';
import { faultOf } from '#domain/keel-fault.ts';
import type { Result } from '#domain/result.ts';
import { openStore, restoreBackup } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { lifeOf } from '#test/unit/store/operations.ts';

const [act = '', file = '', name = ''] = process.argv.slice(2);
const clock = new FakeClock();

function tell(answer: Result<unknown, KeelError>): void {
  const text = answer.ok ? 'ok' : `${answer.error.code}: ${answer.error.message}`;
  writeSync(1, `${text}\n`);
}

if (act === 'restore') {
  tell(restoreBackup({ file, folder: join(dirname(file), 'backups'), clock }, name));
} else {
  const opened = openStore({ file, clock, logger: silentLogger });
  if (opened.ok) {
    const { backups, journal, close } = opened.value;
    if (act === 'backup') tell(await backups.make());
    else tell(fillUp((row, index) => (index === 0 ? journal.open(row, []) : journal.advance(row))));
    close();
  } else {
    tell(opened);
  }
}

type Row = ReturnType<typeof lifeOf>[number];

/** Commits until the disk is full; acknowledges each commit. */
function fillUp(commit: (row: Row, index: number) => void): Result<null, KeelError> {
  for (let number = 1; number < 1_000; number += 1) {
    for (const [index, row] of lifeOf(number).entries()) {
      try {
        commit(row, index);
      } catch (caught) {
        const error = faultOf(caught);
        if (error === null) throw caught;
        return { ok: false, error };
      }
      writeSync(1, `${number} ${index + 1}\n`);
    }
  }
  return { ok: true, value: null };
}
