import type { PracticeFaults } from '#domain/practice.ts';

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
