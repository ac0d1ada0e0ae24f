/** What is said of one endpoint. */
import {
  CircleCheck,
  CircleDashed,
  CircleX,
  Gauge,
  History,
  Hourglass,
  Unplug,
  type LucideIcon,
} from 'lucide-react';
import type { EndpointCondition, EndpointHealth } from '#domain/network.ts';
import { formatInteger, formatShare } from '#renderer/ui/format.ts';

export interface ConditionLook {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'none';
  readonly icon: LucideIcon;
}

/** Each with a shape of its own. */
export const CONDITION_LOOKS: Readonly<Record<EndpointCondition, ConditionLook>> = {
  unknown: { word: 'Not asked yet', tone: 'none', icon: CircleDashed },
  ok: { word: 'Good', tone: 'good', icon: CircleCheck },
  behind: { word: 'Behind', tone: 'warn', icon: History },
  slow: { word: 'Slow', tone: 'warn', icon: Hourglass },
  limited: { word: 'Limited', tone: 'warn', icon: Gauge },
  down: { word: 'Down', tone: 'bad', icon: CircleX },
  'wrong-cluster': { word: 'Wrong network', tone: 'bad', icon: Unplug },
};

/** Null: nothing was asked. Never rounded to nothing. */
export const errorRate = ({ calls, errors }: EndpointHealth): string | null =>
  formatShare(errors, calls);

/** `4 / 9 / 31`; null: not measured. */
export function percentiles({
  latencyP50Ms,
  latencyP95Ms,
  latencyP99Ms,
}: EndpointHealth): string | null {
  if (latencyP50Ms === null) return null;
  return [latencyP50Ms, latencyP95Ms, latencyP99Ms]
    .map((ms) => (ms === null ? '—' : formatInteger(Math.round(ms))))
    .join(' / ');
}

/** The endpoints that are not as they should be, for the bar: `1 of 2 limited`; null while all are well. */
export function troubleOf(endpoints: readonly EndpointHealth[]): string | null {
  const ill = endpoints.filter(({ condition }) => condition !== 'ok' && condition !== 'unknown');
  const [first] = ill;
  if (first === undefined || endpoints.length < 2) return null;
  const word =
    ill.length === 1 ? CONDITION_LOOKS[first.condition].word.toLowerCase() : 'in trouble';
  return `${ill.length} of ${endpoints.length} ${word}`;
}
