import './screen-header.css';
import type { ReactNode } from 'react';

export interface ScreenHeaderProps {
  readonly title: string;
  /** Beside the title: a count, a chip. */
  readonly note?: ReactNode;
  /** At the right: what can be done on this screen. */
  readonly actions?: ReactNode;
  /** Below: filters, tabs. */
  readonly children?: ReactNode;
}

/** The head of every screen: its name stands in the same place on all of them. */
export function ScreenHeader({ title, note, actions, children }: ScreenHeaderProps) {
  return (
    <header className="screen-header">
      <div className="screen-header-line">
        <h1>{title}</h1>
        {note !== undefined && <div className="screen-header-note">{note}</div>}
        <span className="spacer" />
        {actions !== undefined && <div className="screen-header-actions">{actions}</div>}
      </div>
      {children}
    </header>
  );
}
