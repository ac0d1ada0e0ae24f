export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that the work took, the median of so many rounds; the first round warms up and is left out. */
export async function medianMs(rounds: number, work: () => Promise<void> | void): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const startedMs = performance.now();
    await work();
    if (round > 0) times.push(performance.now() - startedMs);
  }
  return median(times);
}

/** To two decimals: what a table needs. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
