/** What the signer window's own preload script puts on `window`: the two ends of the port to the signer. */
import type { SignerAct } from '#domain/signer-window.ts';

export interface KeelSignerApi {
  /** Copies the act before it returns, so that the caller can overwrite its bytes at once. */
  send(act: SignerAct): void;
  /**
   * Calls back with every view, as it came: the page parses it. A view that came before anybody listened is
   * handed over at once. Returns its unsubscribe.
   */
  onView(listener: (view: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly keelSigner?: KeelSignerApi;
  }
}

/** Undefined where the preload script did not run: the window then waits for ever, and nothing is sent. */
export function signerApi(): KeelSignerApi | undefined {
  return window.keelSigner;
}
