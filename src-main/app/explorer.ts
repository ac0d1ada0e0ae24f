import type { NetworkId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';

const EXPLORER = 'https://solscan.io/tx/';

/** Where a browser shows the transaction. Only a network of the chain itself has such a page. */
export function explorerUrl(
  live: readonly { readonly id: NetworkId }[],
  network: NetworkId,
  signature: string,
): Result<string, KeelError> {
  if (live.some(({ id }) => id === network)) return ok(`${EXPLORER}${signature}`);
  return err(
    keelError(
      'INPUT_INVALID',
      'fix-input',
      `network: “${network}” has no explorer, because it runs on this computer only.`,
      'Look at the operation in Keel; copy its signature from there.',
    ),
  );
}
