import './chip.css';
import type { HTMLAttributes, ReactNode } from 'react';

export type ChipTone =
  'neutral' | 'good' | 'warn' | 'bad' | 'accent' | 'paper' | 'practice' | 'live';

export interface ChipProps extends HTMLAttributes<HTMLSpanElement> {
  readonly tone?: ChipTone;
  readonly icon?: ReactNode;
}

export function Chip({ tone = 'neutral', icon, children, className = '', ...rest }: ChipProps) {
  return (
    <span {...rest} className={`chip chip-${tone} ${className}`}>
      {icon}
      {children}
    </span>
  );
}
