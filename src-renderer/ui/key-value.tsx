import './key-value.css';
import type { ReactNode } from 'react';

export interface KeyValuesProps {
  readonly children: ReactNode;
  /** In columns as wide as fits; else one pair a line. */
  readonly columns?: boolean;
  readonly testId?: string;
}

/** Names and what they stand for: `KeyValue` inside. */
export function KeyValues({ children, columns = false, testId }: KeyValuesProps) {
  return (
    <dl className={columns ? 'key-values key-columns' : 'key-values'} data-testid={testId}>
      {children}
    </dl>
  );
}

export interface KeyValueProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
  /** Larger, for the one figure that matters. */
  readonly lead?: boolean;
}

export function KeyValue({ label, children, lead = false }: KeyValueProps) {
  return (
    <div className={lead ? 'key-value key-lead' : 'key-value'}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
