import { TrendingDown, TrendingUp } from 'lucide-react';
import type { PerpPosition, SpotPosition } from '#domain/vault-snapshot.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { GainLoss, Quote } from '#renderer/ui/figures.tsx';
import { formatBase, formatDistance, formatExact, formatPrice } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

function Side({ size }: { readonly size: bigint }) {
  if (size === 0n) return <Chip>Closed</Chip>;
  const long = size > 0n;
  const Icon = long ? TrendingUp : TrendingDown;
  return <Chip icon={<Icon size={12} aria-hidden />}>{long ? 'Long' : 'Short'}</Chip>;
}

export function PerpPositions({ positions }: { readonly positions: readonly PerpPosition[] }) {
  return (
    <Panel title="Perp positions" testId={TEST_IDS.perpPositions}>
      {positions.length === 0 ? (
        <p className="panel-empty">No perp positions.</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label="Perp positions table">
          <table className="data-table">
            <thead>
              <tr>
                <th>Market</th>
                <th>Side</th>
                <th className="num">Base size</th>
                <th className="num">Entry</th>
                <th className="num">Mark, oracle</th>
                <th className="num">Notional</th>
                <th className="num">Unrealized, unsettled PnL</th>
                <th className="num">Funding</th>
                <th className="num">Liquidation</th>
              </tr>
            </thead>
            <tbody>
              {positions.map((position) => (
                <PerpRow key={position.marketIndex} position={position} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function PerpRow({ position }: { readonly position: PerpPosition }) {
  return (
    <tr>
      <td>
        <strong className="nowrap">{position.market}</strong>
        {position.openOrders > 0 && (
          <div className="faint nowrap">
            {position.openOrders} open {position.openOrders === 1 ? 'order' : 'orders'}
          </div>
        )}
      </td>
      <td>
        <Side size={position.baseSize} />
      </td>
      <td className="num">{formatBase(position.baseSize)}</td>
      <td className="num">{formatPrice(position.entryPrice)}</td>
      <td className="num">
        <div title="Mark price">{formatPrice(position.markPrice)}</div>
        <div className="faint" title="Oracle price">
          {formatPrice(position.oraclePrice)}
        </div>
      </td>
      <td className="num">
        <Quote amount={position.notional} />
      </td>
      <td className="num">
        <div>
          <GainLoss amount={position.unrealizedPnl} />
        </div>
        <div className="position-second">
          <GainLoss amount={position.unsettledPnl} />
        </div>
      </td>
      <td className="num">
        <GainLoss amount={position.unrealizedFunding} />
      </td>
      <td className="num">
        <Liquidation position={position} />
      </td>
    </tr>
  );
}

/** The venue liquidates at the oracle's price, so the distance is from there. */
function Liquidation({ position }: { readonly position: PerpPosition }) {
  const { liquidationPrice, oraclePrice } = position;
  if (liquidationPrice === null) return <span className="faint">none</span>;
  const distance = formatDistance(oraclePrice, liquidationPrice);
  return (
    <>
      {formatPrice(liquidationPrice)}
      {distance !== null && (
        <div className="faint" title="From the oracle price to the liquidation price">
          {distance} away
        </div>
      )}
    </>
  );
}

export function SpotPositions({ positions }: { readonly positions: readonly SpotPosition[] }) {
  return (
    <Panel title="Spot balances" testId={TEST_IDS.spotPositions}>
      {positions.length === 0 ? (
        <p className="panel-empty">No spot balances.</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label="Spot balances table">
          <table className="data-table">
            <thead>
              <tr>
                <th>Token</th>
                <th>Kind</th>
                <th className="num">Amount</th>
                <th className="num">Oracle</th>
                <th className="num">Value</th>
                <th className="num">Withdrawable</th>
              </tr>
            </thead>
            <tbody>
              {positions.map((position) => (
                <tr key={position.marketIndex}>
                  <td>
                    <strong>{position.token}</strong>
                  </td>
                  <td>
                    <Chip>{position.amount < 0n ? 'Borrow' : 'Deposit'}</Chip>
                  </td>
                  <td className="num">{formatExact(position.amount, position.decimals)}</td>
                  <td className="num">{formatPrice(position.oraclePrice)}</td>
                  <td className="num">
                    <Quote amount={position.value} />
                  </td>
                  <td className="num">{formatExact(position.withdrawable, position.decimals)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
