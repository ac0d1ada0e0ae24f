import './progress.css';
import { Progress as RadixProgress } from 'radix-ui';

export interface ProgressProps {
  /** What goes on, for a screen reader. */
  readonly label: string;
  /** 0 … 1; null: nobody knows how far it is. */
  readonly share: number | null;
}

export function Progress({ label, share }: ProgressProps) {
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <RadixProgress.Root className="progress" aria-label={label} value={percent} max={100}>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden>
        <rect
          className={percent === null ? 'progress-fill progress-unknown' : 'progress-fill'}
          width={percent ?? 30}
          height="4"
        />
      </svg>
    </RadixProgress.Root>
  );
}
