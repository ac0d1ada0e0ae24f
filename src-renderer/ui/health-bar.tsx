import './figures.css';
import { formatAmount } from '#domain/decimal.ts';
import { formatHealthBps } from '#domain/margin.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';

export type HealthLevel = 'good' | 'warn' | 'bad';

/** By the trader's own thresholds, in hundredths of a percent; on a threshold is not yet below it. */
export function healthLevel(
  healthBps: number,
  { warningHealthBps, criticalHealthBps }: Thresholds,
): HealthLevel {
  if (healthBps < criticalHealthBps) return 'bad';
  return healthBps < warningHealthBps ? 'warn' : 'good';
}

export type Thresholds = Pick<WatchSettings, 'warningHealthBps' | 'criticalHealthBps'>;

const LEVEL_WORDS: Readonly<Record<HealthLevel, string>> = {
  good: 'good',
  warn: 'low',
  bad: 'critical',
};

export interface HealthBarProps {
  /** 0 … 100, as the venue rounds it. */
  readonly health: number;
  /** The same before it is rounded: 0 … 10,000. */
  readonly healthBps: number;
  readonly thresholds: Thresholds;
  readonly testId?: string;
  /** Beside the number, in words. */
  readonly words?: boolean;
}

/** The figure that thresholds are judged by, the same wherever a health stands; the venue's own screens round it. */
export function HealthBar(props: HealthBarProps) {
  const { health, healthBps, thresholds, testId, words = false } = props;
  const level = healthLevel(healthBps, thresholds);
  return (
    <span
      className={`health health-${level}`}
      data-figure="health"
      data-exact={`Health ${exactHealth(healthBps)} of 100: ${LEVEL_WORDS[level]}`}
      data-note={healthNote(health, thresholds)}
    >
      <svg className="health-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
        <rect className="health-track" width="100" height="6" rx="3" />
        <rect className="health-fill" width={Math.max(2, health)} height="6" rx="3" />
      </svg>
      <span className="health-number" data-testid={testId} data-bps={healthBps}>
        {formatHealthBps(healthBps)}
      </span>
      {(words || level !== 'good') && (
        <span className={words ? 'health-word' : 'visually-hidden'}>{LEVEL_WORDS[level]}</span>
      )}
    </span>
  );
}

const exactHealth = (healthBps: number): string =>
  formatAmount(BigInt(healthBps), 2, { shownDecimals: 2 });

function healthNote(health: number, { warningHealthBps, criticalHealthBps }: Thresholds): string {
  return `Drift's own screens show ${health}. Low below ${formatHealthBps(warningHealthBps)}, critical below ${formatHealthBps(criticalHealthBps)}.`;
}
