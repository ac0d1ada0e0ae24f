import { useState } from 'react';
import { MARKET_STATUSES, type MarketState, type MarketStatus } from '#domain/exchange-state.ts';
import type { PracticeMarketChange, PracticeOracle } from '#domain/practice.ts';
import { exchangeLook } from '#renderer/features/exchange/exchange-words.ts';
import { command } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { SelectField } from '#renderer/ui/field.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { Fold } from './fold.tsx';
import { MarketPrice } from './market-price.tsx';
import { EXCHANGE_CHOICES, marketAt, ORACLE_WORDS, PRACTICE_MARKETS } from './venue-words.ts';

type KnownStatus = Exclude<MarketStatus, 'unknown'>;
type MarketPart = Omit<PracticeMarketChange, 'kind' | 'marketIndex'>;

const STATUSES = MARKET_STATUSES.filter((status): status is KnownStatus => status !== 'unknown');
const FULL = 1n;

/** What the simulated exchange does: pauses, statuses, prices; a choice takes effect at once. */
export function VenueControls() {
  const [market, setMarket] = useState('perp/0');
  const view = useDeskStore((state) => {
    const id = state.networks.find(({ kind }) => kind === 'practice')?.id;
    return id === undefined ? undefined : state.exchanges.get(id);
  });
  const { kind, marketIndex } = marketAt(market);
  const seen = view?.observation?.markets.find(
    (each) => each.kind === kind && each.marketIndex === marketIndex,
  );
  const change = (part: MarketPart) =>
    void command('The market could not be changed', 'practice.setMarket', {
      kind,
      marketIndex,
      ...part,
    });
  return (
    <Fold
      title="The exchange"
      aside={view === undefined ? null : exchangeLook(view).word.toLowerCase()}
      testId={TEST_IDS.practiceVenue}
    >
      <Pauses bits={view?.observation?.status.bits ?? 0} />
      <SelectField
        label="Market"
        value={market}
        data-testid={TEST_IDS.practiceMarket}
        onChange={({ target }) => setMarket(target.value)}
      >
        {PRACTICE_MARKETS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      {/* Each market begins with the choices of its own. */}
      <MarketChoices key={market} seen={seen} change={change} />
      {kind === 'spot' && <SpotChoices key={`${market}/spot`} seen={seen} change={change} />}
      {market !== 'spot/0' && <MarketPrice key={`${market}/price`} seen={seen} change={change} />}
    </Fold>
  );
}

/** Shows what was chosen until Keel has read it, and then what it has read. */
function Pauses({ bits }: { readonly bits: number }) {
  const [chosen, setChosen] = useState<{ readonly bits: number; readonly before: number }>();
  const shown = chosen?.before === bits ? chosen.bits : bits;
  const choose = async (next: number) => {
    setChosen({ bits: next, before: bits });
    const answer = await command('The exchange could not be paused', 'practice.setExchangeStatus', {
      bits: next,
    });
    if (answer === null) setChosen(undefined);
  };
  return (
    <SelectField
      label="Pauses"
      value={shown}
      data-testid={TEST_IDS.practiceExchange}
      onChange={({ target }) => void choose(Number(target.value))}
    >
      {EXCHANGE_CHOICES.every((choice) => choice.bits !== shown) && (
        <option value={shown}>Something else</option>
      )}
      {EXCHANGE_CHOICES.map((choice) => (
        <option key={choice.bits} value={choice.bits}>
          {choice.label}
        </option>
      ))}
    </SelectField>
  );
}

interface ChoicesProps {
  /** As the watch saw it last. */
  readonly seen: MarketState | undefined;
  readonly change: (part: MarketPart) => void;
}

function MarketChoices({ seen, change }: ChoicesProps) {
  return (
    <div className="field-row">
      <SelectField
        label="Status"
        defaultValue={seen?.status ?? 'active'}
        data-testid={TEST_IDS.practiceMarketStatus}
        onChange={({ target }) => change({ status: target.value as KnownStatus })}
      >
        {STATUSES.map((status) => (
          <option key={status}>{status}</option>
        ))}
      </SelectField>
      <SelectField
        label="Oracle"
        defaultValue="walks"
        data-testid={TEST_IDS.practiceOracle}
        onChange={({ target }) => change({ oracle: target.value as PracticeOracle })}
      >
        {Object.entries(ORACLE_WORDS).map(([oracle, label]) => (
          <option key={oracle} value={oracle}>
            {label}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function SpotChoices({ seen, change }: ChoicesProps) {
  const spot = seen?.kind === 'spot' ? seen : undefined;
  return (
    <div className="field-row">
      <SelectField
        label="Deposit cap"
        defaultValue={spot?.depositRoom === 0n ? 'full' : 'none'}
        data-testid={TEST_IDS.practiceCap}
        onChange={({ target }) => change({ depositCap: target.value === 'full' ? FULL : 0n })}
      >
        <option value="none">no cap</option>
        <option value="full">reached</option>
      </SelectField>
      <SelectField
        label="Withdraw guard"
        defaultValue={spot?.guardRoom === 0n ? 'shut' : 'usual'}
        data-testid={TEST_IDS.practiceGuard}
        onChange={({ target }) =>
          change({ withdrawGuard: target.value === 'shut' ? 'shut' : 'usual' })
        }
      >
        <option value="usual">as usual</option>
        <option value="shut">shut</option>
      </SelectField>
    </div>
  );
}
