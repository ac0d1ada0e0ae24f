import './figures.css';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  PRICE_DECIMALS,
  type BaseAmount,
  type LeverageE4,
  type Price,
  type QuoteAmount,
  type UnixMs,
} from '#domain/units.ts';
import { CopyButton } from './copy-text.tsx';
import {
  formatBase,
  formatCompactQuote,
  formatExact,
  formatExactQuote,
  formatLeverage,
  formatPercent,
  formatPrice,
  formatQuote,
  formatSignedQuote,
} from './format.ts';

interface FigureProps {
  readonly testId?: string | undefined;
  /** Only outside any `Observed`: when the figure was read. */
  readonly observedAtMs?: UnixMs | null;
  /** A press copies the exact value; makes the figure reachable by keyboard. */
  readonly copies?: boolean;
}

interface FigureValueProps extends FigureProps {
  readonly kind: string;
  /** Every digit, for the tooltip and for copying. */
  readonly exact: string;
  readonly note?: string;
  readonly units?: bigint;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A figure: what it says when it is pointed at is in its marks, for `FigureTips` to read. */
export function FigureValue(props: FigureValueProps) {
  const { kind, exact, note, units, className = '', children } = props;
  const { testId, observedAtMs, copies = false } = props;
  const marks = {
    className: `figure-value ${className}`,
    'data-figure': kind,
    'data-exact': exact,
    'data-note': note,
    'data-testid': testId,
    'data-units': units?.toString(),
    ...(observedAtMs === undefined ? {} : { 'data-observed-at': observedAtMs ?? 'never' }),
  };
  if (!copies) return <span {...marks}>{children}</span>;
  return (
    <CopyButton text={exact.replaceAll(',', '').replaceAll('−', '-')}>
      <span {...marks}>{children}</span>
    </CopyButton>
  );
}

export interface QuoteProps extends FigureProps {
  readonly amount: QuoteAmount;
  /** `12.4k` */
  readonly compact?: boolean;
}

/** An amount of quote currency; the tooltip holds all six decimals. */
export function Quote({ amount, compact = false, ...rest }: QuoteProps) {
  return (
    <FigureValue {...rest} kind="quote" exact={formatExactQuote(amount)} units={amount}>
      {compact ? formatCompactQuote(amount) : formatQuote(amount)}
    </FigureValue>
  );
}

/** A gain or loss: sign, arrow and colour say the same, so that colour alone never does. */
export function GainLoss({ amount, compact = false, ...rest }: QuoteProps) {
  const tone = amount > 0n ? 'gain' : amount < 0n ? 'loss' : 'even';
  return (
    <FigureValue
      {...rest}
      kind="gain-loss"
      exact={formatExactQuote(amount)}
      units={amount}
      className={`gain-loss gain-loss-${tone}`}
    >
      {amount > 0n && <ArrowUp size={12} strokeWidth={2.5} aria-hidden />}
      {amount < 0n && <ArrowDown size={12} strokeWidth={2.5} aria-hidden />}
      {compact ? formatCompactQuote(amount, true) : formatSignedQuote(amount)}
    </FigureValue>
  );
}

export interface PriceProps extends FigureProps {
  readonly price: Price;
}

export function PriceFigure({ price, ...rest }: PriceProps) {
  return (
    <FigureValue {...rest} kind="price" exact={formatExact(price, PRICE_DECIMALS)} units={price}>
      {formatPrice(price)}
    </FigureValue>
  );
}

export interface BaseProps extends FigureProps {
  readonly size: BaseAmount;
}

/** A position's size, never rounded; negative is short. */
export function BaseFigure({ size, ...rest }: BaseProps) {
  return (
    <FigureValue {...rest} kind="base" exact={formatBase(size)} units={size}>
      {formatBase(size)}
    </FigureValue>
  );
}

export interface TokensProps extends FigureProps {
  readonly amount: bigint;
  readonly decimals: number;
  readonly symbol?: string;
}

/** An amount of a token in its own smallest unit, never rounded. */
export function Tokens({ amount, decimals, symbol, ...rest }: TokensProps) {
  const exact = formatExact(amount, decimals);
  return (
    <FigureValue {...rest} kind="tokens" exact={exact} units={amount}>
      {exact}
      {symbol !== undefined && ` ${symbol}`}
    </FigureValue>
  );
}

export interface LeverageProps extends FigureProps {
  readonly leverage: LeverageE4;
}

export function Leverage({ leverage, ...rest }: LeverageProps) {
  return (
    <FigureValue {...rest} kind="leverage" exact={`${formatExact(leverage, 4)}×`} units={leverage}>
      {formatLeverage(leverage)}
    </FigureValue>
  );
}

export interface PercentProps extends FigureProps {
  /** Hundredths of a percent. */
  readonly bps: bigint | number;
  readonly signed?: boolean;
}

export function Percent({ bps, signed = false, ...rest }: PercentProps) {
  return (
    <FigureValue {...rest} kind="percent" exact={formatPercent(bps, signed)}>
      {formatPercent(bps, signed)}
    </FigureValue>
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

export { HealthBar, healthLevel } from './health-bar.tsx';
