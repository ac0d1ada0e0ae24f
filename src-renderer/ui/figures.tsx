import './figures.css';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { QuoteAmount } from '#domain/units.ts';
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

/** Warning below 50, critical below 20. */
export function healthLevel(health: number): HealthLevel {
  return health < 20 ? 'bad' : health < 50 ? 'warn' : 'good';
}

const LEVEL_WORDS: Readonly<Record<HealthLevel, string>> = {
  good: 'good',
  warn: 'low',
  bad: 'critical',
};

export interface HealthBarProps {
  /** 0 … 100. */
  readonly health: number;
  readonly testId?: string;
  /** Beside the number, in words. */
  readonly words?: boolean;
}

export function HealthBar({ health, testId, words = false }: HealthBarProps) {
  const level = healthLevel(health);
  return (
    <span
      className={`health health-${level}`}
      title={`Health ${health} of 100: ${LEVEL_WORDS[level]}`}
    >
      <svg className="health-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
        <rect className="health-track" width="100" height="6" rx="3" />
        <rect className="health-fill" width={Math.max(2, health)} height="6" rx="3" />
      </svg>
      <span className="health-number" data-testid={testId}>
        {health}
      </span>
      {(words || level !== 'good') && (
        <span className={words ? 'health-word' : 'visually-hidden'}>{LEVEL_WORDS[level]}</span>
      )}
    </span>
  );
}
