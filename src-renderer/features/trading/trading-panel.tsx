import './trading.css';
import { Check, Hand, Minus, Play } from 'lucide-react';
import { useState } from 'react';
import { stopsEnabling, TRADING_ACTS, type GateReason } from '#domain/gate-reason.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { command } from '#renderer/stores/commands.ts';
import { answerFor } from '#renderer/stores/gates.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { useGateReasons } from '#renderer/stores/selectors.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { gateActTestId, TEST_IDS } from '#renderer/ui/test-ids.ts';
import { TradingChip } from '#renderer/ui/trading-chip.tsx';
import { GateReasons } from './gate-reasons.tsx';
import { ACT_WORDS } from './gate-words.ts';

/** The gate's answer for each act with its reasons, and the two acts that are the trader's. */
export function TradingPanel({ view }: { readonly view: VaultView }) {
  const reasons = useGateReasons(view);
  return (
    <Panel title="Trading" aside={<TradingChip gate={answerFor(reasons, 'increase')} />}>
      <div className="panel-body trading-body">
        <Acts reasons={reasons} />
        {reasons.length === 0 ? (
          <p className="muted">
            The figures are verified and fresh; nothing stands against trading.
          </p>
        ) : (
          <GateReasons reasons={reasons} testId={TEST_IDS.tradingReasons} />
        )}
        {view.vault.archivedAtMs === null && <TradingAct view={view} reasons={reasons} />}
      </div>
    </Panel>
  );
}

/** Each act with a mark and a word. */
function Acts({ reasons }: { readonly reasons: readonly GateReason[] }) {
  return (
    <ul className="gate-acts" aria-label="What this vault may do">
      {TRADING_ACTS.map((act) => {
        const { allowed } = answerFor(reasons, act);
        const Icon = allowed ? Check : Minus;
        return (
          <li
            key={act}
            className={allowed ? 'gate-act gate-act-open' : 'gate-act'}
            data-testid={gateActTestId(act)}
            data-allowed={allowed}
          >
            <Icon size={13} strokeWidth={2.5} aria-hidden />
            {ACT_WORDS[act]}
            <span className="visually-hidden">{allowed ? 'is allowed' : 'is not allowed'}</span>
          </li>
        );
      })}
    </ul>
  );
}

interface TradingActProps {
  readonly view: VaultView;
  readonly reasons: readonly GateReason[];
}

function TradingAct({ view, reasons }: TradingActProps) {
  const [busy, setBusy] = useState(false);
  const { vault, state } = view;
  if (state.halt !== null) {
    const waits = reasons.some(stopsEnabling);
    return (
      <>
        <Button
          tone="primary"
          icon={<Play size={14} aria-hidden />}
          aria-disabled={waits}
          data-testid={TEST_IDS.enableTrading}
          onClick={() => openDialog({ kind: 'enable-trading', vaultId: vault.id })}
        >
          Enable trading…
        </Button>
        {waits && <p className="faint">It can be enabled once what stands above has passed.</p>}
      </>
    );
  }
  const halt = async () => {
    setBusy(true);
    const done = await command('Trading could not be halted', 'vault.haltTrading', {
      vaultId: vault.id,
    });
    setBusy(false);
    if (done !== null) showToast('info', `Trading is halted on ${vault.name}`);
  };
  return (
    <Button
      busy={busy}
      icon={<Hand size={14} aria-hidden />}
      data-testid={TEST_IDS.haltTrading}
      onClick={() => void halt()}
    >
      Halt trading
    </Button>
  );
}
