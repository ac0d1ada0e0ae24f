/**
 * What `wipe` cannot reach: a key object keeps its private key, and a hash its last block, until they are collected.
 * A private key is then overwritten by the runtime; other memory keeps what it held until it is handed out again.
 */

/** In which memory is handed out. */
const STEP_BYTES = 16;
/** More of each size than were freed since the last time. */
const SIZES = [
  // Up to the block of a hash: seeds, entropy and passphrases are no longer.
  { upToBytes: 128, blocks: 2_048 },
  // Up to a message with a seed phrase of 24 words and its 25th.
  { upToBytes: 1_024, blocks: 256 },
] as const;

/** Soon, not at once: what is under way still holds some. Nothing where the process was started without `gc`. */
export function collectGarbage(): void {
  const collect = Reflect.get(globalThis, 'gc') as (() => void) | undefined;
  if (collect === undefined) return;
  setImmediate(() => {
    collect();
    setImmediate(() => {
      // Freeing goes on beside the program; beginning again waits for its end.
      collect();
      setImmediate(overwriteFreedBlocks);
    });
  });
}

/** A block that is handed out is cleared first. */
function overwriteFreedBlocks(): void {
  const held: Uint8Array[] = [];
  let bytes = STEP_BYTES;
  for (const { upToBytes, blocks } of SIZES) {
    for (; bytes <= upToBytes; bytes += STEP_BYTES) {
      for (let count = 0; count < blocks; count += 1) held.push(new Uint8Array(bytes));
    }
  }
}
