import { PRACTICE_NETWORK } from '#domain/ids.ts';
import type { Network } from '#domain/network.ts';
import type { NetworkView } from '#ipc/contract.ts';

export const PRACTICE_LABEL = 'Practice';
export const PRACTICE_QUOTE = 'USDC';

/** The networks as the window may see them: no endpoint, and in words why one is locked. */
export function networkViews(
  live: readonly Network[],
  liveLockedBecause: string | null,
): readonly NetworkView[] {
  return [
    {
      id: PRACTICE_NETWORK,
      label: PRACTICE_LABEL,
      kind: 'practice',
      quoteSymbol: PRACTICE_QUOTE,
      lockedBecause: null,
    },
    ...live.map(({ id, label, kind, deployment }) => ({
      id,
      label,
      kind,
      quoteSymbol: deployment.quoteSymbol,
      lockedBecause: liveLockedBecause,
    })),
  ];
}
