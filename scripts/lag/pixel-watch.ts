/** Stands in the window and tells when a figure or a mark was on screen, by the clock of the computer. */
import type { Page } from 'playwright-core';
import { TEST_IDS, vaultRowTestId } from '#renderer/ui/test-ids.ts';

/** What is waited for in one vault's row. */
export type Wanted =
  | { readonly kind: 'figure'; readonly from: bigint; readonly to: bigint }
  /** The sync mark says anything but “fresh”. */
  | { readonly kind: 'not-fresh' };

/** What of the page's own world is used here: Node's types do not know it. */
interface PixelWatchWindow {
  keelPixelWatch?: (row: string, test: PixelTest) => Promise<number>;
  readonly document: {
    readonly body: unknown;
    querySelector(selector: string): { getAttribute(name: string): string | null } | null;
  };
  readonly MutationObserver: new (look: () => void) => {
    observe(target: unknown, options: object): void;
    disconnect(): void;
  };
  requestAnimationFrame(callback: () => void): void;
}

interface PixelTest {
  readonly testId: string;
  readonly attribute: string;
  readonly from?: string;
  readonly to?: string;
  readonly not?: string;
}

/**
 * A MutationObserver looks at each change of the document; where the wanted value is in it, the time is taken in the
 * task that follows the next animation frame: the frame that holds the value has then been handed to the screen.
 */
export async function installPixelWatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const world = globalThis as unknown as PixelWatchWindow;
    const holds = (row: string, test: PixelTest): boolean => {
      const cell = world.document.querySelector(
        `[data-testid="${row}"] [data-testid="${test.testId}"]`,
      );
      const value = cell?.getAttribute(test.attribute);
      if (value === null || value === undefined) return false;
      if (test.not !== undefined) return value !== test.not;
      const units = BigInt(value);
      return units >= BigInt(test.from ?? '0') && units <= BigInt(test.to ?? '0');
    };
    world.keelPixelWatch = (row, test) =>
      new Promise((resolve) => {
        let seen = false;
        const look = (): void => {
          if (seen || !holds(row, test)) return;
          seen = true;
          observer.disconnect();
          world.requestAnimationFrame(() => setTimeout(() => resolve(Date.now()), 0));
        };
        const observer = new world.MutationObserver(look);
        observer.observe(world.document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
        look();
      });
  });
}

/** Resolves with the time (Unix ms) at which it was on screen. */
export function whenOnScreen(page: Page, vaultId: string, wanted: Wanted): Promise<number> {
  const test: PixelTest =
    wanted.kind === 'not-fresh'
      ? { testId: TEST_IDS.syncState, attribute: 'data-health', not: 'fresh' }
      : {
          testId: TEST_IDS.balanceUsdc,
          attribute: 'data-units',
          from: wanted.from.toString(),
          to: wanted.to.toString(),
        };
  return page.evaluate(
    ([row, one]) => {
      const watch = (globalThis as unknown as PixelWatchWindow).keelPixelWatch;
      if (watch === undefined) throw new Error('No pixel watch in this window');
      return watch(row, one);
    },
    [vaultRowTestId(vaultId), test] as const,
  );
}
