/** What the preload script puts on `window`: wire-encoded values, both ways. */
export interface KeelApi {
  invoke(channel: string, request: unknown): Promise<unknown>;
  /** Each call brings a list of events. Returns its unsubscribe. */
  onEvents(listener: (events: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly keel?: KeelApi;
  }
}
