/** Integer arithmetic as the program does it: division truncates, widths are checked when the account is encoded. */
export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** Both positive. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

/** Floor of the square root. */
export function squareRoot(value: bigint): bigint {
  if (value < 0n) throw new RangeError('Square root of a negative number');
  if (value < 2n) return value;
  let x = BigInt(Math.floor(Math.sqrt(Number(value))));
  // Newton's steps repair what the float lost.
  for (;;) {
    const next = (x + value / x) >> 1n;
    if (absolute(next - x) <= 1n) {
      x = larger(next, x);
      while (x * x > value) x -= 1n;
      return x;
    }
    x = next;
  }
}

/** Drift's moving average: the old value fades linearly over the window, and moves by at least one unit. */
export function movingAverage(
  sample: bigint,
  old: bigint,
  sinceLast: bigint,
  fromStart: bigint,
): bigint {
  const weighted = (old * fromStart + sample * sinceLast) / larger(1n, sinceLast + fromStart);
  if (weighted !== old || sample === old || sinceLast === 0n) return weighted;
  return sample > old ? old + 1n : old - 1n;
}
