import type { PracticeFaults, PracticeNode } from '#domain/practice.ts';
import type { RequestOf } from '#ipc/contract.ts';

export type FlagFault =
  'refuseConnections' | 'wrongGenesis' | 'freezeSlots' | 'silentSockets' | 'closeSockets';
export type RateFault =
  | 'rateLimitRate'
  | 'serverErrorRate'
  | 'timeoutRate'
  | 'truncateRate'
  | 'malformedRate'
  | 'dropSendRate'
  | 'loseReplyRate'
  | 'failOnChainRate';
export type NumberFault = 'latencyMs' | 'lagSlots' | 'lateLandingSlots';

export type FaultField =
  | { readonly kind: 'flag'; readonly fault: FlagFault; readonly label: string }
  | { readonly kind: 'rate'; readonly fault: RateFault; readonly label: string }
  | {
      readonly kind: 'number';
      readonly fault: NumberFault;
      readonly label: string;
      readonly unit: string;
      readonly max: number;
    };

export interface FaultGroup {
  readonly title: string;
  readonly fields: readonly FaultField[];
}

const flag = (fault: FlagFault, label: string): FaultField => ({ kind: 'flag', fault, label });
const rate = (fault: RateFault, label: string): FaultField => ({ kind: 'rate', fault, label });
const number = (fault: NumberFault, label: string, unit: string, max: number): FaultField => ({
  kind: 'number',
  fault,
  label,
  unit,
  max,
});

export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    title: 'Connection',
    fields: [
      flag('refuseConnections', 'Refuse connections'),
      number('latencyMs', 'Added latency', 'ms', 60_000),
      rate('timeoutRate', 'Never answer'),
      rate('rateLimitRate', 'HTTP 429'),
      rate('serverErrorRate', 'HTTP 503'),
      rate('truncateRate', 'Truncated replies'),
      rate('malformedRate', 'Malformed replies'),
    ],
  },
  {
    title: 'Node',
    fields: [
      flag('freezeSlots', 'Freeze slots'),
      number('lagSlots', 'Lag behind', 'slots', 10_000),
      flag('wrongGenesis', 'Wrong genesis'),
    ],
  },
  {
    title: 'Subscription',
    fields: [flag('silentSockets', 'Silent sockets'), flag('closeSockets', 'Closed sockets')],
  },
  {
    title: 'Transactions',
    fields: [
      rate('dropSendRate', 'Dropped sends'),
      rate('loseReplyRate', 'Replies lost after landing'),
      number('lateLandingSlots', 'Land late by', 'slots', 1_000),
      rate('failOnChainRate', 'Fail on chain'),
    ],
  },
];

/**
 * The faults with one of them changed; a fault that is off is left out, and so is `failNext`, which is spent once
 * and must not be armed again by changing another.
 */
export function withFault(
  faults: PracticeFaults,
  fault: FlagFault | RateFault | NumberFault,
  value: boolean | number,
): PracticeFaults {
  const { [fault]: _replaced, failNext: _spent, ...others } = faults;
  return value === false || value === 0 ? others : { ...others, [fault]: value };
}

export function activeFaultCount(faults: PracticeFaults): number {
  return Object.values(faults).filter(
    (value) => value !== undefined && value !== false && value !== 0,
  ).length;
}

export interface FaultsByNode {
  readonly a: PracticeFaults;
  readonly b: PracticeFaults;
}

export type FaultChange = (faults: PracticeFaults) => PracticeFaults;

/** Of both: what they have in common. */
export function faultsOf({ a, b }: FaultsByNode, node: PracticeNode): PracticeFaults {
  if (node !== 'both') return node === 'a' ? a : b;
  const inCommon = Object.entries(a).filter(([fault, value]) =>
    isSame(value, b[fault as keyof PracticeFaults]),
  );
  return Object.fromEntries(inCommon);
}

/** A change of both keeps what only one of them has. */
export function faultRequests(
  { a, b }: FaultsByNode,
  node: PracticeNode,
  change: FaultChange,
): readonly RequestOf<'practice.setFaults'>[] {
  const nextA = change(a);
  const nextB = change(b);
  if (node === 'both' && isSame(nextA, nextB)) return [{ ...nextA, node }];
  return [
    ...(node === 'b' ? [] : [{ ...nextA, node: 'a' as const }]),
    ...(node === 'a' ? [] : [{ ...nextB, node: 'b' as const }]),
  ];
}

const isSame = (one: unknown, other: unknown): boolean => keyed(one) === keyed(other);

const keyed = (value: unknown): string =>
  JSON.stringify(
    typeof value === 'object' && value !== null
      ? Object.entries(value).toSorted(([left], [right]) => left.localeCompare(right))
      : value,
  ) ?? '';
