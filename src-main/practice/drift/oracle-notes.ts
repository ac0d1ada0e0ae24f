/**
 * What the network's owner has told an oracle to do: kept in the account's own padding, for all state of the world is in
 * accounts, and no client reads it.
 */
import { PRACTICE_ORACLES, type PracticeOracle } from '#domain/practice.ts';
import type { Oracle } from './types.ts';

const MODE_AT = 0;
const CONFIDENCE_AT = 1;

export interface OracleNotes {
  readonly oracle: PracticeOracle;
  /** Hundredths of a percent of the price; 0: the usual one. */
  readonly confidenceBps: number;
}

export function notesOf({ padding }: Oracle): OracleNotes {
  const low = padding[CONFIDENCE_AT] ?? 0;
  const high = padding[CONFIDENCE_AT + 1] ?? 0;
  return {
    oracle: PRACTICE_ORACLES[padding[MODE_AT] ?? 0] ?? 'walks',
    confidenceBps: low + high * 256,
  };
}

/** To be saved with the account. */
export function writeNotes(account: Oracle, { oracle, confidenceBps }: OracleNotes): void {
  account.padding[MODE_AT] = PRACTICE_ORACLES.indexOf(oracle);
  account.padding[CONFIDENCE_AT] = confidenceBps % 256;
  account.padding[CONFIDENCE_AT + 1] = Math.floor(confidenceBps / 256);
}
