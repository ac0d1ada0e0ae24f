/** The desk over a main side made up for it, on a clock that the test moves: what the tests of the window share. */
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { OperationView } from '#domain/capital-operation.ts';
import type { Desk as DeskData } from '#ipc/contract.ts';
import { Desk } from '#renderer/app/desk.tsx';
import { bridge } from '#renderer/bridge/window-bridge.ts';
import { INITIAL_ALERTS, useAlertStore } from '#renderer/stores/alert-store.ts';
import { startClock } from '#renderer/stores/clock-store.ts';
import { startDeskFeed } from '#renderer/stores/desk-feed.ts';
import { INITIAL_DESK, useDeskStore } from '#renderer/stores/desk-store.ts';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { INITIAL_OPERATIONS, useOperationStore } from '#renderer/stores/operation-store.ts';
import { useToastStore } from '#renderer/stores/toast-store.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import { createFakeKeel, type FakeKeel } from '#test/support/renderer-preview/fake-keel.ts';

export const NOW = 1_780_000_000_000;
const stops: (() => void)[] = [];

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** To be called once in a file: every test of it begins with empty stores at `NOW`. */
export function beginEachOnAnEmptyDesk(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    vi.stubGlobal('ResizeObserver', NoObserver);
    // jsdom lays nothing out; the virtual list asks how high its window is.
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(640);
    vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1_600);
    Element.prototype.hasPointerCapture ??= () => false;
    Element.prototype.scrollIntoView ??= () => undefined;
    Element.prototype.scrollTo ??= () => undefined;
    useVaultStore.setState({ views: new Map() });
    useDeskStore.setState(INITIAL_DESK, true);
    useOperationStore.setState(INITIAL_OPERATIONS, true);
    useAlertStore.setState(INITIAL_ALERTS, true);
    useToastStore.setState({ toasts: [] });
    useNavigationStore.setState({
      route: { kind: 'vaults' },
      past: [],
      future: [],
      cameFrom: null,
      dialog: null,
      practiceOpen: false,
    });
  });
  afterEach(() => {
    cleanup();
    for (const stop of stops.splice(0)) stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

export const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

export async function showDesk(main: FakeKeel): Promise<void> {
  vi.stubGlobal('keel', main.api);
  stops.push(startClock(), startDeskFeed(bridge));
  render(<Desk />);
  await wait(60);
}

export async function openDeskWith(
  desk: DeskData,
  operations: readonly OperationView[] = [],
): Promise<FakeKeel> {
  const fake = createFakeKeel(desk, NOW, operations);
  await showDesk(fake);
  return fake;
}

export async function click(testId: string): Promise<void> {
  fireEvent.click(screen.getByTestId(testId));
  await wait(60);
}

/** Colours and sizes need a layout that jsdom has not; the preview's screenshots stand for them. */
export async function expectAccessible(): Promise<void> {
  vi.useRealTimers();
  const results = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
  });
  expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
