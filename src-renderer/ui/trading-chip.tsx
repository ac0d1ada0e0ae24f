import { Ban, Check, Hand } from 'lucide-react';
import type { GateAnswer } from '#domain/gate-reason.ts';
import { Chip } from './chip.tsx';
import { TEST_IDS } from './test-ids.ts';

/** Allowed; halted until the trader enables it again; or blocked until its reasons pass. */
export function TradingChip({ gate }: { readonly gate: GateAnswer }) {
  const halted = gate.reasons.some(({ code }) => code === 'halted');
  const why = gate.reasons.map(({ text }) => text).join(' ');
  const Icon = gate.allowed ? Check : halted ? Hand : Ban;
  return (
    <Chip
      tone={gate.allowed ? 'good' : halted ? 'bad' : 'warn'}
      icon={<Icon size={12} strokeWidth={2.5} aria-hidden />}
      title={gate.allowed ? 'Trading is allowed.' : why}
      data-testid={TEST_IDS.tradingState}
      data-allowed={gate.allowed}
    >
      {gate.allowed ? 'Allowed' : halted ? 'Halted' : 'Blocked'}
    </Chip>
  );
}
