import { useState } from 'react';
import type { MarketState } from '#domain/exchange-state.ts';
import { readAmount } from '#renderer/ui/amount-input.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { formatPrice } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export interface MarketPriceProps {
  /** As the watch saw it last. */
  readonly seen: MarketState | undefined;
  readonly change: (part: { readonly price: bigint }) => void;
}

/** A price posted at once; where the oracle walks, it walks on from there. */
export function MarketPrice({ seen, change }: MarketPriceProps) {
  const [typed, setTyped] = useState('');
  const price = readAmount(typed, { decimals: 6, symbol: 'The price' });
  return (
    <div className="practice-row practice-row-two">
      <TextField
        label="Price"
        inputMode="decimal"
        value={typed}
        placeholder={seen === undefined ? '' : formatPrice(seen.oracle.price)}
        error={price.ok || typed === '' ? null : price.error}
        data-testid={TEST_IDS.practicePrice}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button
        aria-disabled={!price.ok}
        data-testid={TEST_IDS.practiceSetPrice}
        onClick={() => price.ok && change({ price: price.value })}
      >
        Set the price
      </Button>
    </div>
  );
}
