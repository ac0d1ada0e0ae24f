import type { KeelError } from '#domain/keel-error.ts';
import { err, type Result } from '#domain/result.ts';
import { engineFault, wordsOf } from '../engine-errors.ts';
import type { CapitalVenue, Logger } from '../ports.ts';
import { venueReplaced } from './capital-errors.ts';

/**
 * A venue whose bugs stay its own, and that leaves nobody waiting: a call that is under way when the venue is closed is
 * answered with a transient error, whatever becomes of it.
 */
export function guardedVenue(venue: CapitalVenue, logger: Logger): CapitalVenue {
  const pending = new Set<() => void>();
  function guard<Value>(
    call: string,
    work: () => Promise<Result<Value, KeelError>>,
  ): Promise<Result<Value, KeelError>> {
    return new Promise((resolve) => {
      const leave = (): void => resolve(err(venueReplaced()));
      pending.add(leave);
      // Begins at once, so that nothing happens between the leave and the act; within a promise, so that what throws before
      // the first wait is caught as well.
      void new Promise<Result<Value, KeelError>>((begin) => begin(work()))
        .then(resolve, (thrown: unknown) => {
          logger.error('venue.fault', { call, fault: wordsOf(thrown) });
          resolve(err(engineFault(`the venue’s ${call}`, thrown)));
        })
        .finally(() => pending.delete(leave));
    });
  }
  function silently(call: string, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      logger.error('venue.fault', { call, fault: wordsOf(thrown) });
    }
  }
  return {
    readFacts: (vault, settings) => guard('readFacts', () => venue.readFacts(vault, settings)),
    plan: (subject, facts, settings) => guard('plan', () => venue.plan(subject, facts, settings)),
    simulate: (subject, plan) => guard('simulate', () => venue.simulate(subject, plan)),
    approve: (subject, plan) => guard('approve', () => venue.approve(subject, plan)),
    withdrawApproval: (operation) =>
      silently('withdrawApproval', () => venue.withdrawApproval(operation)),
    build: (subject, plan) => guard('build', () => venue.build(subject, plan)),
    sign: (subject) => guard('sign', () => venue.sign(subject)),
    send: (transaction, mayLeave) => guard('send', () => venue.send(transaction, mayLeave)),
    readStatus: (transaction) => guard('readStatus', () => venue.readStatus(transaction)),
    judge: (subject, after) => guard('judge', () => venue.judge(subject, after)),
    close() {
      for (const leave of pending) leave();
      silently('close', () => venue.close());
    },
  };
}
