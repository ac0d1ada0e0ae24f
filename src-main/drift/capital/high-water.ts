import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';

export interface ChainMark {
  readonly slot: bigint;
  readonly height: bigint;
}

/** Nodes of one cluster are seldom further apart than this; a node that is knows too little to prove anything. */
const SLACK = 64n;

/** The highest that any node has shown: one that is well below it is behind, or tells of another chain. */
export class HighWater {
  #slot = 0n;
  #height = 0n;

  /** `NODE_BEHIND` for a node that went back; else its mark is remembered. */
  reaches(endpoint: string, { slot, height }: ChainMark): Result<null, KeelError> {
    if (slot + SLACK < this.#slot || height + SLACK < this.#height) {
      return err(wentBack(endpoint, height, this.#height));
    }
    if (slot > this.#slot) this.#slot = slot;
    if (height > this.#height) this.#height = height;
    return ok(null);
  }
}

function wentBack(endpoint: string, height: bigint, seen: bigint): KeelError {
  return keelError(
    'NODE_BEHIND',
    'retry',
    `The endpoint “${endpoint}” is at block ${height}, well below ${seen}, which was seen already.`,
    'Keel asks again; if it lasts, another endpoint is the cure.',
  );
}
