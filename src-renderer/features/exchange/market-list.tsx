import { CircleCheck, CirclePause, TriangleAlert } from 'lucide-react';
import type { MarketState } from '#domain/exchange-state.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { FigureValue, PriceFigure } from '#renderer/ui/figures.tsx';
import { formatExact } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { oracleWords, STATUS_WORDS } from './exchange-words.ts';

export interface MarketListProps {
  readonly markets: readonly MarketState[];
  /** The whole exchange is paused: what a market says of itself is then no promise. */
  readonly shut: boolean;
}

/** The markets that a vault has something in: status, oracle, and what still fits under their caps. */
export function MarketList({ markets, shut }: MarketListProps) {
  if (markets.length === 0) return null;
  return (
    <ul className="market-list" aria-label="Markets in use" data-testid={TEST_IDS.exchangeMarkets}>
      {markets.map((market) => (
        <MarketLine key={`${market.kind}/${market.marketIndex}`} market={market} shut={shut} />
      ))}
    </ul>
  );
}

interface MarketLineProps {
  readonly market: MarketState;
  readonly shut: boolean;
}

function MarketLine({ market, shut }: MarketLineProps) {
  const maxAge = useDeskStore((state) => state.settings.watch.maxOracleAgeSlots);
  const { name, kind, status, oracle, pausedOperations } = market;
  const { age, problem } = oracleWords(oracle, maxAge);
  const open = status === 'active' && pausedOperations.length === 0;
  const works = open && !shut;
  const Icon = works ? CircleCheck : CirclePause;
  return (
    <li>
      <p className="market-name">
        <strong>{name}</strong>
        <span className="faint">{kind}</span>
        <span
          className={`market-status ${works ? 'sync-good' : ''}`}
          title={
            pausedOperations.length === 0 ? undefined : `Paused: ${pausedOperations.join(', ')}`
          }
        >
          <Icon size={12} aria-hidden />
          {open && shut && 'exchange paused'}
          {open && !shut && STATUS_WORDS[status]}
          {!open && (status === 'active' ? 'partly paused' : STATUS_WORDS[status])}
        </span>
      </p>
      <p className="market-fact">
        <span>Oracle</span>
        <span>
          {problem !== '' && (
            <span className="market-problem">
              <TriangleAlert size={12} aria-hidden />
              {problem} ·{' '}
            </span>
          )}
          <PriceFigure price={oracle.price} />
          <span className="faint" title="Slots since the price was posted">
            {' '}
            · {age}
          </span>
        </span>
      </p>
      {market.kind === 'spot' && <Caps market={market} />}
    </li>
  );
}

function Caps({ market }: { readonly market: Extract<MarketState, { kind: 'spot' }> }) {
  const { depositRoom, guardRoom, decimals } = market;
  return (
    <>
      <p className="market-fact">
        <span>Still takes</span>
        <span>
          {depositRoom === null ? 'no cap' : <WholeUnits units={depositRoom} decimals={decimals} />}
        </span>
      </p>
      <p className="market-fact" title="The withdraw guard of the whole market, over all traders">
        <span>Lets out</span>
        <span>
          <WholeUnits units={guardRoom} decimals={decimals} />
        </span>
      </p>
    </>
  );
}

/** Caps are large: cents say nothing, and whole units are rounded down; the tooltip holds every digit. */
function WholeUnits({ units, decimals }: { readonly units: bigint; readonly decimals: number }) {
  const whole = units / 10n ** BigInt(decimals);
  const exact = formatExact(units, decimals);
  return (
    <FigureValue kind="tokens" exact={exact} units={units}>
      {whole > 0n ? formatExact(whole, 0, 0) : exact}
    </FigureValue>
  );
}
