/** The card's words while a deposit is tried: with the practice trader's key, or on paper. Pure. */
import type { OperationView } from '#domain/capital-operation.ts';
import { wordsOfState } from '#renderer/features/operations/operation-words.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import {
  byId,
  inPage,
  nameOf,
  PLAIN,
  waysTo,
  type Coach,
  type CoachAct,
  type CoachInput,
} from './coach.ts';
import { isUnderWay, type TourFacts } from './tour-steps.ts';

/** Words of the deposit, from the key to the verified change. */
export function depositWords(input: CoachInput): Coach {
  const { facts, onPaper, dialog } = input;
  if (facts.deposit !== null && isUnderWay(facts.deposit))
    return depositGoes(facts.deposit, dialog);
  if (facts.deposit?.operation.state === 'verified') {
    const isPaper = facts.deposit.operation.vaultType === 'virtual';
    return {
      ...PLAIN,
      text: isPaper
        ? 'Verified: the ledger shows exactly the change that was asked for. It was paper: no key, no chain.'
        : 'Verified: Keel read the vault again, and it shows exactly the change that was expected.',
      look: [byId(TEST_IDS.operation)],
    };
  }
  const { text, todo, acts, look } =
    dialog === 'deposit' ? DEPOSIT_FORM : onPaper ? paperDeposit(facts) : keyDeposit(facts);
  if (facts.deposit === null) return { ...PLAIN, text, todo, acts, look };
  const { word } = wordsOfState(facts.deposit.operation.state);
  return {
    ...PLAIN,
    text: `The last one ended as “${word}”; its page says why. ${text}`,
    todo,
    acts,
    look,
  };
}

type DepositWords = Pick<Coach, 'text' | 'todo' | 'acts' | 'look'>;

const DEPOSIT_FORM: DepositWords = {
  text: 'Keel checks the amount against every limit before anything is built.',
  todo: 'Take 25, and press Deposit.',
  acts: [],
  look: [`${byId(TEST_IDS.dialog)} ${byId(TEST_IDS.dialogSubmit)}`],
};

function paperDeposit({ paper, key }: TourFacts): DepositWords {
  return {
    text: `“${paper?.vault.name ?? ''}” is a ledger on this computer. The steps are the same, but no key signs and no chain is asked.`,
    todo: 'Deposit 25 on paper.',
    acts: [
      { id: 'deposit-paper', label: 'Deposit on paper…' },
      ...(key === 'unavailable' ? [] : [{ id: 'use-key', label: 'Use a key' } as const]),
    ],
    look: [],
  };
}

function keyDeposit(facts: TourFacts): DepositWords {
  const instead: readonly CoachAct[] =
    facts.paper === null ? [] : [{ id: 'use-paper', label: 'On paper instead' }];
  switch (facts.key) {
    case 'absent':
      return {
        text: 'Nothing moves without a key. The practice trader’s key holds play money only. The signer keeps it, in a process and a window of its own.',
        todo: 'Take the key: choose a passphrase in the signer’s window.',
        acts: [{ id: 'take-key', label: 'Use the practice trader’s key…' }, ...instead],
        look: [byId(TEST_IDS.lockIndicator)],
      };
    case 'locked':
    case 'delegate-locked':
      return {
        text: 'The key is there, and locked. Keel watches without it; it only cannot sign.',
        todo: 'Unlock it in the signer’s window.',
        acts: [{ id: 'unlock', label: 'Unlock…' }, ...instead],
        look: [byId(TEST_IDS.lockIndicator)],
      };
    case 'unavailable':
      return {
        text: 'The signer cannot be used at this moment, and without it nothing can be signed.',
        todo: facts.paper === null ? null : 'Deposit on paper instead.',
        acts: instead,
        look: [byId(TEST_IDS.lockIndicator)],
      };
    case 'not-needed':
    case 'ready':
    case 'delegate':
      return {
        text: `The key is open. Deposit 25 USDC of play money from the trader’s wallet into ${nameOf(facts)}.`,
        todo: 'Press Deposit.',
        acts: [{ id: 'deposit', label: 'Deposit…' }],
        look: [inPage(TEST_IDS.capitalDeposit), ...waysTo(facts)],
      };
  }
}

function depositGoes({ operation, wait }: OperationView, dialog: CoachInput['dialog']): Coach {
  const { word } = wordsOfState(operation.state);
  const shown = dialog === 'operation';
  const base = {
    ...PLAIN,
    acts: shown ? [] : [{ id: 'watch-deposit', label: 'Watch its steps' } as const],
    look: [byId(TEST_IDS.operation)],
  };
  if (wait?.kind === 'unlock' || wait?.kind === 'confirmation') {
    return {
      ...base,
      text: 'The operation waits for you. Nothing is signed until then.',
      todo: 'Answer in the signer’s window.',
      acts: wait.kind === 'unlock' ? [{ id: 'unlock', label: 'Unlock…' }, ...base.acts] : base.acts,
    };
  }
  return {
    ...base,
    text: `${word}. Each step is on disk before the next is taken: a crash loses nothing, and nothing is sent twice.`,
  };
}
