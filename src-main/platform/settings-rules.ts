/** What must hold between two settings that are each within their own bounds. */
import type { Settings } from '#domain/settings.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';

interface Rule {
  /** Takes the fields of the rule from the defaults. */
  readonly mend: (settings: Settings) => Settings;
  /** In words what is wrong and what would be right; null: it holds. */
  readonly problem: (settings: Settings) => string | null;
  /** The defaults that are used instead. */
  readonly usual: string;
}

const { sync, watch } = DEFAULT_SETTINGS;
const NO_RISK_BPS = 10_000;

const RULES: readonly Rule[] = [
  {
    problem: ({ sync: { heartbeatMs, staleAfterMs } }) =>
      heartbeatMs < staleAfterMs
        ? null
        : `sync.heartbeatMs is ${heartbeatMs}, which is not below sync.staleAfterMs (${staleAfterMs}): ` +
          'every figure would be stale before it is read again',
    usual: `${sync.heartbeatMs} and ${sync.staleAfterMs}`,
    mend: (settings) => {
      const { heartbeatMs, staleAfterMs } = sync;
      return { ...settings, sync: { ...settings.sync, heartbeatMs, staleAfterMs } };
    },
  },
  {
    problem: ({ watch: { criticalHealthBps, warningHealthBps } }) =>
      criticalHealthBps < warningHealthBps
        ? null
        : `watch.criticalHealthBps is ${criticalHealthBps}, which is not below watch.warningHealthBps ` +
          `(${warningHealthBps}): the warning would come too late`,
    usual: `${watch.criticalHealthBps} and ${watch.warningHealthBps}`,
    mend: (settings) => {
      const { criticalHealthBps, warningHealthBps } = watch;
      return { ...settings, watch: { ...settings.watch, criticalHealthBps, warningHealthBps } };
    },
  },
  {
    problem: ({ watch: { warningHealthBps, hysteresisBps } }) =>
      warningHealthBps + hysteresisBps <= NO_RISK_BPS
        ? null
        : `watch.warningHealthBps is ${warningHealthBps}, which with watch.hysteresisBps ` +
          `(${hysteresisBps}) is above ${NO_RISK_BPS}: the warning could never clear`,
    usual: `${watch.warningHealthBps} and ${watch.hysteresisBps}`,
    mend: (settings) => {
      const { warningHealthBps, hysteresisBps, criticalHealthBps } = watch;
      const thresholds = { warningHealthBps, hysteresisBps, criticalHealthBps };
      return { ...settings, watch: { ...settings.watch, ...thresholds } };
    },
  },
];

/** Settings in which every rule holds; a sentence into `refused` for each that did not. */
export function settingsInOrder(settings: Settings, refused: string[]): Settings {
  return RULES.reduce((sound, { problem, usual, mend }) => {
    const words = problem(sound);
    if (words === null) return sound;
    refused.push(`${words}; ${usual} are used instead.`);
    return mend(sound);
  }, settings);
}
