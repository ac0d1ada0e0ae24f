/**
 * Keeps a line that comes and goes, or a network that takes a thousand vaults with it, from filling the feed. What comes
 * for many vaults at once becomes one entry; what changes too often is told when it is calm again, with how often.
 * Invariant: of each subject the newest change is told in the end.
 */
import { ACTIVITY_TONES, type ActivityTone } from '#domain/activity.ts';
import type { FeedEntry } from '../desk-ports.ts';
import type { Clock } from '../ports.ts';
import { Wakeup } from '../risk/wakeup.ts';
import { lengthOf } from './entry-words.ts';

/** What comes within it is looked at together. */
const TOGETHER_MS = 1_000;
/** More of one sort at once than this become one entry. */
const MOST_AT_ONCE = 8;
/** Named in one entry; the others are counted. */
const MOST_NAMES = 100;
const REPEATS_WITHIN_MS = 10 * 60_000;
const MOST_REPEATS = 6;
/** Nothing new for so long: the newest change is told. */
const CALM_MS = 5 * 60_000;
/** What never calms is told so often. */
const LONGEST_SILENCE_MS = 30 * 60_000;

export interface Gatherable {
  readonly entry: FeedEntry;
  /** Whose ups and downs these are, for instance of one vault's sync. */
  readonly subject: string;
  /** What is told in one where it comes for many subjects at once. */
  readonly sort: string;
  /** In words for many: `vaults fell out of step`. */
  readonly many: string;
  /** The vault's name; null: it is about none. */
  readonly vault: string | null;
}

interface Held {
  readonly sinceMs: number;
  lastMs: number;
  count: number;
  last: Gatherable;
}

export class ActivityGathering {
  readonly #clock: Clock;
  readonly #tell: (entries: readonly FeedEntry[]) => void;
  readonly #wakeup: Wakeup;
  #coming: Gatherable[] = [];
  #comingDueMs = 0;
  /** When each subject was told of last, monotonic. */
  readonly #told = new Map<string, number[]>();
  readonly #held = new Map<string, Held>();

  constructor(clock: Clock, tell: (entries: readonly FeedEntry[]) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#wakeup = new Wakeup(clock, () => this.#ring());
  }

  add(coming: Gatherable): void {
    if (this.#coming.length === 0) this.#comingDueMs = this.#clock.monotonicMs() + TOGETHER_MS;
    this.#coming.push(coming);
    this.#wakeup.by(this.#comingDueMs);
  }

  /** Tells everything that waits, at once. */
  flush(): void {
    this.#wakeup.stop();
    this.#tellComing();
    const summaries = [...this.#held.values()].map((held) => summaryOf(held));
    this.#held.clear();
    if (summaries.length > 0) this.#tell(summaries);
  }

  #ring(): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#coming.length > 0 && nowMs >= this.#comingDueMs) this.#tellComing();
    this.#tellCalm(nowMs);
    this.#sleep();
  }

  #sleep(): void {
    if (this.#coming.length > 0) this.#wakeup.by(this.#comingDueMs);
    for (const held of this.#held.values()) this.#wakeup.by(dueOf(held));
  }

  #tellComing(): void {
    const coming = this.#coming;
    this.#coming = [];
    const admitted = coming.flatMap((each) => this.#admit(each));
    const sorts = Map.groupBy(admitted, ({ sort }) => sort);
    const entries = [...sorts.values()].flatMap((same) =>
      same.length > MOST_AT_ONCE ? [inOne(same)] : same.map(({ entry }) => entry),
    );
    if (entries.length > 0) this.#tell(entries);
    this.#sleep();
  }

  #admit(coming: Gatherable): readonly Gatherable[] {
    const { subject } = coming;
    const nowMs = this.#clock.monotonicMs();
    const held = this.#held.get(subject);
    if (held !== undefined) {
      Object.assign(held, { last: coming, lastMs: nowMs, count: held.count + 1 });
      return [];
    }
    const told = (this.#told.get(subject) ?? []).filter((ms) => nowMs - ms < REPEATS_WITHIN_MS);
    if (told.length >= MOST_REPEATS) {
      this.#held.set(subject, { sinceMs: nowMs, lastMs: nowMs, count: 1, last: coming });
      return [];
    }
    this.#told.set(subject, [...told, nowMs]);
    if (told.length + 1 < MOST_REPEATS) return [coming];
    const text = `${coming.entry.text} It keeps changing: what follows is gathered until it is calm.`;
    return [{ ...coming, entry: { ...coming.entry, text: text.trim() } }];
  }

  #tellCalm(nowMs: number): void {
    const calm = [...this.#held].filter(([, held]) => nowMs >= dueOf(held));
    for (const [subject] of calm) this.#held.delete(subject);
    if (calm.length > 0) this.#tell(calm.map(([, held]) => summaryOf(held)));
    for (const [subject, told] of this.#told) {
      if (nowMs - (told.at(-1) ?? 0) >= REPEATS_WITHIN_MS) this.#told.delete(subject);
    }
  }
}

const dueOf = ({ sinceMs, lastMs }: Held): number =>
  Math.min(lastMs + CALM_MS, sinceMs + LONGEST_SILENCE_MS);

function summaryOf({ last: { entry }, count, sinceMs, lastMs }: Held): FeedEntry {
  if (count === 1) return entry;
  const text = `${entry.text} It changed ${count} times within ${lengthOf(lastMs - sinceMs)}; this is the last of them.`;
  return { ...entry, text: text.trim() };
}

/** One for many vaults: the first one's words stand for all. */
function inOne(same: readonly Gatherable[]): FeedEntry {
  const entries = same.map(({ entry }) => entry);
  const first = same[0];
  const worst = entries.reduce<ActivityTone>(
    (tone, entry) =>
      ACTIVITY_TONES.indexOf(entry.tone) > ACTIVITY_TONES.indexOf(tone) ? entry.tone : tone,
    'info',
  );
  if (first === undefined) throw new Error('nothing to tell');
  return {
    ...first.entry,
    tone: worst,
    title: `${same.length} ${first.many}`,
    text: `The first: ${first.entry.title}. ${first.entry.text} ${namesOf(same)}`.trim(),
    vaultId: null,
    operationId: null,
    alertId: null,
  };
}

/** In the quotes by which the feed finds a gathered entry of a vault. */
function namesOf(same: readonly Gatherable[]): string {
  const names = [...new Set(same.flatMap(({ vault }) => vault ?? []))];
  if (names.length === 0) return '';
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${name}”`);
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `Of ${shown.join(', ')}${more}.`;
}
