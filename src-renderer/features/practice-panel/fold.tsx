import { ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';

export interface FoldProps {
  readonly title: string;
  /** What it stands at now, in view also while it is folded. */
  readonly aside?: ReactNode;
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
  readonly testId?: string;
}

/** A section of the panel that can be folded away, by mouse and by keyboard. */
export function Fold({ title, aside, isOpenAtFirst = false, children, testId }: FoldProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <details className="fold" open={isOpenAtFirst}>
        <summary className="fold-head" data-testid={testId}>
          <ChevronRight size={14} className="fold-mark" aria-hidden />
          <h3 id={titleId}>{title}</h3>
          {aside !== undefined && <span className="fold-aside">{aside}</span>}
        </summary>
        <div className="fold-body">{children}</div>
      </details>
    </section>
  );
}
