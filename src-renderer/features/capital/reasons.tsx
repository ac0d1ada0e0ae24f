import { OctagonAlert } from 'lucide-react';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { Reason } from './move-check.ts';

/** What stands against it: the rule, the number, and what would pass; told once where several rules say the same. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  return (
    <div aria-live="polite" data-testid={TEST_IDS.capitalReasons}>
      {reasons.length > 0 && (
        <ul className="callout callout-warn preflight">
          {reasons.map(({ rule, text, wouldPass }, index) => (
            <li key={rule + text} data-rule={rule}>
              <OctagonAlert size={14} aria-hidden />
              <span>
                {text}{' '}
                {wouldPass !== null && wouldPass !== reasons[index + 1]?.wouldPass && (
                  <span className="muted">{wouldPass}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
