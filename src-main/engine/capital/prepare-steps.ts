/** From the request to the approved message. Nothing can have been sent yet: what cannot be done ends as denied. */
import { groupDigits } from '#domain/decimal.ts';
import type { Happening } from '#domain/advance-operation.ts';
import type { ApprovalKind, SimulatedChange } from '#domain/capital-operation.ts';
import { isTransient, type KeelError } from '#domain/keel-error.ts';
import { unixMs } from '#domain/units.ts';
import type { CapitalPlan, CapitalSubject } from '../ports.ts';
import { healthNotShown, healthTooLow } from './capital-errors.ts';
import { isFresh, lookAt, recheck, valueOfIntent, type Look } from './look.ts';
import { mayAsk, type OperationRun } from './operation-run.ts';
import { subjectOf } from './subject.ts';

/** Pauses before another try of what failed by a fault that passes. */
const RETRY_DELAYS_MS = [1_000, 2_000, 4_000, 8_000];
/** A network that is not there yet, and a database that cannot be read, are waited for. */
const NOT_THERE_RETRY_MS = 10_000;
/** The signer tells of its unlock; this is for the case that the word was lost. */
const SIGNER_POLL_MS = 30_000;
const SIGNER_GONE_RETRY_MS = 5_000;
/** For a plan made after the approval: longer than the slowest node takes from the look to the message. */
const STILL_BUILT_ON_MS = 60_000;

export async function validate(run: OperationRun): Promise<Happening | null> {
  const look = await freshLook(run);
  if (look === null || isHappening(look)) return look;
  const { intent } = run.operation;
  return {
    kind: 'validated',
    signerKey: look.facts.signerKey,
    value: valueOfIntent(intent, look.facts),
    cause: `All rules hold on the figures of slot ${groupDigits(look.facts.slot)}.`,
  };
}

/** Also of an operation whose plan was lost with the process, or is older than what may be built on. */
export async function plan(run: OperationRun): Promise<Happening | null> {
  const anew = run.operation.state !== 'validated';
  const look = await freshLook(run);
  if (look === null || isHappening(look)) return look;
  const subject = subjectOf(run.operation, run.ports.vaults);
  if (!subject.ok) return denied(subject.error);
  const planned = await run.act('plan', () =>
    look.venue.plan(subject.value, look.facts, run.ports.settings()),
  );
  if (!planned.ok) return await againOrDenied(run, planned.error);
  run.memory.plan = { look, plan: planned.value };
  const { expectation, signerKey } = planned.value;
  return {
    kind: 'planned',
    expectation,
    signerKey,
    value: valueOfIntent(run.operation.intent, look.facts),
    cause: anew
      ? `Planned anew, on the figures of slot ${groupDigits(look.facts.slot)}.`
      : planText(expectation.changes.length),
  };
}

const planText = (changes: number): string =>
  changes === 1 ? 'One balance must change.' : `${changes} balances must change.`;

export async function simulate(run: OperationRun): Promise<Happening | null> {
  const ready = preparedOf(run);
  if (ready === null) return await plan(run);
  const { look, plan: prepared, subject } = ready;
  const simulated = await run.act('simulate', () => look.venue.simulate(subject, prepared));
  if (!simulated.ok) {
    const { error } = simulated;
    if (error.code !== 'SIMULATION_FAILED') return await againOrDenied(run, error);
    return { kind: 'rejected', error, landedAtSlot: null, cause: error.message };
  }
  const problem = healthProblem(
    subject,
    simulated.value.after,
    run.ports.settings().minHealthAfterWithdrawal,
  );
  if (problem !== null) return denied(problem);
  return {
    kind: 'simulated',
    simulation: simulated.value,
    cause: `The node simulated it at slot ${groupDigits(simulated.value.slot)} without an error.`,
  };
}

/** Asks for the approval, and has the message built that the approval is committed with. */
export async function approve(run: OperationRun): Promise<Happening | null> {
  const ready = preparedOf(run);
  if (ready === null) return await plan(run);
  const { look, plan: prepared, subject } = ready;
  const { approval: before } = run.memory;
  const approval = before ?? (await askFor(run, ready));
  if (approval === null || typeof approval === 'object') return approval;
  run.memory.approval = approval;
  // The trader took a while, or the computer slept: what is signed is planned on figures of now, and simulated again.
  if (!isFresh(look, run.ports.deps.clock, before === null ? undefined : STILL_BUILT_ON_MS)) {
    run.memory.plan = null;
    return await plan(run);
  }
  const built = await run.act('build', () => look.venue.build(subject, prepared));
  if (!built.ok) return await againOrDenied(run, built.error);
  return {
    kind: 'approved',
    approval,
    transaction: built.value,
    cause: `${APPROVALS[approval]} Valid until block ${groupDigits(built.value.lastValidBlockHeight)}.`,
  };
}

async function askFor(
  run: OperationRun,
  { look, plan: prepared, subject }: Prepared,
): Promise<ApprovalKind | Happening | null> {
  const unlocksBefore = run.ports.unlocks();
  if (mayAsk(run, prepared.signerKey)) run.show({ kind: 'confirmation' });
  const answer = await run.act('approve', () => look.venue.approve(subject, prepared));
  if (!answer.ok) {
    // A venue that was replaced asks no more: its question would stand beside that of the new one.
    if (preparedOf(run) === null) look.venue.withdrawApproval(subject.operation.id);
    return await notApproved(run, answer.error, unlocksBefore);
  }
  run.show(null);
  return answer.value;
}

const APPROVALS = {
  'below-threshold': 'Approved: its value is below the limit from which the trader is asked.',
  confirmed: 'The trader confirmed it.',
  typed: 'The trader confirmed it by typing the amount.',
} as const;

async function notApproved(
  run: OperationRun,
  error: KeelError,
  unlocksBefore: number,
): Promise<Happening | null> {
  const { code } = error;
  if (code !== 'SIGNER_LOCKED' && code !== 'SIGNER_UNAVAILABLE') {
    return await againOrDenied(run, error);
  }
  // It was unlocked while the question was on its way.
  if (run.ports.unlocks() !== unlocksBefore) return null;
  const locked = code === 'SIGNER_LOCKED';
  const delayMs = locked ? SIGNER_POLL_MS : SIGNER_GONE_RETRY_MS;
  const nextAttemptAtMs = unixMs(run.ports.deps.clock.nowMs() + delayMs);
  const unlocked = await run.waitForSigner(
    delayMs,
    locked ? { kind: 'unlock' } : { kind: 'node', error, nextAttemptAtMs },
  );
  const look = run.memory.plan?.look;
  if (unlocked && look !== undefined && !isFresh(look, run.ports.deps.clock))
    run.memory.plan = null;
  return null;
}

interface Prepared {
  readonly look: Look;
  readonly plan: CapitalPlan;
  readonly subject: CapitalSubject;
}

/** Null where there is no plan, or one of a venue that was replaced: it must be made anew. */
function preparedOf(run: OperationRun): Prepared | null {
  const { plan: made } = run.memory;
  const { network, vaultType } = run.operation;
  const venue = run.ports.venues.of(network, vaultType);
  if (made === null || !venue.ok || venue.value !== made.look.venue) return null;
  const subject = subjectOf(run.operation, run.ports.vaults);
  return subject.ok ? { ...made, subject: subject.value } : null;
}

/** Facts that may be built on, with every rule checked on them; otherwise what follows instead. */
async function freshLook(run: OperationRun): Promise<Look | Happening | null> {
  const { network, vaultType } = run.operation;
  const venue = run.ports.venues.of(network, vaultType);
  if (!venue.ok) {
    await run.waitFor(venue.error, NOT_THERE_RETRY_MS);
    return null;
  }
  const known = run.memory.look;
  if (known !== null && known.venue === venue.value && isFresh(known, run.ports.deps.clock))
    return known;
  const subject = subjectOf(run.operation, run.ports.vaults);
  if (!subject.ok) return denied(subject.error);
  const look = await run.act('read-facts', () =>
    lookAt(venue.value, subject.value.vault, run.ports),
  );
  if (!look.ok) {
    if (look.error.code !== 'SIGNER_UNAVAILABLE') return await againOrDenied(run, look.error);
    // Which keys there are is not known while the signer starts: nothing is denied for the lack of one.
    await run.waitFor(look.error, SIGNER_GONE_RETRY_MS);
    return null;
  }
  const denial = recheck(subject.value, look.value.facts, run.ports);
  if (!denial.ok) {
    await run.waitFor(denial.error, NOT_THERE_RETRY_MS);
    return null;
  }
  if (denial.value !== null) return denied(denial.value);
  run.memory.look = look.value;
  run.show(null);
  return look.value;
}

function isHappening(found: Look | Happening): found is Happening {
  return 'kind' in found;
}

function denied(error: KeelError): Happening {
  return { kind: 'denied', error, cause: error.message };
}

/** Before the approval nothing can have been sent: when the retries are used up the operation ends. */
async function againOrDenied(run: OperationRun, error: KeelError): Promise<Happening | null> {
  const delayMs = RETRY_DELAYS_MS[run.memory.failures];
  if (!isTransient(error) || delayMs === undefined) return denied(error);
  run.memory.failures += 1;
  await run.waitFor(error, delayMs);
  return null;
}

/** Health after, by the node's own simulation: of the vault that capital leaves (C2). */
function healthProblem(
  { vault, operation }: CapitalSubject,
  after: SimulatedChange['after'],
  wanted: number,
): KeelError | null {
  if (operation.intent.kind !== 'withdraw' && operation.intent.kind !== 'transfer') return null;
  const left = after.find(({ vaultId }) => vaultId === vault.id);
  if (left === undefined) return healthNotShown(vault.name);
  const { health } = left.snapshot.figures;
  return health < wanted ? healthTooLow(health, wanted) : null;
}
