import './trading.css';
import { CirclePause, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { GateReason } from '#domain/gate-reason.ts';
import { useNow } from '#renderer/stores/clock-store.ts';
import { formatTime } from '#renderer/ui/format.ts';
import { reasonFacts, toneOf } from './gate-words.ts';

const ICONS = { bad: OctagonAlert, warn: TriangleAlert, pause: CirclePause, quiet: Info } as const;

export interface GateReasonsProps {
  /** The gravest first. */
  readonly reasons: readonly GateReason[];
  readonly testId?: string;
}

/** What stands against an act: what is the case, what would lift it, what it forbids and for how long. */
export function GateReasons({ reasons, testId }: GateReasonsProps) {
  const nowMs = useNow();
  return (
    <ul className="gate-reasons" data-testid={testId}>
      {reasons.map((reason, index) => {
        const tone = toneOf(reason);
        const Icon = ICONS[tone];
        const { code, text, advice, sinceMs } = reason;
        return (
          <li key={code + text} className={`gate-reason gate-${tone}`} data-reason={code}>
            <Icon size={14} aria-hidden />
            <div>
              <p>{text}</p>
              {advice !== reasons[index + 1]?.advice && <p className="muted">{advice}</p>}
              <p
                className="gate-facts"
                title={sinceMs === null ? undefined : `Since ${formatTime(sinceMs, nowMs)}`}
              >
                {reasonFacts(reason, nowMs)}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
