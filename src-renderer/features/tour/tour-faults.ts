/** What the tour breaks, and mends: real faults of the practice network, and of no other. */
import type { PracticeFaults } from '#domain/practice.ts';
import type { RequestOf, ResponseOf } from '#ipc/contract.ts';
import {
  faultRequests,
  withFault,
  type FaultChange,
  type FaultsByNode,
} from '#renderer/features/practice-panel/fault-fields.ts';
import { command, request } from '#renderer/stores/commands.ts';

/** Nobody answers any more: connections are refused, and those that stand are cut. */
const TOUR_FAULTS = ['refuseConnections', 'closeSockets'] as const;

const breakMore: FaultChange = (faults) =>
  TOUR_FAULTS.reduce<PracticeFaults>((all, fault) => withFault(all, fault, true), faults);
const mendOwn: FaultChange = (faults) =>
  TOUR_FAULTS.reduce<PracticeFaults>((all, fault) => withFault(all, fault, false), faults);

/** The faults as they stand; null: the practice network does not say. */
export async function loadFaults(): Promise<FaultsByNode | null> {
  const answer = await request('practice.load', {});
  return answer.ok ? answer.value.faults : null;
}

const ALWAYS = 1;

/** Whether a node gives no answer that could be believed; one that is merely slow, or fails now and then, does. */
const isDead = (faults: PracticeFaults): boolean =>
  faults.refuseConnections === true ||
  faults.wrongGenesis === true ||
  [
    faults.serverErrorRate,
    faults.rateLimitRate,
    faults.timeoutRate,
    faults.truncateRate,
    faults.malformedRate,
  ].includes(ALWAYS);

/** Whether no node answers, whoever has seen to that. */
export const isBroken = ({ a, b }: FaultsByNode): boolean => isDead(a) && isDead(b);

/** Whether both nodes fail the way the tour makes them fail. */
export const areOfTour = ({ a, b }: FaultsByNode): boolean =>
  [a, b].every((faults) => TOUR_FAULTS.every((fault) => faults[fault] === true));

/** Both nodes stop answering. @returns whether they do; the failure has been shown */
export const breakBoth = (): Promise<boolean> => changeFaults(breakMore, loudly);

/** Takes back what the tour set, and nothing else. @returns whether it is taken back; nothing is shown */
export const mendBoth = (): Promise<boolean> => changeFaults(mendOwn, quietly);

/** Takes back everything, whoever set it. @returns whether it is taken back; the failure has been shown */
export const mendEverything = (): Promise<boolean> => changeFaults(() => ({}), loudly);

type Ask = <Name extends 'practice.load' | 'practice.setFaults'>(
  name: Name,
  input: RequestOf<Name>,
) => Promise<ResponseOf<Name> | null>;

const loudly: Ask = (name, input) =>
  command('The practice network could not be changed', name, input);
const quietly: Ask = async (name, input) => {
  const answer = await request(name, input);
  return answer.ok ? answer.value : null;
};

async function changeFaults(change: FaultChange, ask: Ask): Promise<boolean> {
  const status = await ask('practice.load', {});
  if (status === null) return false;
  for (const each of faultRequests(status.faults, 'both', change)) {
    if ((await ask('practice.setFaults', each)) === null) return false;
  }
  return true;
}
