import { z } from 'zod';
import { EXCHANGE_OPERATIONS } from '#domain/exchange-status.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import type { PausesSince } from '#main/engine/ports.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { parseRow, unixMsColumn, wholeNumber } from './rows.ts';

const pauseRow = z.object({ operation: z.enum(EXCHANGE_OPERATIONS), sinceMs: unixMsColumn });

/** The pauses that last, each with when it began to be seen. */
export function loadPauses(db: ReadableDb, network: NetworkId): PausesSince {
  const rows = db
    .all(
      `SELECT operation, since_ms AS sinceMs FROM exchange_pauses
       WHERE network = ? AND ended_at_ms IS NULL ORDER BY no`,
      network,
    )
    .map((row) => parseRow(pauseRow, row, `pause of network ${network}`));
  return Object.fromEntries(rows.map(({ operation, sinceMs }) => [operation, sinceMs]));
}

/** Ends those that are not among the given ones and begins the new ones. Ended ones stay on record. */
export function recordPauses(
  db: WritableDb,
  network: NetworkId,
  pauses: PausesSince,
  nowMs: UnixMs,
): void {
  const inForce = loadPauses(db, network);
  for (const operation of EXCHANGE_OPERATIONS) {
    const sinceMs = pauses[operation];
    if (sinceMs === inForce[operation]) continue;
    db.run(
      `UPDATE exchange_pauses SET ended_at_ms = ?
       WHERE network = ? AND operation = ? AND ended_at_ms IS NULL`,
      ...[wholeNumber('nowMs', nowMs), network, operation],
    );
    if (sinceMs === undefined) continue;
    db.run(
      'INSERT INTO exchange_pauses (network, operation, since_ms) VALUES (?, ?, ?)',
      ...[network, operation, wholeNumber('sinceMs', sinceMs)],
    );
  }
}
