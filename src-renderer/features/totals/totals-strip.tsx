import './totals-strip.css';
import { ClockAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Money } from '#domain/vault-totals.ts';
import { useDeskSummary } from '#renderer/features/verdict/desk-summary.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Observed } from '#renderer/ui/figure-standing.tsx';
import { GainLoss, Quote, Unknown } from '#renderer/ui/figures.tsx';
import { TEST_IDS, totalsTestId } from '#renderer/ui/test-ids.ts';
import { MONEY_ICONS, MONEY_WORDS, PlayMoney } from '#renderer/ui/vault-chips.tsx';
import { FundingReceived } from './funding-received.tsx';
import { moneyGroups, type MoneyGroup, type MoneyPart } from './money-groups.ts';

const NOTES: Readonly<Record<Money, string>> = {
  live: 'on chain',
  practice: 'the simulated Drift',
  paper: 'ledgers on this computer',
};

export interface VaultTotalsStripProps {
  readonly withFunding?: boolean;
}

/** Three sums that are never added together (V5). A money without vaults is left out. */
export function VaultTotalsStrip({ withFunding = false }: VaultTotalsStripProps) {
  const { vaults } = useDeskSummary();
  const networks = useDeskStore((state) => state.networks);
  const groups = useMemo(() => moneyGroups(vaults, networks), [vaults, networks]);
  if (groups.length === 0) return null;
  return (
    <section className="totals" aria-label="Totals, each kind of money by itself">
      {groups.map((group) => (
        <MoneyTotals key={group.money} group={group} withFunding={withFunding} />
      ))}
    </section>
  );
}

interface MoneyTotalsProps {
  readonly group: MoneyGroup;
  readonly withFunding: boolean;
}

function MoneyTotals({ group, withFunding }: MoneyTotalsProps) {
  const { money, totals, symbol, standing, parts } = group;
  const Icon = MONEY_ICONS[money];
  const none = totals.unknown === totals.vaults;
  const label = `Totals of ${MONEY_WORDS[money]}`;
  return (
    <Observed
      standing={standing}
      label={label}
      className={`totals-card totals-${money}`}
      testId={totalsTestId(money)}
    >
      <div className="totals-head">
        <Icon size={14} aria-hidden />
        <h2>{MONEY_WORDS[money]}</h2>
        <TotalsNote group={group} />
        <PlayMoney money={money} />
      </div>
      <dl className={group.oldNames.length > 0 ? 'totals-figures is-old' : 'totals-figures'}>
        <div className="totals-equity">
          <dt>Equity</dt>
          <dd>
            {none ? (
              <Unknown />
            ) : (
              <>
                <Quote amount={totals.equity} />
                <span className="totals-unit">{symbol}</span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Free</dt>
          <dd>{none ? <Unknown /> : <Quote amount={totals.free} />}</dd>
        </div>
        <div>
          <dt>Deployed</dt>
          <dd>{none ? <Unknown /> : <Quote amount={totals.deployed} />}</dd>
        </div>
        <div>
          <dt>Unrealized PnL</dt>
          <dd>{none ? <Unknown /> : <GainLoss amount={totals.pnl} />}</dd>
        </div>
      </dl>
      {withFunding && <FundingReceived money={money} vaults={totals.vaults} />}
      {parts.length > 1 && parts.map((part) => <NetworkTotal key={part.network} part={part} />)}
    </Observed>
  );
}

function NetworkTotal({ part: { label, totals, standing } }: { readonly part: MoneyPart }) {
  return (
    <Observed as="p" standing={standing} className="totals-network" testId={TEST_IDS.networkTotal}>
      <span className="muted">{label}</span>
      {totals.unknown === totals.vaults ? <Unknown /> : <Quote amount={totals.equity} />}
    </Observed>
  );
}

/** What the sums lack takes the place of the usual words, so that nothing below moves. */
function TotalsNote({ group }: { readonly group: MoneyGroup }) {
  const { money, totals, oldNames, unknownNames } = group;
  if (oldNames.length + unknownNames.length === 0) {
    const vaults = totals.vaults === 1 ? '1 vault' : `${totals.vaults} vaults`;
    return (
      <span className="faint totals-note">
        {vaults} · {NOTES[money]}
      </span>
    );
  }
  const notes = [
    ...(unknownNames.length > 0 ? [`Not counted, never read: ${nameSome(unknownNames)}`] : []),
    ...(oldNames.length > 0 ? [`Holds figures not up to date: ${nameSome(oldNames)}`] : []),
  ];
  return (
    <span className="totals-note totals-lacking" title={notes.join('. ')}>
      <ClockAlert size={13} aria-hidden />
      <span>{notes.join('. ')}</span>
    </span>
  );
}

/** `a, b, c and 9 more` */
export function nameSome(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  if (rest <= 0) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${rest} more`;
}
