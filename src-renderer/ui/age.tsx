import type { UnixMs } from '#domain/units.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { formatAge, formatCountdown, formatIso, formatTime } from './format.ts';

export interface AgeProps {
  readonly atMs: number;
  /** After the age: ` ago`. */
  readonly suffix?: string;
  readonly className?: string;
  readonly testId?: string;
}

/** How long ago something was; draws itself again when its own text changes, and nobody else. */
export function Age({ atMs, suffix = '', className, testId }: AgeProps) {
  const text = useAtNow((nowMs) => formatAge(nowMs - atMs));
  const title = useAtNow((nowMs) => `At ${formatTime(atMs, nowMs)}`);
  return (
    <time className={className} data-testid={testId} title={title}>
      {text}
      {suffix}
    </time>
  );
}

/** The seconds until something; zero stays zero. */
export function Countdown({ atMs, className, testId }: Omit<AgeProps, 'suffix'>) {
  const text = useAtNow((nowMs) => formatCountdown(atMs, nowMs));
  return (
    <time className={className} data-testid={testId}>
      {text}
    </time>
  );
}

/** A moment of the clock; the date goes before it from the day after. */
export function TimeOf({ atMs, className, testId }: Omit<AgeProps, 'suffix'>) {
  const text = useAtNow((nowMs) => formatTime(atMs, nowMs));
  return (
    <time className={className} data-testid={testId} dateTime={formatIso(atMs)}>
      {text}
    </time>
  );
}

/** Whether a moment has come. */
export const useIsPast = (atMs: number): boolean => useAtNow((nowMs: UnixMs) => nowMs >= atMs);
