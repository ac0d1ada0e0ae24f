import './panel.css';
import { useId, type ReactNode } from 'react';

export interface PanelProps {
  readonly title: string;
  /** Shown at the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly className?: string;
}

/** A titled region of a page. */
export function Panel({ title, aside, children, testId, className = '' }: PanelProps) {
  const titleId = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={titleId} data-testid={testId}>
      <header className="panel-head">
        <h2 id={titleId}>{title}</h2>
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
