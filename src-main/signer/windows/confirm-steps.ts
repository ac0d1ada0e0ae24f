/** Asks the trader for one confirmation (C9), in the signer's own words. */
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Confirmation } from '#domain/signer-window.ts';
import type { Session } from '../session/session.ts';
import type { Dialog } from './dialog.ts';
import { ensureUnlocked } from './passphrase-steps.ts';
import { isSameAmount } from './typed-amount.ts';

/**
 * A press that was on its way when the question changed was meant for the one before. The window's own buttons are deaf
 * for longer, so nobody's press is lost.
 */
export const DEAF_MS = 400;

export type ConfirmAnswer = 'confirmed' | 'typed' | 'declined';

/** Throws DialogClosed, which counts as declined. Keys that are locked are unlocked first, and again before the answer counts. */
export async function confirm(
  dialog: Dialog,
  session: Session,
  confirmation: Confirmation,
  nowMs: () => number,
): Promise<ConfirmAnswer> {
  const { demand, title } = confirmation;
  const reason = `${title}: unlock the keys to decide.`;
  await ensureUnlocked(dialog, session, reason);
  const shownAtMs = nowMs();
  for (let error: KeelError | null = null; ;) {
    const screen = { kind: 'confirm', confirmation } as const;
    const act = await dialog.ask(screen, ['confirm', 'decline'], error);
    if (act.kind === 'decline') return 'declined';
    if (nowMs() - shownAtMs < DEAF_MS) continue;
    session.touch();
    if (demand.kind === 'type' && !isSameAmount(act.typed ?? '', demand.amount)) {
      error = otherAmount(demand);
      continue;
    }
    await ensureUnlocked(dialog, session, reason);
    return demand.kind === 'type' ? 'typed' : 'confirmed';
  }
}

function otherAmount({ amount, symbol }: { amount: string; symbol: string }): KeelError {
  return keelError(
    'INPUT_INVALID',
    'fix-input',
    `What was typed is not ${amount} ${symbol}.`,
    'Type the amount exactly as it is shown, or decline.',
  );
}
