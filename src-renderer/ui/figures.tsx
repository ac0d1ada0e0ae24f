import './figures.css';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { formatHealthBps } from '#domain/margin.ts';
import type { QuoteAmount } from '#domain/units.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import { formatExactQuote, formatQuote, formatSignedQuote } from './format.ts';

export interface QuoteProps {
  readonly amount: QuoteAmount;
  readonly testId?: string;
}

/** An amount of quote currency; the tooltip holds all six decimals. */
export function Quote({ amount, testId }: QuoteProps) {
  return (
    <span title={formatExactQuote(amount)} data-testid={testId} data-units={amount.toString()}>
      {formatQuote(amount)}
    </span>
  );
}

/** A gain or loss: sign, arrow and colour say the same, so that colour alone never does. */
export function GainLoss({ amount, testId }: QuoteProps) {
  const tone = amount > 0n ? 'gain' : amount < 0n ? 'loss' : 'even';
  return (
    <span
      className={`gain-loss gain-loss-${tone}`}
      title={formatExactQuote(amount)}
      data-testid={testId}
    >
      {amount > 0n && <ArrowUp size={12} strokeWidth={2.5} aria-hidden />}
      {amount < 0n && <ArrowDown size={12} strokeWidth={2.5} aria-hidden />}
      {formatSignedQuote(amount)}
    </span>
  );
}

/** Where an unknown figure would stand: never a zero. */
export function Unknown({ why = 'Not read yet' }: { readonly why?: string }) {
  return (
    <span className="unknown" title={why}>
      <span aria-hidden>—</span>
      <span className="visually-hidden">{why}</span>
    </span>
  );
}

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

/** The venue's figure while all is well; where a threshold is crossed, the one that it was judged by. */
export function HealthBar(props: HealthBarProps) {
  const { health, healthBps, thresholds, testId, words = false } = props;
  const level = healthLevel(healthBps, thresholds);
  return (
    <span className={`health health-${level}`} title={healthTitle(healthBps, level, thresholds)}>
      <svg className="health-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
        <rect className="health-track" width="100" height="6" rx="3" />
        <rect className="health-fill" width={Math.max(2, health)} height="6" rx="3" />
      </svg>
      <span className="health-number" data-testid={testId} data-bps={healthBps}>
        {level === 'good' ? health : formatHealthBps(healthBps)}
      </span>
      {(words || level !== 'good') && (
        <span className={words ? 'health-word' : 'visually-hidden'}>{LEVEL_WORDS[level]}</span>
      )}
    </span>
  );
}

function healthTitle(
  healthBps: number,
  level: HealthLevel,
  { warningHealthBps, criticalHealthBps }: Thresholds,
): string {
  const exact = (healthBps / 100).toFixed(2);
  return `Health ${exact} of 100: ${LEVEL_WORDS[level]}. Low below ${formatHealthBps(warningHealthBps)}, critical below ${formatHealthBps(criticalHealthBps)}.`;
}
