import { useState } from 'react';
import { baseAmount, leverageE4, price, quoteAmount, slot, unixMs } from '#domain/units.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { Age, Countdown, TimeOf } from '#renderer/ui/age.tsx';
import { Observed, type FigureHealth, type Standing } from '#renderer/ui/figure-standing.tsx';
import {
  BaseFigure,
  GainLoss,
  HealthBar,
  Leverage,
  Percent,
  PriceFigure,
  Quote,
  Tokens,
  Unknown,
} from '#renderer/ui/figures.tsx';
import {
  formatBps,
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
} from '#renderer/ui/format.ts';
import { KeyValue, KeyValues } from '#renderer/ui/key-value.tsx';
import { Sample, Samples } from './sample.tsx';

const AGES_MS: Readonly<Record<FigureHealth, number | null>> = {
  fresh: 3_000,
  stale: 95_000,
  failing: 1_300_000,
  discrepant: 12_000,
  unknown: null,
};

/** The same figures in every standing, and every kind of figure once. */
export function FigureSection() {
  // The moment of opening: these figures age as real ones do.
  const [openedAtMs] = useState(() => useClockStore.getState().nowMs);
  const standing = (health: FigureHealth): Standing => {
    const ageMs = AGES_MS[health];
    return {
      health,
      observedAtMs: ageMs === null ? null : unixMs(openedAtMs - ageMs),
      slot: ageMs === null ? null : slot(312_004_118n),
    };
  };
  return (
    <>
      <div className="standings">
        {(Object.keys(AGES_MS) as FigureHealth[]).map((health) => (
          <Observed
            key={health}
            standing={standing(health)}
            label={`Made-up figures, ${health}`}
            className="panel standing"
          >
            <h3>{health}</h3>
            <KeyValues>
              <KeyValue label="Equity" lead>
                <Quote amount={quoteAmount(1_204_512_345_678n)} copies />
              </KeyValue>
              <KeyValue label="Gain">
                <GainLoss amount={quoteAmount(412_150_000n)} />
              </KeyValue>
              <KeyValue label="Loss">
                <GainLoss amount={quoteAmount(-98_020_000n)} />
              </KeyValue>
              {[9_880, 4_210, 1_290].map((bps) => (
                <KeyValue key={bps} label="Health">
                  <HealthBar
                    health={Math.round(bps / 100)}
                    healthBps={bps}
                    thresholds={DEFAULT_WATCH_SETTINGS}
                    words
                  />
                </KeyValue>
              ))}
              <KeyValue label="Never read">
                <Unknown />
              </KeyValue>
            </KeyValues>
          </Observed>
        ))}
      </div>
      <AllKinds standing={standing('fresh')} />
      <Samples>
        <Sample name="Age">
          <Age atMs={openedAtMs} suffix=" ago" />
        </Sample>
        <Sample name="Countdown">
          <Countdown atMs={openedAtMs + 60_000} />
        </Sample>
        <Sample name="TimeOf">
          <TimeOf atMs={openedAtMs} />
        </Sample>
        <Sample name="duration">{formatDuration(4_215)}</Sample>
        <Sample name="bytes">{formatBytes(1_304_000)}</Sample>
        <Sample name="count">{formatCount(1_204, 'vault')}</Sample>
        <Sample name="rate">{formatRate(7.5)}</Sample>
        <Sample name="basis points">{formatBps(25)}</Sample>
      </Samples>
    </>
  );
}

function AllKinds({ standing }: { readonly standing: Standing }) {
  return (
    <Observed standing={standing} className="samples">
      <Sample name="Quote">
        <Quote amount={quoteAmount(1n)} />
      </Sample>
      <Sample name="Quote compact">
        <Quote amount={quoteAmount(12_449_000_000n)} compact />
      </Sample>
      <Sample name="GainLoss compact">
        <GainLoss amount={quoteAmount(-1_204_000_000_000n)} compact />
      </Sample>
      <Sample name="GainLoss even">
        <GainLoss amount={quoteAmount(0n)} />
      </Sample>
      <Sample name="Price">
        <PriceFigure price={price(152_384_000n)} />
      </Sample>
      <Sample name="Base">
        <BaseFigure size={baseAmount(-42_125_000_001n)} />
      </Sample>
      <Sample name="Tokens">
        <Tokens amount={1_250_000_000n} decimals={9} symbol="SOL" copies />
      </Sample>
      <Sample name="Leverage">
        <Leverage leverage={leverageE4(44_530n)} />
      </Sample>
      <Sample name="Percent">
        <Percent bps={-3_357} signed />
      </Sample>
    </Observed>
  );
}
