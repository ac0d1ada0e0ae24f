/** Overwrites secrets after use, as far as JavaScript can: what the runtime copied by itself stays out of reach. */
export function wipe(...secrets: readonly (Uint8Array | null | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}
