/** Counts what clients ask for, so that a test can prove how many calls a read costs. */
export class RpcStats {
  #httpRequests = 0;
  #keysRead = 0;
  readonly #perMethod = new Map<string, number>();

  countRequest(): void {
    this.#httpRequests += 1;
  }

  countCall(method: string): void {
    this.#perMethod.set(method, (this.#perMethod.get(method) ?? 0) + 1);
  }

  countKeys(keys: number): void {
    this.#keysRead += keys;
  }

  read(): { httpRequests: number; keysRead: number; perMethod: Record<string, number> } {
    return {
      httpRequests: this.#httpRequests,
      keysRead: this.#keysRead,
      perMethod: Object.fromEntries(this.#perMethod),
    };
  }

  reset(): void {
    this.#httpRequests = 0;
    this.#keysRead = 0;
    this.#perMethod.clear();
  }
}
