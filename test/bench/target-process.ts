/** A target's end of `runTarget`: the order comes as the one argument, the report goes to the parent. */

export function orderOf<Order>(): Order {
  return JSON.parse(process.argv[2] ?? 'null') as Order;
}

/** Reports and ends. */
export function report(value: unknown): void {
  process.send?.({ report: value }, () => process.exit(0));
}

/** Reports and stays until the parent says stop or is gone. */
export function reportAndStay(value: unknown, close: () => Promise<void>): void {
  const end = (): void => void close().finally(() => process.exit(0));
  process.once('message', end);
  process.once('disconnect', end);
  process.send?.({ report: value });
}
