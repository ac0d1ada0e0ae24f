/** What the card says at each step, and where it points. Pure: the same facts give the same words. */
import { formatAge, formatInteger, formatPercent } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { byId, inPage, nameOf, PLAIN, waysTo, type Coach, type CoachInput } from './coach.ts';
import { depositWords } from './deposit-words.ts';
import { failedReads, type TourStep } from './tour-steps.ts';

export const STEP_TITLES: Readonly<Record<TourStep, string>> = {
  see: 'See a vault',
  deposit: 'Deposit',
  break: 'Break the network',
  hold: 'Watch Keel hold',
  mend: 'Mend it',
  enable: 'Trade again',
  own: 'Add your own',
};

/** What the card says now. */
export function coachOf(input: CoachInput): Coach {
  const { step, facts } = input;
  if (facts.vault === null && step !== 'own') return NO_VAULT;
  switch (step) {
    case 'see':
      return see(input);
    case 'deposit':
      return depositWords(input);
    case 'break':
      return breakIt(input);
    case 'hold':
      return hold(input);
    case 'mend':
      return mend(input);
    case 'enable':
      return enable(input);
    case 'own':
      return own(input);
  }
}

const NO_VAULT: Coach = {
  ...PLAIN,
  text: 'There is no vault of the practice network in use, and the tour is about one.',
  todo: 'Add one with the practice trader’s public key, or pass over this step.',
  acts: [{ id: 'add-vault', label: 'Add a vault…' }],
};

function see({ facts, sync }: CoachInput): Coach {
  const { vault, health, inFront } = facts;
  if (!inFront) {
    return {
      ...PLAIN,
      text: `A vault is the money of one trading engine. “${nameOf(facts)}” is one on the practice network: a simulated Drift on this computer, with play money.`,
      todo: `Open ${nameOf(facts)}.`,
      acts: [{ id: 'open-vault', label: 'Open it' }],
      look: waysTo(facts),
    };
  }
  const verification = vault?.state.verification;
  const verified = verification?.kind === 'verified';
  const margin = vault?.state.observation?.snapshot.figures.healthBps;
  return {
    ...PLAIN,
    text: 'Three questions, answered at all times, here and on the Overview:',
    checks: [
      {
        text: verified
          ? `Right: two reads agree, at slot ${formatInteger(verification.slot)}.`
          : 'Right: not yet; two reads have to agree.',
        done: verified,
      },
      {
        text: `Fresh: what is older than ${formatAge(sync.staleAfterMs)} turns grey.`,
        done: health === 'fresh',
      },
      {
        text:
          margin === undefined
            ? 'Safe: the health is not known yet.'
            : `Safe: health ${formatPercent(margin)}. At 0 % Drift liquidates.`,
        done: margin !== undefined,
      },
    ],
    look: [inPage(TEST_IDS.syncState)],
  };
}

function breakIt({ facts, sync }: CoachInput): Coach {
  if (facts.broken === true) {
    return {
      ...PLAIN,
      text: `Nobody answers any more. Keel finds out with its next read, within ${formatAge(sync.heartbeatMs)}.`,
      look: ['[data-testid^="footer-network"]'],
    };
  }
  return {
    ...PLAIN,
    text: 'Now the bad night: the practice network stops answering, for real. No other network is touched, and leaving the tour mends it.',
    todo: 'Break it.',
    acts: [{ id: 'break', label: 'Break the network' }],
    look: ['[data-testid^="footer-network"]'],
  };
}

function hold({ facts, sync, isDone }: CoachInput): Coach {
  const { vault, health } = facts;
  const failed = vault === null ? 0 : failedReads(vault);
  const most = sync.maxRetries + 1;
  const halted = vault !== null && vault.state.halt !== null;
  const gaveUp = vault !== null && vault.state.failure !== null;
  return {
    ...PLAIN,
    text: isDone
      ? 'It held: nothing wrong was shown, and nothing can be traded on figures that nobody vouches for.'
      : 'There is nothing to do. Keel does this by itself, day and night:',
    checks: [
      { text: `Read again: ${Math.min(failed, most)} of ${most} tries have failed.`, done: gaveUp },
      { text: 'Figures turn grey and tell their age; never a zero.', done: health !== 'fresh' },
      { text: `Trading on ${nameOf(facts)} is stopped.`, done: halted },
      { text: 'An alert in the inbox, a notification, the tray icon.', done: facts.alerted },
    ],
    look: gaveUp
      ? [byId(TEST_IDS.syncErrorBanner), inPage(TEST_IDS.syncState), ...waysTo(facts)]
      : [inPage(TEST_IDS.syncState), ...waysTo(facts)],
  };
}

function mend({ facts, sync }: CoachInput): Coach {
  if (facts.broken !== false) {
    return {
      ...PLAIN,
      text: 'Mend the practice network. Keel takes up its reads by itself.',
      todo: 'Mend it.',
      acts: [{ id: 'mend', label: 'Mend the network' }],
      look: ['[data-testid^="footer-network"]'],
    };
  }
  return {
    ...PLAIN,
    text: `The network answers again. Keel tries every ${formatAge(sync.reconnectEveryMs)}, and believes no figure before it is verified.`,
    look: [inPage(TEST_IDS.syncState), ...waysTo(facts)],
  };
}

function enable({ facts, isDone }: CoachInput): Coach {
  if (isDone) {
    return { ...PLAIN, text: `Trading on ${nameOf(facts)} is enabled, by you and nobody else.` };
  }
  return {
    ...PLAIN,
    text: 'The figures are verified. Trading is still stopped: only you enable it, with the reason for the stop in view.',
    todo: `Enable trading on ${nameOf(facts)}.`,
    acts: [{ id: 'enable', label: 'Enable trading…' }],
    look: [
      `${byId(TEST_IDS.dialog)} ${byId(TEST_IDS.confirmEnableTrading)}`,
      inPage(TEST_IDS.enableTrading),
      ...waysTo(facts),
    ],
  };
}

function own({ facts, networks, isDone, dialog }: CoachInput): Coach {
  if (isDone) {
    return {
      ...PLAIN,
      text:
        facts.added === 1
          ? 'It is yours, and Keel watches it from now on.'
          : `${facts.added} are yours, and Keel watches them from now on.`,
    };
  }
  const locked = networks.filter(({ lockedBecause }) => lockedBecause !== null);
  return {
    ...PLAIN,
    text: 'Watch any sub-account by its public key alone, or add a key to move money too. Find lists all sub-accounts of a key; several can be added at once.',
    todo: 'Add a vault or a key. It can wait.',
    notes: locked.map(({ label, lockedBecause }) => `${label} is locked: ${lockedBecause ?? ''}`),
    acts: [
      { id: 'add-vault', label: 'Find sub-accounts…' },
      { id: 'watch-key', label: 'Watch a public key…' },
      { id: 'import-key', label: 'Import a key…' },
    ],
    look: dialog === 'create-vault' ? [byId(TEST_IDS.scanAuthority)] : [],
  };
}
