import type { LaunchedKeel } from './electron-app.ts';

/** From now on each native question of the main process is answered by itself with this button (0: the first). */
export function answerBox({ app }: LaunchedKeel, response: number): Promise<void> {
  return app.evaluate(({ dialog }, chosen) => {
    const asked: string[] = [];
    Reflect.set(globalThis, 'askedOfTrader', asked);
    dialog.showMessageBox = (async (_: unknown, box: { detail: string }) => {
      asked.push(box.detail);
      return { response: chosen, checkboxChecked: false };
    }) as never;
  }, response);
}

/** What was asked since the last `answerBox`. */
export function boxesShown({ app }: LaunchedKeel): Promise<readonly string[]> {
  return app.evaluate(() => Reflect.get(globalThis, 'askedOfTrader') as string[]);
}
