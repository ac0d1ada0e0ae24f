/** The most keys that `getMultipleAccounts` takes. */
export const MAX_KEYS_PER_CALL = 100;

/** The accounts that one vault's figures are made of. */
export interface KeyDemand {
  /** The vault's own account. */
  readonly own: string;
  /** Accounts that other vaults may need too: state, markets, oracles. */
  readonly shared: readonly string[];
}

export interface ChunkPlan {
  /** Keys of each call; none is longer than the limit. */
  readonly chunks: readonly (readonly string[])[];
  /** True when each vault finds all its keys in one chunk, so that one reply gives it one slot. */
  readonly selfContained: boolean;
}

/**
 * Plans the calls that read all demands: ⌈unique keys / limit⌉ of them. Shared keys are repeated in every chunk
 * that needs them where this costs no further call; where it would, each key is read exactly once.
 * @param atOneSlot true: self-contained chunks whatever they cost, for vaults that were answered at several slots.
 */
export function planChunks(
  demands: readonly KeyDemand[],
  atOneSlot = false,
  limit = MAX_KEYS_PER_CALL,
): ChunkPlan {
  const unique = new Set(demands.flatMap(({ own, shared }) => [...shared, own]));
  const fewest = Math.ceil(unique.size / limit);
  const selfContained = packSelfContained(demands, limit);
  if (atOneSlot || selfContained.length <= fewest) {
    return { chunks: selfContained, selfContained: true };
  }
  const sharedFirst = new Set(demands.flatMap(({ shared }) => shared));
  for (const { own } of demands) sharedFirst.add(own);
  return { chunks: slice([...sharedFirst], limit), selfContained: false };
}

function packSelfContained(demands: readonly KeyDemand[], limit: number): string[][] {
  const chunks: Set<string>[] = [];
  let open: Set<string> | undefined;
  for (const { own, shared } of groupedByShared(demands)) {
    const keys = [...shared, own];
    const added = keys.filter((key) => !open?.has(key)).length;
    if (open === undefined || open.size + added > limit) {
      open = new Set();
      chunks.push(open);
    }
    for (const key of keys) open.add(key);
  }
  return chunks.map((chunk) => [...chunk]);
}

/** Vaults that need the same markets stand together, so that a chunk repeats few keys. */
function groupedByShared(demands: readonly KeyDemand[]): readonly KeyDemand[] {
  const keyed = demands.map((demand) => ({ demand, group: demand.shared.join(' ') }));
  keyed.sort((left, right) => (left.group < right.group ? -1 : left.group > right.group ? 1 : 0));
  return keyed.map(({ demand }) => demand);
}

function slice(keys: readonly string[], limit: number): string[][] {
  const chunks: string[][] = [];
  for (let start = 0; start < keys.length; start += limit) {
    chunks.push(keys.slice(start, start + limit));
  }
  return chunks;
}
