import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** Takes the keyboard to the tour's card; from within it, back to the screen. */
export function focusTour(): void {
  const card = document.querySelector<HTMLElement>(`[data-testid="${TEST_IDS.tour}"]`);
  if (card === null) return;
  const screen = document.querySelector<HTMLElement>('.desk-screen');
  if (card.contains(document.activeElement)) screen?.focus();
  else card.focus();
}
