import { Ban, Check, Eye, Hand, LockKeyhole, type LucideIcon } from 'lucide-react';
import type { GateAnswer } from '#domain/gate-reason.ts';
import { standingOf, type GateStanding } from './gate-standing.ts';
import { Chip, type ChipTone } from './chip.tsx';
import { TEST_IDS } from './test-ids.ts';

interface Look {
  readonly word: string;
  readonly tone: ChipTone;
  readonly icon: LucideIcon;
}

const LOOKS: Readonly<Record<GateStanding, Look>> = {
  allowed: { word: 'Allowed', tone: 'good', icon: Check },
  halted: { word: 'Halted', tone: 'bad', icon: Hand },
  blocked: { word: 'Blocked', tone: 'warn', icon: Ban },
  locked: { word: 'Locked', tone: 'neutral', icon: LockKeyhole },
  'watch-only': { word: 'Watch only', tone: 'neutral', icon: Eye },
};

/** May the vault trade now; where only the key is missing it says so without alarm. */
export function TradingChip({ gate }: { readonly gate: GateAnswer }) {
  const standing = standingOf(gate);
  const { word, tone, icon: Icon } = LOOKS[standing];
  const why = gate.reasons.map(({ text }) => text).join(' ');
  return (
    <Chip
      tone={tone}
      icon={<Icon size={12} strokeWidth={2.5} aria-hidden />}
      title={gate.allowed ? 'Trading is allowed.' : why}
      data-testid={TEST_IDS.tradingState}
      data-allowed={gate.allowed}
      data-standing={standing}
    >
      {word}
    </Chip>
  );
}
