/** A live cluster makes a slot in about 400 ms; in bad times it takes longer. */
const SHORTEST_SLOT_MS = 400;
const LONGEST_SLOT_MS = 600;
/** Further apart two sightings cannot be compared: nobody knows how many slots lie between. */
const COMPARABLE_MS = 60_000;
/** A slot that no endpoint has come up to for so long was none: one wrong word must not put them all behind for ever. */
const BELIEVED_FOR_MS = 2 * COMPARABLE_MS;

/** When an endpoint was last seen at a slot; monotonic. */
export interface SlotSighting {
  readonly slot: bigint;
  readonly atMs: number;
}

/** The highest slot that any endpoint of a network has told, and when it was first told. */
export class SlotClock {
  #highest: SlotSighting | null = null;

  note(slot: bigint, atMs: number): void {
    const known = this.#highest;
    const isDoubtful = known !== null && slot !== known.slot && atMs - known.atMs > BELIEVED_FOR_MS;
    if (known === null || slot > known.slot || isDoubtful) this.#highest = { slot, atMs };
  }

  /**
   * Slots that the sighting was behind the cluster when it was made, as few as the times allow. Null: not known, because
   * it is too old or nothing was seen at about the same time.
   */
  lagOf(sighting: SlotSighting | null, nowMs: number): number | null {
    if (sighting === null || this.#highest === null) return null;
    if (nowMs - sighting.atMs > 2 * COMPARABLE_MS) return null;
    const laterMs = sighting.atMs - this.#highest.atMs;
    const behind = Number(this.#highest.slot - sighting.slot);
    if (laterMs > COMPARABLE_MS) return behind > 0 ? behind : null;
    const moved =
      laterMs >= 0
        ? Math.floor(laterMs / LONGEST_SLOT_MS)
        : -Math.ceil(-laterMs / SHORTEST_SLOT_MS);
    return Math.max(0, behind + moved);
  }

  /** After sleep the times between the sightings mean nothing; nor does a slot of another cluster. */
  forget(): void {
    this.#highest = null;
  }
}
