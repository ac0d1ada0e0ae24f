import './states.css';
import { ClockAlert, LoaderCircle, OctagonAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Age } from './age.tsx';
import { Button } from './button.tsx';

/** A read that is quicker than this shows no sign of loading: it would only flash. */
const SILENT_MS = 300;

export interface LoadingStateProps {
  /** What is being read: “Reading the year's figures”. */
  readonly text: string;
  /** Bars that stand where lines will stand. */
  readonly lines?: number;
  readonly testId?: string;
}

/** In place of what is not there yet. */
export function LoadingState({ text, lines = 3, testId }: LoadingStateProps) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SILENT_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="state state-loading" aria-busy="true" data-testid={testId}>
      {slow && (
        <>
          <p role="status" className="state-line">
            <LoaderCircle size={14} className="spin" aria-hidden />
            {text}…
          </p>
          <Skeleton lines={lines} />
        </>
      )}
    </div>
  );
}

/** The outline of lines to come; says nothing by itself. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className="bones" aria-hidden>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="bone" />
      ))}
    </div>
  );
}

export interface EmptyStateProps {
  readonly title: string;
  /** How something gets here. */
  readonly text?: ReactNode;
  readonly icon?: ReactNode;
  readonly action?: ReactNode;
  readonly testId?: string;
}

/** Nothing is here, and that is all right. */
export function EmptyState({ title, text, icon, action, testId }: EmptyStateProps) {
  return (
    <div className="state" data-testid={testId}>
      {icon !== undefined && <span className="state-icon">{icon}</span>}
      <p className="state-title">{title}</p>
      {text !== undefined && <p className="state-text">{text}</p>}
      {action}
    </div>
  );
}

export interface FailedStateProps {
  /** What could not be had: “The history could not be read”. */
  readonly title: string;
  readonly error: { readonly message: string; readonly advice?: string; readonly code?: string };
  readonly onRetry?: () => void;
  readonly busy?: boolean;
  readonly testId?: string;
}

/** What could not be read, why, and the way to try again. Never an empty list. */
export function FailedState({ title, error, onRetry, busy = false, testId }: FailedStateProps) {
  return (
    <div className="state state-failed" role="alert" data-testid={testId}>
      <OctagonAlert size={20} aria-hidden />
      <p className="state-title">{title}</p>
      <p className="state-text">
        {error.message} {error.advice}
      </p>
      {error.code !== undefined && <p className="mono faint">{error.code}</p>}
      {onRetry !== undefined && (
        <Button busy={busy} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

export interface StaleNoteProps {
  /** When what stands below was read; null: never. */
  readonly atMs: number | null;
  readonly why?: string;
}

/** Above figures that are shown though they are old. */
export function StaleNote({ atMs, why }: StaleNoteProps) {
  return (
    <p className="stale-note">
      <ClockAlert size={14} aria-hidden />
      <span>
        {atMs === null ? (
          'Never read.'
        ) : (
          <>
            Figures of <Age atMs={atMs} suffix=" ago" />.
          </>
        )}
        {why !== undefined && ` ${why}`}
      </span>
    </p>
  );
}
