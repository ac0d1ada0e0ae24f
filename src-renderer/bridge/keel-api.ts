/** What the preload script puts on `window`: wire-encoded values, both ways. */
export interface KeelApi {
  invoke(channel: string, request: unknown): Promise<unknown>;
  /** Each call brings a list of events, as JSON. Returns its unsubscribe. */
  onEvents(listener: (batch: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly keel?: KeelApi;
  }
}
