/**
 * V8's option for the processes behind the window. A small young generation: its collections pause for one
 * millisecond instead of ten and more, which counts for more than the few further ones, and with hundreds of vaults
 * the process stays a hundred megabytes smaller.
 */
export const SMALL_YOUNG_GENERATION = '--max-semi-space-size=4';
