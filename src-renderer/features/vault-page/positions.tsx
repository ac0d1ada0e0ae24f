import { TrendingDown, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { absolute, price, type Price } from '#domain/units.ts';
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

interface Column {
  readonly label: string;
  /** Heads the second line of the cells. */
  readonly second?: string;
  readonly numeric?: boolean;
}

interface PositionTableProps {
  readonly title: string;
  readonly testId: string;
  readonly columns: readonly Column[];
  readonly empty: string;
  /** One row a position; none: the words of `empty`. */
  readonly children: readonly ReactNode[];
}

function PositionTable({ title, testId, columns, empty, children }: PositionTableProps) {
  return (
    <Panel title={title} testId={testId}>
      {children.length === 0 ? (
        <p className="panel-empty">{empty}</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label={`${title} table`}>
          <table className="data-table">
            <thead>
              <tr>
                {columns.map(({ label, second, numeric = false }) => (
                  <th key={label} className={numeric ? 'num' : undefined}>
                    {label}
                    {second !== undefined && <span className="th-second"> {second}</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

const numeric = (label: string, second?: string): Column => ({
  label,
  numeric: true,
  ...(second !== undefined && { second }),
});

const PERP_COLUMNS: readonly Column[] = [
  { label: 'Market' },
  { label: 'Side' },
  numeric('Base size', 'Notional'),
  numeric('Entry'),
  numeric('Mark', 'Oracle'),
  numeric('Unrealized PnL', 'Unsettled PnL'),
  numeric('Funding'),
  numeric('Liquidation', 'From oracle'),
];

const SPOT_COLUMNS: readonly Column[] = [
  { label: 'Token' },
  { label: 'Kind' },
  numeric('Amount'),
  numeric('Oracle'),
  numeric('Value'),
  numeric('Withdrawable'),
];

export function PerpPositions({ positions }: { readonly positions: readonly PerpPosition[] }) {
  return (
    <PositionTable
      title="Perp positions"
      testId={TEST_IDS.perpPositions}
      columns={PERP_COLUMNS}
      empty="No perp positions."
    >
      {positions.map((position) => (
        <PerpRow key={position.marketIndex} position={position} />
      ))}
    </PositionTable>
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
      <td className="num">
        <div>{formatBase(position.baseSize)}</div>
        <div className="faint">
          <Quote amount={position.notional} />
        </div>
      </td>
      <td className="num">{formatPrice(position.entryPrice)}</td>
      <td className="num">
        <div title="Mark price">{formatPrice(position.markPrice)}</div>
        <div className="faint" title="Oracle price">
          {formatPrice(position.oraclePrice)}
        </div>
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
  if (liquidationPrice === null) {
    return (
      <span className="faint" title="No price of this market alone liquidates the sub-account">
        not reachable
      </span>
    );
  }
  const distance = formatDistance(oraclePrice, liquidationPrice);
  return (
    <>
      {formatPrice(liquidationPrice)}
      {distance !== null && (
        <div className="faint" title="From the oracle price to the liquidation price">
          {distance} away
        </div>
      )}
      <DistanceBar distanceBps={distanceBps(oraclePrice, liquidationPrice)} />
    </>
  );
}

/** Where the bar is full: a price that would have to move by half is far away. */
const FAR_BPS = 5_000;
const NEAR_BPS = 500;
const CLOSE_BPS = 1_500;

const distanceBps = (from: Price, to: Price): number =>
  from <= 0n ? 0 : Number((absolute(price(to - from)) * 10_000n) / from);

/** The way to the liquidation price, for the eye: short is near. The figure stands above it. */
function DistanceBar({ distanceBps: bps }: { readonly distanceBps: number }) {
  const tone = bps < NEAR_BPS ? 'bad' : bps < CLOSE_BPS ? 'warn' : 'good';
  const width = Math.max(3, Math.min(100, (bps / FAR_BPS) * 100));
  return (
    <svg
      className={`distance-bar health-${tone}`}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden
    >
      <rect className="health-track" width="100" height="4" rx="2" />
      <rect className="health-fill" width={width} height="4" rx="2" />
    </svg>
  );
}

export function SpotPositions({ positions }: { readonly positions: readonly SpotPosition[] }) {
  return (
    <PositionTable
      title="Spot balances"
      testId={TEST_IDS.spotPositions}
      columns={SPOT_COLUMNS}
      empty="No spot balances."
    >
      {positions.map((position) => (
        <SpotRow key={position.marketIndex} position={position} />
      ))}
    </PositionTable>
  );
}

function SpotRow({ position }: { readonly position: SpotPosition }) {
  return (
    <tr>
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
  );
}
