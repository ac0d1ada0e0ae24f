import './exchange.css';
import { CirclePause } from 'lucide-react';
import { explainExchange, namePauses } from '#domain/explain-exchange.ts';
import type { ExchangeView } from '#domain/exchange-state.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Age } from '#renderer/ui/age.tsx';
import { Hint } from '#renderer/ui/hint.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { Explanation } from './exchange-panel.tsx';
import { pausedSinceMs } from './exchange-words.ts';

/** One for each venue that has something paused; nothing while all is open. */
export function ExchangeStatusItems() {
  const exchanges = useDeskStore((state) => state.exchanges);
  return [...exchanges.values()]
    .filter(({ observation }) => (observation?.status.paused.length ?? 0) > 0)
    .map((exchange) => <PausedItem key={exchange.network} exchange={exchange} />);
}

function PausedItem({ exchange }: { readonly exchange: ExchangeView }) {
  const watch = useDeskStore((state) => state.settings.watch);
  const paused = exchange.observation?.status.paused ?? [];
  const sinceMs = pausedSinceMs(exchange);
  return (
    <Hint
      className="status-item exchange-status-item"
      testId={TEST_IDS.footerExchange}
      text={<Explanation explained={explainExchange(exchange, watch)} />}
    >
      <CirclePause size={13} aria-hidden />
      <span>
        Exchange has paused{' '}
        {paused.length > 3 && paused.length < 8 ? `${paused.length} of 8` : namePauses(paused)}
        {sinceMs !== null && (
          <>
            {' '}
            for <Age atMs={sinceMs} />
          </>
        )}
      </span>
    </Hint>
  );
}
