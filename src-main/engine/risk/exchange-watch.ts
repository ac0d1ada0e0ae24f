import type { Condition } from '#domain/alert.ts';
import { marketKey } from '#domain/exchange-diff.ts';
import type { ExchangeView, MarketState } from '#domain/exchange-state.ts';
import { explainExchange, namePauses } from '#domain/explain-exchange.ts';
import { marketReasons } from '#domain/gate-exchange.ts';
import type { NetworkId } from '#domain/ids.ts';
import { usesMargin } from '#domain/margin.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { AlertBook } from './alert-book.ts';
import { stepHold, type Hold, type HoldTimes } from './hold.ts';
import { isInUse, type WatchPorts } from './watch-ports.ts';

/** One late price is nothing to ring for; one that stays away is. */
const ORACLE_HOLD: HoldTimes = { riseMs: 30_000, fallMs: 30_000 };

const MARKET_PREFIX = 'market';

/** Tells what the exchange forbids (M2): as a whole, and in the markets where a vault has something at stake. */
export class ExchangeWatch {
  readonly #ports: WatchPorts;
  readonly #alerts: AlertBook;
  readonly #oracles = new Map<string, Hold>();

  constructor(ports: WatchPorts, alerts: AlertBook) {
    this.#ports = ports;
    this.#alerts = alerts;
  }

  judge(view: ExchangeView): void {
    const { network, observation } = view;
    if (observation === null) return;
    const vaults = this.#vaultsOn(network);
    const exposed = vaults.filter(hasPosition);
    this.#alerts.judge(
      exchangeKey(network),
      vaults.length === 0 ? null : this.#exchangeCondition(view, exposed.length > 0),
    );
    const inUse = marketsOf(exposed);
    for (const market of observation.markets) {
      if (inUse.has(marketKey(market))) this.#judgeMarket(network, market);
    }
    this.#clearUnused(network, inUse);
  }

  /** Nobody is concerned any more: the last vault there was archived. */
  judgeUse(network: NetworkId): void {
    const vaults = this.#vaultsOn(network);
    if (vaults.length === 0) this.#alerts.judge(exchangeKey(network), null);
    this.#clearUnused(network, marketsOf(vaults.filter(hasPosition)));
  }

  #vaultsOn(network: NetworkId): readonly VaultView[] {
    return this.#ports
      .views()
      .filter(
        (view) =>
          view.vault.vaultType === 'onChain' && view.vault.network === network && isInUse(view),
      );
  }

  #exchangeCondition(view: ExchangeView, exposed: boolean): Condition | null {
    const { network, observation } = view;
    const paused = observation?.status.paused ?? [];
    if (observation === null || paused.length === 0) return null;
    // Markets have alerts of their own, an alert has its own time, and the desk has the whole story: this must fit a notice.
    const gist = { ...view, observation: { ...observation, markets: [] }, pausedSinceMs: {} };
    const { notPossible, informs } = explainExchange(gist, this.#ports.settings());
    const traps = paused.some((each) => TRAPS.includes(each));
    return {
      key: exchangeKey(network),
      kind: 'exchange',
      severity: exposed && traps ? 'critical' : 'warning',
      title: `The exchange on ${this.#labelOf(network)} has paused ${namePauses(paused)}`,
      text: [...notPossible.slice(0, 3), ...informs.slice(0, 1)].join(' '),
      advice: 'Nothing to do here: Keel watches until the exchange lifts it.',
      vaultId: null,
      network,
      operationId: null,
    };
  }

  #judgeMarket(network: NetworkId, market: MarketState): void {
    const reasons = marketReasons(market, { watch: this.#ports.settings() });
    const limits = reasons.filter(({ code }) => code !== 'oracle-unusable');
    const oracle = reasons.find(({ code }) => code === 'oracle-unusable');
    const key = `${MARKET_PREFIX}/${network}/${marketKey(market)}`;
    const base = { kind: 'exchange' as const, vaultId: null, network, operationId: null };
    const shutsIn =
      market.kind === 'perp' && limits.some(({ blocks }) => blocks.includes('reduce'));
    this.#alerts.judge(
      `${key}/limits`,
      limits.length === 0
        ? null
        : {
            ...base,
            key: `${key}/limits`,
            severity: shutsIn ? 'critical' : 'warning',
            title: `${market.name} is restricted on ${this.#labelOf(network)}`,
            text: limits.map(({ text }) => text).join(' '),
            advice: 'Nothing to do here: Keel watches until the exchange lifts it.',
          },
    );
    if (!this.#oracleFails(`${key}/oracle`, oracle !== undefined)) {
      this.#alerts.judge(`${key}/oracle`, null);
    } else if (oracle !== undefined) {
      this.#alerts.judge(`${key}/oracle`, {
        ...base,
        key: `${key}/oracle`,
        severity: 'warning',
        title: `The price of ${market.name} on ${this.#labelOf(network)} cannot be relied on`,
        text: oracle.text,
        advice: 'Health and liquidation prices are only as good as this price: leave room.',
      });
    }
  }

  /** After a restart an alert that is raised goes on from where it was. */
  #oracleFails(key: string, seen: boolean): boolean {
    const nowMs = this.#ports.deps.clock.monotonicMs();
    const raised = this.#alerts.raised(key) !== null;
    const before =
      this.#oracles.get(key) ?? (raised ? { seen: true, sinceMs: nowMs, holds: true } : null);
    const hold = stepHold(before, seen, nowMs, ORACLE_HOLD);
    if (hold.seen || hold.holds) this.#oracles.set(key, hold);
    else this.#oracles.delete(key);
    return hold.holds;
  }

  /** What no vault has a stake in any more is over for the trader. */
  #clearUnused(network: NetworkId, inUse: ReadonlySet<string>): void {
    const prefix = `${MARKET_PREFIX}/${network}/`;
    for (const { key } of this.#alerts.allRaised()) {
      if (!key.startsWith(prefix)) continue;
      const market = key.slice(prefix.length).replace(/\/[a-z]+$/, '');
      if (inUse.has(market)) continue;
      this.#oracles.delete(key);
      this.#alerts.judge(key, null);
    }
  }

  #labelOf(network: NetworkId): string {
    return this.#ports.deps.networks().find(({ id }) => id === network)?.label ?? network;
  }
}

/** Whoever has a position cannot get out of it, or is not protected from the losses of others. */
const TRAPS: readonly string[] = ['fill', 'withdraw', 'liquidation'];

const exchangeKey = (network: NetworkId): string => `exchange/${network}`;

function hasPosition({ state }: VaultView): boolean {
  const snapshot = state.observation?.snapshot;
  if (snapshot === undefined) return false;
  return (
    usesMargin(snapshot.figures) || snapshot.perpPositions.some(({ baseSize }) => baseSize !== 0n)
  );
}

function marketsOf(exposed: readonly VaultView[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { state } of exposed) {
    const snapshot = state.observation?.snapshot;
    for (const { baseSize, marketIndex } of snapshot?.perpPositions ?? []) {
      if (baseSize !== 0n) keys.add(`perp/${marketIndex}`);
    }
    for (const { amount, marketIndex } of snapshot?.spotPositions ?? []) {
      if (amount !== 0n) keys.add(`spot/${marketIndex}`);
    }
  }
  return keys;
}
