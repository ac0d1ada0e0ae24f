import './trading.css';
import { CirclePause, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { GateReason } from '#domain/gate-reason.ts';
import { Age } from '#renderer/ui/age.tsx';
import { groupReasons, forbidsWords, toneOf } from './gate-words.ts';

const ICONS = { bad: OctagonAlert, warn: TriangleAlert, pause: CirclePause, quiet: Info } as const;

export interface GateReasonsProps {
  /** The gravest first. */
  readonly reasons: readonly GateReason[];
  readonly testId?: string;
}

/** What stands against an act: what is the case, what would lift it, what it forbids and for how long. */
export function GateReasons({ reasons, testId }: GateReasonsProps) {
  return (
    <ul className="gate-reasons" data-testid={testId}>
      {groupReasons(reasons).map((group) => {
        const tone = toneOf(group);
        const Icon = ICONS[tone];
        const { code, texts, advice, sinceMs } = group;
        return (
          <li key={code + texts.join()} className={`gate-reason gate-${tone}`} data-reason={code}>
            <Icon size={14} aria-hidden />
            <div>
              {texts.map((text) => (
                <p key={text}>{text}</p>
              ))}
              <p className="muted">{advice}</p>
              <p className="gate-facts">
                {forbidsWords(group)}
                {sinceMs !== null && (
                  <>
                    {' '}
                    · for <Age atMs={sinceMs} />
                  </>
                )}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
