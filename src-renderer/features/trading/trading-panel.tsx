import './trading.css';
import { Hand, OctagonAlert, Play } from 'lucide-react';
import { useState } from 'react';
import type { GateAnswer } from '#domain/gate-reason.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { useNow } from '#renderer/stores/clock-store.ts';
import { command } from '#renderer/stores/commands.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { useTradingGate } from '#renderer/stores/selectors.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { formatAge } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { TradingChip } from '#renderer/ui/trading-chip.tsx';
import { attemptsText } from './enable-trading-dialog.tsx';

/** The gate's answer with its reasons, and the two acts that are the trader's. */
export function TradingPanel({ view }: { readonly view: VaultView }) {
  const gate = useTradingGate(view);
  return (
    <Panel title="Trading" aside={<TradingChip gate={gate} />}>
      <div className="panel-body trading-body">
        {gate.allowed ? (
          <p className="muted">
            The figures are verified and fresh; nothing stands against trading.
          </p>
        ) : (
          <Reasons gate={gate} view={view} />
        )}
        {view.vault.archivedAtMs === null && <TradingAct view={view} gate={gate} />}
      </div>
    </Panel>
  );
}

function Reasons({ gate, view }: { readonly gate: GateAnswer; readonly view: VaultView }) {
  const nowMs = useNow();
  const { halt } = view.state;
  return (
    <ul className="reasons" data-testid={TEST_IDS.tradingReasons}>
      {gate.reasons.map(({ code, text }) => (
        <li key={code} data-reason={code}>
          <OctagonAlert size={14} aria-hidden />
          <span>
            {text}
            {code === 'halted' && halt !== null && (
              <span className="faint">
                {' '}
                {formatAge(nowMs - halt.sinceMs)} ago
                {halt.attempts > 0 && `, after ${attemptsText(halt.attempts)}`}.
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function TradingAct({ view, gate }: { readonly view: VaultView; readonly gate: GateAnswer }) {
  const [busy, setBusy] = useState(false);
  const { vault, state } = view;
  if (state.halt !== null) {
    const waitsFor = gate.reasons.filter(({ code }) => code !== 'halted');
    return (
      <>
        <Button
          tone="primary"
          icon={<Play size={14} aria-hidden />}
          aria-disabled={waitsFor.length > 0}
          data-testid={TEST_IDS.enableTrading}
          onClick={() => openDialog({ kind: 'enable-trading', vaultId: vault.id })}
        >
          Enable trading…
        </Button>
        {waitsFor.length > 0 && (
          <p className="faint">It can be enabled once the reasons above have passed.</p>
        )}
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
