/** Everything that the main side tells the window, kept in the window from the moment of asking. */
import type { Page } from 'playwright-core';

export interface DeskEventOnWire {
  readonly type: string;
  readonly vaultId?: string;
  readonly vaultName?: string;
  readonly attempts?: number;
  readonly progress?: { readonly id: string; readonly state: { readonly kind: string } };
  readonly error?: { readonly code: string; readonly message: string; readonly advice: string };
  readonly view?: {
    readonly vault: { readonly id: string; readonly name: string };
    readonly state: { readonly failure: unknown; readonly halt: unknown };
    readonly phase: { readonly kind: string };
  };
}

export interface DeskEvents {
  /** All so far, oldest first. */
  all(): Promise<readonly DeskEventOnWire[]>;
  ofType(type: string): Promise<readonly DeskEventOnWire[]>;
}

interface RecordingWindow {
  readonly keel: { onEvents(listener: (batch: string) => void): () => void };
  recordedEvents?: unknown[];
  stopRecording?: () => void;
}

/** Begins anew: events of before are forgotten. */
export async function recordDeskEvents(page: Page): Promise<DeskEvents> {
  await page.evaluate(() => {
    const target = globalThis as unknown as RecordingWindow;
    target.stopRecording?.();
    const recorded: unknown[] = [];
    target.recordedEvents = recorded;
    target.stopRecording = target.keel.onEvents((batch) =>
      recorded.push(...(JSON.parse(batch) as unknown[])),
    );
  });
  const all = () =>
    page.evaluate(
      () => (globalThis as unknown as RecordingWindow).recordedEvents as DeskEventOnWire[],
    );
  return { all, ofType: async (type) => (await all()).filter((event) => event.type === type) };
}
