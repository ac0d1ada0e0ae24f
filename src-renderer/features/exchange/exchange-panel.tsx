import './exchange.css';
import { Check, CircleCheck, CirclePause, Info, Minus, TriangleAlert } from 'lucide-react';
import { explainExchange, type ExchangeExplanation } from '#domain/explain-exchange.ts';
import type { ExchangeView } from '#domain/exchange-state.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { AccountFlag, VaultSnapshot } from '#domain/vault-snapshot.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { useExchange } from '#renderer/stores/exchanges.ts';
import { Age } from '#renderer/ui/age.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { CopyText } from '#renderer/ui/copy-text.tsx';
import { Observed } from '#renderer/ui/figure-standing.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import {
  exchangeLook,
  exchangeOf,
  exchangeStanding,
  marketsOf,
  pausedSinceMs,
} from './exchange-words.ts';
import { MarketList } from './market-list.tsx';

const FLAG_WORDS: Readonly<Record<AccountFlag, string>> = {
  beingLiquidated: 'This sub-account is being liquidated.',
  bankrupt: 'This sub-account is bankrupt.',
  reduceOnly: 'This sub-account may only reduce positions.',
};

export interface ExchangePanelProps {
  readonly network: NetworkId;
  readonly snapshot: VaultSnapshot;
  readonly old: boolean;
}

/** What the exchange and the sub-account's own flags allow, what they do not, and since when. */
export function ExchangePanel({ network, snapshot, old }: ExchangePanelProps) {
  const exchange = exchangeOf(network, useExchange(network), snapshot);
  const { accountFlags, delegate } = snapshot;
  return (
    <Panel
      title="Exchange"
      testId={TEST_IDS.exchangeStatus}
      aside={<ExchangeChip exchange={exchange} />}
    >
      <div className={`panel-body exchange-body ${old ? 'is-old' : ''}`}>
        {accountFlags.map((flag) => (
          <p key={flag} className="exchange-line sync-bad">
            <TriangleAlert size={14} aria-hidden />
            {FLAG_WORDS[flag]}
          </p>
        ))}
        <Standing exchange={exchange} />
        {delegate !== null && (
          <p className="muted">
            Delegate <CopyText text={delegate} mono />
          </p>
        )}
      </div>
      <Observed standing={exchangeStanding(exchange, old)} label="Markets in use">
        <MarketList
          markets={marketsOf(exchange, snapshot)}
          shut={exchangeLook(exchange).word === 'Paused'}
        />
      </Observed>
    </Panel>
  );
}

function ExchangeChip({ exchange }: { readonly exchange: ExchangeView }) {
  const { word, tone, isPaused } = exchangeLook(exchange);
  const sinceMs = pausedSinceMs(exchange);
  const Icon = isPaused ? CirclePause : CircleCheck;
  return (
    <>
      {sinceMs !== null && (
        <span className="num">
          for <Age atMs={sinceMs} />
        </span>
      )}
      <Chip tone={tone} icon={<Icon size={12} strokeWidth={2.5} aria-hidden />}>
        {word}
      </Chip>
    </>
  );
}

function Standing({ exchange }: { readonly exchange: ExchangeView }) {
  const watch = useDeskStore((state) => state.settings.watch);
  const explained = explainExchange(exchange, watch);
  const paused = exchange.observation?.status.paused ?? [];
  if (paused.length === 0 && explained.notPossible.length === 0) {
    return (
      <p className="exchange-line sync-good">
        <CircleCheck size={14} aria-hidden />
        {exchange.observation === null ? explained.informs.join(' ') : 'Nothing is paused'}
      </p>
    );
  }
  return <Explanation explained={explained} />;
}

/** The same in the status bar's hint. */
export function Explanation({ explained }: { readonly explained: ExchangeExplanation }) {
  const { possible, notPossible, informs } = explained;
  return (
    <div className="exchange-explained">
      <Sentences title="Possible" icon={Check} sentences={possible} tone="yes" />
      <Sentences title="Not possible now" icon={Minus} sentences={notPossible} tone="no" />
      <Sentences title="Good to know" icon={Info} sentences={informs} tone="info" />
    </div>
  );
}

interface SentencesProps {
  readonly title: string;
  readonly icon: typeof Check;
  readonly sentences: readonly string[];
  readonly tone: 'yes' | 'no' | 'info';
}

const SENTENCE_TEST_IDS = {
  yes: TEST_IDS.exchangePossible,
  no: TEST_IDS.exchangeNotPossible,
  info: undefined,
} as const;

function Sentences({ title, icon: Icon, sentences, tone }: SentencesProps) {
  if (sentences.length === 0) return null;
  return (
    <section className={`exchange-part exchange-${tone}`} data-testid={SENTENCE_TEST_IDS[tone]}>
      <h3>{title}</h3>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Icon size={13} strokeWidth={2.2} aria-hidden />
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
