export interface RuntimeFacts {
  readonly electron: string;
  readonly official: boolean;
  /** Whether Chromium's sandbox holds the window's process. */
  readonly sandboxed: boolean;
}

/** In words, why no live network may be used in this runtime; null: they may. */
export function liveLockOf({ electron, official, sandboxed }: RuntimeFacts): string | null {
  if (!official) {
    return `this is an unofficial build of Electron ${electron}: it serves practice and tests, never a live key.`;
  }
  if (!sandboxed) {
    return 'the window runs without its sandbox: start Keel as an ordinary user, without --no-sandbox.';
  }
  return null;
}
