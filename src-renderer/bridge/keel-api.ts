/** What the preload script puts on `window`: wire-encoded values, both ways. */
export interface KeelApi {
  invoke(channel: string, request: unknown): Promise<unknown>;
  /** Returns its unsubscribe. */
  onEvent(listener: (event: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly keel?: KeelApi;
  }
}
