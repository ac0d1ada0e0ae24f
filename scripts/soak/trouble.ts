import type { PracticeFaults } from '#domain/practice.ts';

/** What happens next, and for how long, in milliseconds of the soak's own time. */
export interface Phase {
  readonly name: string;
  readonly forMs: number;
  readonly faults: PracticeFaults;
  /** Done once at its beginning. */
  readonly act: 'none' | 'restart' | 'sleep';
}

const QUIET_MS = { from: 30_000, to: 90_000 };
const TROUBLE_MS = { from: 5_000, to: 60_000 };

const TROUBLES: readonly Omit<Phase, 'forMs'>[] = [
  { name: 'slow', faults: { latencyMs: 900 }, act: 'none' },
  { name: '429', faults: { rateLimitRate: 0.5 }, act: 'none' },
  { name: '5xx', faults: { serverErrorRate: 0.4 }, act: 'none' },
  { name: 'time-outs', faults: { timeoutRate: 0.3 }, act: 'none' },
  {
    name: 'a bit of everything',
    faults: { timeoutRate: 0.1, rateLimitRate: 0.1, serverErrorRate: 0.1, truncateRate: 0.05 },
    act: 'none',
  },
  { name: 'broken replies', faults: { truncateRate: 0.3, malformedRate: 0.3 }, act: 'none' },
  { name: 'frozen', faults: { freezeSlots: true }, act: 'none' },
  { name: 'behind', faults: { lagSlots: 20 }, act: 'none' },
  { name: 'dropped sockets', faults: { closeSockets: true }, act: 'none' },
  { name: 'silent sockets', faults: { silentSockets: true }, act: 'none' },
  { name: 'unreachable', faults: { refuseConnections: true, closeSockets: true }, act: 'none' },
  { name: 'node restarted', faults: {}, act: 'restart' },
  { name: 'sleep', faults: {}, act: 'sleep' },
];

/** Trouble and quiet in turn. @param random from 0 to 1 */
export function* phases(random: () => number): Generator<Phase> {
  const between = ({ from, to }: { from: number; to: number }): number =>
    from + random() * (to - from);
  for (;;) {
    yield { name: 'quiet', forMs: between(QUIET_MS), faults: {}, act: 'none' };
    const trouble = TROUBLES[Math.floor(random() * TROUBLES.length)];
    if (trouble !== undefined) yield { ...trouble, forMs: between(TROUBLE_MS) };
  }
}
