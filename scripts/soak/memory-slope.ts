/** One look at the memory of one process. */
export interface MemorySample {
  readonly process: string;
  /** Of the soak's own time. */
  readonly atMs: number;
  readonly mb: number;
}

export interface MemorySlope {
  readonly process: string;
  readonly samples: number;
  readonly firstMb: number;
  readonly lastMb: number;
  /** By least squares over what follows the warm-up. */
  readonly mbPerHour: number;
}

/** Caches fill and code is compiled in the first part of a run: that is no leak. */
const WARM_UP_SHARE = 0.25;
const HOUR_MS = 3_600_000;

export function memorySlopes(samples: readonly MemorySample[]): readonly MemorySlope[] {
  return [...Map.groupBy(samples, ({ process }) => process)].flatMap(([process, all]) => {
    const warm = all.slice(Math.floor(all.length * WARM_UP_SHARE));
    const [first, last] = [warm[0], warm.at(-1)];
    if (first === undefined || last === undefined || warm.length < 3) return [];
    return [
      {
        process,
        samples: warm.length,
        firstMb: rounded(first.mb),
        lastMb: rounded(last.mb),
        mbPerHour: rounded(slopeOf(warm.map(({ atMs, mb }) => [atMs / HOUR_MS, mb] as const))),
      },
    ];
  });
}

function slopeOf(points: readonly (readonly [number, number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const under = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
