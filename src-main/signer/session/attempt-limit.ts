/**
 * Wrong passphrases are slowed down (K4): three are free, then 1 s doubling to 5 min. An attempt is counted before it
 * is checked and the count is on the disk, so that neither a restart nor a kill begins anew.
 */
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { unixMs, type UnixMs } from '#domain/units.ts';
import type { SignerClock } from '../clock.ts';
import { nullable, parseWith, record, wholeNumber } from '../parse.ts';

const FREE_ATTEMPTS = 3;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
const NOTE = 'attempts.json';

export interface AttemptNotes {
  /** Null: there is none. */
  readNote(name: string): Buffer | null;
  /** Whether it was written; if not, the count holds until the process ends. */
  writeNote(name: string, bytes: Buffer): boolean;
}

export interface AttemptLimit {
  /** When the next attempt is taken; null: now. */
  nextAttemptAtMs(): UnixMs | null;
  /** Counts an attempt as wrong until `succeeded`. Error: `UNLOCK_TOO_SOON` with when. */
  begin(): KeelError | null;
  succeeded(): void;
  /** The attempt said nothing of the passphrase: the file or the secret store failed. */
  cancelled(): void;
  /** Whether the free attempts are used up. */
  readonly slowed: boolean;
}

interface Count {
  readonly failures: number;
  readonly nextAttemptAtMs: number | null;
}

const noteParser = record({
  failures: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  nextAttemptAtMs: nullable(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
});

/** Wait after so many wrong passphrases in a row, in milliseconds. */
export function waitAfter(failures: number): number {
  if (failures <= FREE_ATTEMPTS) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - FREE_ATTEMPTS - 1, 30), LONGEST_WAIT_MS);
}

export function createAttemptLimit(
  notes: AttemptNotes,
  clock: Pick<SignerClock, 'nowMs' | 'monotonicMs'>,
): AttemptLimit {
  let count = load(notes);
  // A wall clock set forward shortens nothing while the process lives; one set back waits at most the longest time.
  const leftMs = (count.nextAttemptAtMs ?? 0) - clock.nowMs();
  let openAt = clock.monotonicMs() + Math.min(Math.max(leftMs, 0), LONGEST_WAIT_MS);

  function become(failures: number): void {
    const waitMs = waitAfter(failures);
    openAt = clock.monotonicMs() + waitMs;
    count = { failures, nextAttemptAtMs: waitMs === 0 ? null : clock.nowMs() + waitMs };
    notes.writeNote(NOTE, Buffer.from(JSON.stringify(count)));
  }

  function nextAttemptAtMs(): UnixMs | null {
    const remainingMs = openAt - clock.monotonicMs();
    return remainingMs <= 0 ? null : unixMs(Math.ceil(clock.nowMs() + remainingMs));
  }

  return {
    nextAttemptAtMs,
    begin() {
      const next = nextAttemptAtMs();
      if (next !== null) return tooSoon(next, clock.nowMs(), count.failures);
      become(count.failures + 1);
      return null;
    },
    succeeded: () => become(0),
    cancelled: () => become(Math.max(count.failures - 1, 0)),
    get slowed() {
      return count.failures > FREE_ATTEMPTS;
    },
  };
}

function load(notes: AttemptNotes): Count {
  const bytes = notes.readNote(NOTE);
  if (bytes === null) return { failures: 0, nextAttemptAtMs: null };
  try {
    const parsed = parseWith(noteParser, JSON.parse(bytes.toString('utf8')));
    if (parsed.ok) return parsed.value;
  } catch {
    // Not JSON: as below.
  }
  // Somebody altered the count: the free attempts are used up.
  return { failures: FREE_ATTEMPTS, nextAttemptAtMs: null };
}

function tooSoon(next: UnixMs, now: UnixMs, failures: number): KeelError {
  const seconds = Math.ceil((next - now) / 1_000);
  return keelError(
    'UNLOCK_TOO_SOON',
    'retry',
    `After ${failures} wrong passphrases the next one is taken in ${seconds} s.`,
    'Wait until then and try again.',
    { nextAttemptAtMs: String(next) },
  );
}
