import { useState } from 'react';
import { MARKET_STATUSES, type MarketStatus } from '#domain/exchange-state.ts';
import type { PracticeMarketChange, PracticeOracle } from '#domain/practice.ts';
import { price } from '#domain/units.ts';
import { command } from '#renderer/stores/commands.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { formatPrice } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import {
  EXCHANGE_CHOICES,
  marketAt,
  ORACLE_WORDS,
  PRACTICE_MARKETS,
  readHealth,
} from './venue-words.ts';

type KnownStatus = Exclude<MarketStatus, 'unknown'>;

const STATUSES = MARKET_STATUSES.filter((status): status is KnownStatus => status !== 'unknown');

/** What the simulated exchange does: pauses, statuses, prices; a choice takes effect at once. */
export function VenueControls() {
  const [market, setMarket] = useState('perp/0');
  const change = (part: Omit<PracticeMarketChange, 'kind' | 'marketIndex'>) =>
    void command('The market could not be changed', 'practice.setMarket', {
      ...marketAt(market),
      ...part,
    });
  return (
    <section aria-labelledby="practice-venue" className="practice-other">
      <h3 id="practice-venue">The exchange</h3>
      <SelectField
        label="Pauses"
        defaultValue="0"
        data-testid={TEST_IDS.practiceExchange}
        onChange={({ target }) =>
          void command('The exchange could not be paused', 'practice.setExchangeStatus', {
            bits: Number(target.value),
          })
        }
      >
        {EXCHANGE_CHOICES.map(({ bits, label }) => (
          <option key={bits} value={bits}>
            {label}
          </option>
        ))}
      </SelectField>
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
      <MarketChoices key={market} change={change} />
      <MoveHealth />
    </section>
  );
}

interface MarketChoicesProps {
  readonly change: (part: Omit<PracticeMarketChange, 'kind' | 'marketIndex'>) => void;
}

function MarketChoices({ change }: MarketChoicesProps) {
  return (
    <div className="field-row">
      <SelectField
        label="Status"
        defaultValue="active"
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

/** Moves the price of SOL until a sub-account has a health: the quickest way to a margin alert. */
function MoveHealth() {
  const [subAccount, setSubAccount] = useState('0');
  const [typed, setTyped] = useState('49.9');
  const [busy, setBusy] = useState(false);
  const healthBps = readHealth(typed);
  const subAccountValid = /^\d{1,5}$/.test(subAccount) && Number(subAccount) <= 65_535;
  const move = async () => {
    if (healthBps === null || !subAccountValid) return;
    setBusy(true);
    const answer = await command('The price could not be moved', 'practice.setHealth', {
      subAccountId: Number(subAccount),
      marketIndex: 0,
      healthBps,
    });
    setBusy(false);
    if (answer !== null) {
      showToast('info', `SOL is at ${formatPrice(price(answer.price))}`, `Health ${typed} there.`);
    }
  };
  return (
    <div className="practice-health">
      <TextField
        label="Sub-account"
        inputMode="numeric"
        value={subAccount}
        error={subAccountValid ? null : '0 to 65,535.'}
        onChange={({ target }) => setSubAccount(target.value)}
      />
      <TextField
        label="Health"
        inputMode="decimal"
        value={typed}
        error={healthBps === null ? '0 to 100.' : null}
        data-testid={TEST_IDS.practiceHealth}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button
        busy={busy}
        aria-disabled={healthBps === null || !subAccountValid}
        data-testid={TEST_IDS.practiceMoveHealth}
        title="Moves the price of SOL until the sub-account has this health"
        onClick={() => void move()}
      >
        Move price
      </Button>
    </div>
  );
}
