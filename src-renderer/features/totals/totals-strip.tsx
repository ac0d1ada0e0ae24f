import './totals-strip.css';
import { ClockAlert } from 'lucide-react';
import { useMemo } from 'react';
import { deriveTotals, moneyOf, type Money, type VaultTotals } from '#domain/vault-totals.ts';
import { syncHealth, type VaultView } from '#domain/vault-state.ts';
import { useNow } from '#renderer/stores/clock-store.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { useStaleAfterMs, useVaultViews } from '#renderer/stores/selectors.ts';
import { GainLoss, Quote, Unknown } from '#renderer/ui/figures.tsx';
import { TEST_IDS, totalsTestId } from '#renderer/ui/test-ids.ts';
import { MONEY_ICONS, MONEY_WORDS, PlayMoney } from '#renderer/ui/vault-chips.tsx';

const MONEYS: readonly { readonly money: Money; readonly note: string }[] = [
  { money: 'live', note: 'on chain' },
  { money: 'practice', note: 'the simulated Drift' },
  { money: 'paper', note: 'ledgers on this computer' },
];

/** Three sums that are never added together (V5). A money without vaults is left out. */
export function VaultTotalsStrip() {
  const views = useVaultViews();
  const networks = useDeskStore((state) => state.networks);
  const totals = useMemo(() => deriveTotals(views, networks), [views, networks]);
  const nowMs = useNow();
  const staleAfterMs = useStaleAfterMs();
  const running = useDeskStore((state) => state.engine.running);
  const namesOf = (money: Money, matches: (view: VaultView) => boolean) =>
    views
      .filter(({ vault }) => vault.archivedAtMs === null && moneyOf(vault, networks) === money)
      .filter(matches)
      .map(({ vault }) => vault.name);
  const symbolOf = (money: Money): string => {
    const ids = new Set(
      views
        .filter(({ vault }) => moneyOf(vault, networks) === money)
        .map(({ vault }) => vault.network),
    );
    const symbols = new Set(
      networks.filter(({ id }) => ids.has(id)).map(({ quoteSymbol }) => quoteSymbol),
    );
    return symbols.size === 1 ? [...symbols].join('') : '';
  };
  const byNetwork = (money: Money): readonly NetworkTotal[] => {
    const parts = networks
      .map(({ id, label }) => ({ label, totals: deriveTotals(views, networks, id)[money] }))
      .filter((part) => part.totals.vaults > 0);
    return parts.length > 1 ? parts : [];
  };
  const isUnknown = ({ state }: VaultView) => state.observation === null;
  const isOld = ({ state, synced }: VaultView) =>
    state.observation !== null &&
    syncHealth(state, synced && running, nowMs, staleAfterMs) !== 'fresh';
  const shown = MONEYS.filter(({ money }) => totals[money].vaults > 0);
  if (shown.length === 0) return null;
  return (
    <section className="totals" aria-label="Totals, each kind of money by itself">
      {shown.map(({ money, note }) => (
        <MoneyTotals
          key={money}
          money={money}
          note={note}
          totals={totals[money]}
          symbol={symbolOf(money)}
          unknownNames={namesOf(money, isUnknown)}
          oldNames={namesOf(money, isOld)}
          byNetwork={byNetwork(money)}
        />
      ))}
    </section>
  );
}

interface MoneyTotalsProps {
  readonly money: Money;
  readonly note: string;
  readonly totals: VaultTotals;
  /** Empty where networks of this money reckon in different currencies. */
  readonly symbol: string;
  readonly unknownNames: readonly string[];
  /** Vaults whose figures are in the sums though nobody vouches for them now. */
  readonly oldNames: readonly string[];
  /** Empty unless this money lies on several networks. */
  readonly byNetwork: readonly NetworkTotal[];
}

interface NetworkTotal {
  readonly label: string;
  readonly totals: VaultTotals;
}

function MoneyTotals(props: MoneyTotalsProps) {
  const { money, note, totals, symbol, unknownNames, oldNames, byNetwork } = props;
  const Icon = MONEY_ICONS[money];
  const none = totals.unknown === totals.vaults;
  return (
    <div className={`totals-card totals-${money}`} data-testid={totalsTestId(money)}>
      <div className="totals-head">
        <Icon size={14} aria-hidden />
        <h2>{MONEY_WORDS[money]}</h2>
        <TotalsNote
          usual={`${totals.vaults === 1 ? '1 vault' : `${totals.vaults} vaults`} · ${note}`}
          oldNames={oldNames}
          unknownNames={unknownNames}
        />
        <PlayMoney money={money} />
      </div>
      <dl className={oldNames.length > 0 ? 'totals-figures is-old' : 'totals-figures'}>
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
      {byNetwork.map(({ label, totals: part }) => (
        <p key={label} className="totals-network" data-testid={TEST_IDS.networkTotal}>
          <span className="muted">{label}</span>
          {part.unknown === part.vaults ? <Unknown /> : <Quote amount={part.equity} />}
        </p>
      ))}
    </div>
  );
}

interface TotalsNoteProps {
  readonly usual: string;
  readonly oldNames: readonly string[];
  readonly unknownNames: readonly string[];
}

/** What the sums lack takes the place of the usual words, so that nothing below moves. */
function TotalsNote({ usual, oldNames, unknownNames }: TotalsNoteProps) {
  if (oldNames.length + unknownNames.length === 0) {
    return <span className="faint totals-note">{usual}</span>;
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
