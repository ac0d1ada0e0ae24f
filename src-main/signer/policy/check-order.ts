/** Whether the instructions together are what the operation needs: nothing missing, nothing twice, nothing more. */
import type { KeelError } from '#domain/keel-error.ts';
import type { CheckedInstruction } from './check-instruction.ts';
import { ruleOf, type RuleId } from './instruction-rules.ts';
import { ANYWHERE, type PlanStep } from './plans.ts';
import { refused } from './refusal.ts';

/** Null where they follow the plan. */
export function checkOrder(
  instructions: readonly CheckedInstruction[],
  plan: readonly PlanStep[],
): KeelError | null {
  const free = ANYWHERE.flatMap((step) => step.oneOf);
  for (const step of ANYWHERE) {
    const problem = countProblem(instructions, step);
    if (problem !== null) return problem;
  }
  let next = 0;
  for (const [index, { rule }] of instructions.entries()) {
    if (free.includes(rule)) continue;
    while (plan[next]?.oneOf.includes(rule) === false && plan[next]?.optional === true) next += 1;
    if (plan[next]?.oneOf.includes(rule) !== true) return misplaced(index + 1, rule, plan[next]);
    next += 1;
  }
  const missing = plan.slice(next).find((step) => !step.optional);
  return missing ? refused('order', `The message lacks the ${nameOf(missing)}.`) : null;
}

function countProblem(
  instructions: readonly CheckedInstruction[],
  step: PlanStep,
): KeelError | null {
  const count = instructions.filter(({ rule }) => step.oneOf.includes(rule)).length;
  const rule = step.oneOf.includes('memo') ? 'memo' : 'order';
  if (count > 1) return refused(rule, `The message has the ${nameOf(step)} ${count} times.`);
  return count === 0 && !step.optional
    ? refused(rule, `The message lacks the ${nameOf(step)}.`)
    : null;
}

function misplaced(number: number, rule: RuleId, expected: PlanStep | undefined): KeelError {
  const wanted = expected ? `the ${nameOf(expected)}` : 'the end';
  return refused(
    'order',
    `Instruction ${number} is the ${ruleOf(rule).name} where the operation has ${wanted}.`,
  );
}

function nameOf(step: PlanStep): string {
  const [first] = step.oneOf;
  return first === undefined ? 'end' : ruleOf(first).name;
}
