import type { CapitalSettings } from '#domain/capital-settings.ts';
import { formatAmount } from '#domain/decimal.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { QUOTE_DECIMALS, SOL_DECIMALS } from '#domain/units.ts';

/**
 * In words, which limits the change loosens, each with the figure before and after; empty: none. Tightening
 * needs nobody's word.
 */
export function loosenedLimits(before: CapitalSettings, after: CapitalSettings): readonly string[] {
  const lines: string[] = [];
  const tell = (loosened: boolean, what: string, from: string, to: string): void => {
    if (loosened) lines.push(`${what}: ${from} → ${to}`);
  };
  tell(
    after.confirmFrom > before.confirmFrom,
    'Ask for a confirmation from',
    usd(before.confirmFrom),
    usd(after.confirmFrom),
  );
  tell(
    after.typeAmountFrom > before.typeAmountFrom,
    'Ask for the typed amount from',
    usd(before.typeAmountFrom),
    usd(after.typeAmountFrom),
  );
  tell(
    before.dailyCap !== null && (after.dailyCap === null || after.dailyCap > before.dailyCap),
    'Most that may leave one vault in a day',
    capText(before.dailyCap),
    capText(after.dailyCap),
  );
  tell(
    after.maxPriorityFee > before.maxPriorityFee,
    'Highest priority fee of a transaction',
    sol(before.maxPriorityFee),
    sol(after.maxPriorityFee),
  );
  tell(
    after.minHealthAfterWithdrawal < before.minHealthAfterWithdrawal,
    'Health that a withdrawal must leave',
    String(before.minHealthAfterWithdrawal),
    String(after.minHealthAfterWithdrawal),
  );
  tell(
    after.autoLockMs > before.autoLockMs,
    'Lock the keys when idle for',
    minutes(before.autoLockMs),
    minutes(after.autoLockMs),
  );
  return lines;
}

/** Asks the trader outside the window; true: the trader agrees. */
export type AskTrader = (lines: readonly string[]) => Promise<boolean>;

export interface SettingsGate {
  /** Ok where nothing is loosened, or the trader agrees; otherwise `SETTINGS_INVALID`. */
  pass(before: CapitalSettings, after: CapitalSettings): Promise<Result<null, KeelError>>;
}

/**
 * Keeps the limits of capital operations from being loosened by the window alone: a forged message of it must not
 * raise them. One question at a time; a second one is refused at once, so that none hides behind another.
 */
export function createSettingsGate(ask: AskTrader): SettingsGate {
  let asking = false;
  return {
    async pass(before, after) {
      const lines = loosenedLimits(before, after);
      if (lines.length === 0) return ok(null);
      if (asking) return err(notChanged('another change of limits waits for your answer'));
      asking = true;
      try {
        return (await ask(lines)) ? ok(null) : err(notChanged('you kept the limits as they are'));
      } finally {
        asking = false;
      }
    },
  };
}

function notChanged(why: string): KeelError {
  return keelError(
    'SETTINGS_INVALID',
    'operator',
    `Settings not changed: ${why}.`,
    "Loosening a limit takes your word in Keel's own question outside the window.",
  );
}

const exact = (amount: bigint, decimals: number): string =>
  formatAmount(amount, decimals, { shownDecimals: decimals }).replace(/(\.\d\d\d*?)0+$/, '$1');
const usd = (amount: bigint): string => `${exact(amount, QUOTE_DECIMALS)} USD`;
const sol = (amount: bigint): string => `${exact(amount, SOL_DECIMALS)} SOL`;
const capText = (amount: bigint | null): string => (amount === null ? 'no cap' : usd(amount));
const minutes = (ms: number): string => `${Math.round(ms / 6_000) / 10} min`;
