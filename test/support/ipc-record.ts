/** Every message that passes the main process while the app runs, kept there as text from the moment of asking. */
import type { ElectronApplication } from 'playwright-core';

export interface IpcRecord {
  /** Each message with its route, oldest first. */
  all(): Promise<readonly string[]>;
  /** How many messages came by each route. */
  routes(): Promise<Readonly<Record<string, number>>>;
}

interface RecordingMain {
  keptMessages: string[];
}

/**
 * Routes: `ask` and `answer` between the desk and main, `send` to a window, `post` and `message` between main and its
 * processes. Events and answers of the engine pass through main, so its channel is among them.
 */
export async function recordIpc(app: ElectronApplication): Promise<IpcRecord> {
  await app.evaluate(({ ipcMain, webContents }) => {
    const kept: string[] = [];
    (globalThis as unknown as RecordingMain).keptMessages = kept;
    const keep = (route: string, value: unknown): void => {
      const text = JSON.stringify(value, (_, each: unknown) =>
        typeof each === 'bigint' ? each.toString() : each,
      );
      // What is sent as a text stands here as itself too: nothing in it is hidden by escapes.
      const texts = [value].flat().filter((each) => typeof each === 'string');
      kept.push([route, text, ...texts].join(' '));
    };

    type Answerer = (event: unknown, ...request: readonly unknown[]) => Promise<unknown>;
    const answerers = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, Answerer>;
    for (const [channel, answer] of answerers) {
      answerers.set(channel, async (event, ...request) => {
        keep('ask', [channel, ...request]);
        const answered = await answer(event, ...request);
        keep('answer', [channel, answered]);
        return answered;
      });
    }

    const wrap = (holder: object, method: string, route: string): void => {
      const original = Reflect.get(holder, method) as (...given: readonly unknown[]) => unknown;
      Reflect.set(holder, method, function (this: unknown, ...given: readonly unknown[]) {
        keep(route, given);
        return Reflect.apply(original, this, given);
      });
    };
    const [contents] = webContents.getAllWebContents();
    if (contents === undefined) throw new Error('No window to listen at');
    const kind = Object.getPrototypeOf(contents) as object;
    for (const method of ['send', 'postMessage']) wrap(kind, method, 'send');

    const { EventEmitter } = process.getBuiltinModule('node:events');
    const emit = Reflect.get(EventEmitter.prototype, 'emit');
    const wrapped = new WeakSet<object>();
    Reflect.set(
      EventEmitter.prototype,
      'emit',
      function (this: object, name: string, ...given: [unknown, ...unknown[]]) {
        const process = Object.getPrototypeOf(this) as { postMessage?: unknown } | null;
        if (name === 'message' && process !== null && typeof process.postMessage === 'function') {
          keep('message', given[0]);
          if (!wrapped.has(process)) wrap(process, 'postMessage', 'post');
          wrapped.add(process);
        }
        return Reflect.apply(emit, this, [name, ...given]) as unknown;
      },
    );
  });
  const all = () => app.evaluate(() => [...(globalThis as unknown as RecordingMain).keptMessages]);
  return {
    all,
    routes: async () => {
      const counts: Record<string, number> = {};
      for (const message of await all()) {
        const route = message.slice(0, message.indexOf(' '));
        counts[route] = (counts[route] ?? 0) + 1;
      }
      return counts;
    },
  };
}
