import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALERT_SEVERITIES,
  alertId,
  type Alert,
  type AlertChange,
  type Condition,
} from '#domain/alert.ts';
import {
  acknowledgeAlert,
  type AlertStep,
  newsAlert,
  RETEXT_EVERY_MS,
  RETITLE_EVERY_MS,
  severityRank,
  stepAlert,
} from '#domain/step-alert.ts';
import { networkId, vaultId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';

const WARNING: Condition = {
  key: 'margin/v',
  kind: 'margin',
  severity: 'warning',
  title: 'The margin of Vault is low',
  text: 'Health 49.9 is below the warning limit of 50.',
  advice: 'Deposit collateral.',
  vaultId: vaultId('v'),
  network: networkId('practice'),
  operationId: null,
};
const CRITICAL: Condition = { ...WARNING, severity: 'critical' };
const NOW = unixMs(1_000_000);

const id = () => alertId('first');
const raise = (condition: Condition = WARNING): Alert => {
  const step = stepAlert(null, condition, NOW, id);
  if (step === null) throw new Error('not raised');
  return step.alert;
};
const later = (ms: number) => unixMs(NOW + ms);

describe('a step of an alert', () => {
  it('nothing raised and nothing the case: nothing', () => {
    expect(stepAlert(null, null, NOW, id)).toBeNull();
  });

  it('is raised whole, at one time, unacknowledged', () => {
    expect(stepAlert(null, WARNING, NOW, id)).toEqual({
      change: 'raised',
      alert: {
        ...WARNING,
        id: 'first',
        raisedAtMs: NOW,
        changedAtMs: NOW,
        clearedAtMs: null,
        acknowledgedAtMs: null,
      },
    });
  });

  it('the same condition again is no step', () => {
    expect(stepAlert(raise(), { ...WARNING }, later(3_600_000), id)).toBeNull();
  });

  it('growing worse takes the acknowledgement back', () => {
    const acknowledged = acknowledgeAlert(raise(), later(1))?.alert ?? null;
    expect(acknowledged?.acknowledgedAtMs).toBe(later(1));
    expect(stepAlert(acknowledged, CRITICAL, later(2), id)).toMatchObject({
      change: 'worse',
      alert: { id: 'first', severity: 'critical', acknowledgedAtMs: null, changedAtMs: later(2) },
    });
  });

  it('growing milder keeps the acknowledgement', () => {
    const acknowledged = acknowledgeAlert(raise(CRITICAL), later(1))?.alert ?? null;
    expect(stepAlert(acknowledged, WARNING, later(2), id)).toMatchObject({
      change: 'milder',
      alert: { severity: 'warning', acknowledgedAtMs: later(1) },
    });
  });

  it.each([
    ['the text', { text: 'Health 48.7 is below the warning limit of 50.' }, RETEXT_EVERY_MS],
    ['the advice', { advice: 'Wait.' }, RETEXT_EVERY_MS],
    ['the title', { title: 'The margin of Other is low' }, RETITLE_EVERY_MS],
  ])('%s is written anew at most every so often', (_what, change, everyMs) => {
    const reworded = { ...WARNING, ...change };
    expect(stepAlert(raise(), reworded, later(everyMs - 1), id)).toBeNull();
    expect(stepAlert(raise(), reworded, later(everyMs), id)).toMatchObject({
      change: 'reworded',
      alert: { ...change, id: 'first', changedAtMs: later(everyMs) },
    });
  });

  it('a clock that was set back neither holds a text for ever nor clears before the beginning', () => {
    const reworded = { ...WARNING, text: 'Health 48.7 is below the warning limit of 50.' };
    expect(stepAlert(raise(), reworded, later(-RETEXT_EVERY_MS), id)?.change).toBe('reworded');
    expect(stepAlert(raise(), null, later(-1), id)?.alert.clearedAtMs).toBe(NOW);
  });

  it('news is cleared as it is raised, and acknowledged once', () => {
    const { alert, change } = newsAlert(WARNING, NOW, id());
    expect({ change, ...alert }).toMatchObject({
      change: 'raised',
      raisedAtMs: NOW,
      clearedAtMs: NOW,
      acknowledgedAtMs: null,
    });
    const acknowledged = acknowledgeAlert(alert, later(5));
    expect(acknowledged).toMatchObject({
      change: 'acknowledged',
      alert: { clearedAtMs: NOW, acknowledgedAtMs: later(5) },
    });
    expect(
      acknowledged === null ? null : acknowledgeAlert(acknowledged.alert, later(9)),
    ).toBeNull();
  });
});

type Act = { kind: 'see'; severity: 0 | 1 | 2; text: string } | { kind: 'clear' } | { kind: 'ack' };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('see' as const),
    severity: fc.constantFrom(0 as const, 1 as const, 2 as const),
    text: fc.constantFrom('Health 1.', 'Health 2.', 'Other words.'),
  }),
  fc.record({ kind: fc.constant('clear' as const) }),
  fc.record({ kind: fc.constant('ack' as const) }),
);

interface Told {
  readonly alert: Alert;
  readonly change: AlertChange;
  readonly before: Alert | null;
}

/** Plays acts on one key as the engine does, and notes every step. */
function play(acts: readonly (readonly [Act, number])[]): Told[] {
  const told: Told[] = [];
  let raised: Alert | null = null;
  let nowMs: number = NOW;
  let ids = 0;
  for (const [{ kind, ...rest }, waitMs] of acts) {
    nowMs += waitMs;
    const before: Alert | null = raised;
    const seen = rest as { severity?: 0 | 1 | 2; text?: string };
    const condition: Condition = {
      ...WARNING,
      severity: ALERT_SEVERITIES[seen.severity ?? 0],
      text: seen.text ?? '',
    };
    const step: AlertStep | null =
      kind === 'ack'
        ? before && acknowledgeAlert(before, unixMs(nowMs))
        : stepAlert(before, kind === 'see' ? condition : null, unixMs(nowMs), () => {
            ids += 1;
            return alertId(`a${ids}`);
          });
    if (step === null) continue;
    told.push({ ...step, before });
    raised = step.alert.clearedAtMs === null ? step.alert : null;
  }
  return told;
}

describe('whatever happens to an alert', () => {
  const schedules = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 60_000 })), { maxLength: 60 });

  const holds = (property: (told: Told[]) => void): void =>
    fc.assert(
      fc.property(schedules, (acts) => property(play(acts))),
      { numRuns: 500 },
    );

  it('rings when it is raised and when it grows worse, and at no other time', () => {
    holds((told) => {
      for (const { alert, change, before } of told) {
        const grew =
          before === null || severityRank(alert.severity) > severityRank(before.severity);
        expect(change === 'raised' || change === 'worse').toBe(grew);
      }
    });
  });

  it('one is raised at a time; each that comes back has a new id', () => {
    holds((told) => {
      const seen = new Set<string>();
      for (const { alert, change, before } of told) {
        if (change === 'raised') {
          expect(before).toBeNull();
          expect(seen.has(alert.id)).toBe(false);
          seen.add(alert.id);
        } else {
          expect(alert.id).toBe(before?.id);
        }
      }
    });
  });

  it('an acknowledgement stays until it grows worse, and is given once', () => {
    holds((told) => {
      for (const { alert, change, before } of told) {
        if (change === 'acknowledged') expect(before?.acknowledgedAtMs).toBeNull();
        else if (change === 'raised' || change === 'worse') {
          expect(alert.acknowledgedAtMs).toBeNull();
        } else expect(alert.acknowledgedAtMs).toBe(before?.acknowledgedAtMs);
      }
    });
  });

  it('its times are in order, and a silent rewording is rare', () => {
    holds((told) => {
      for (const { alert, change, before } of told) {
        expect(alert.changedAtMs).toBeGreaterThanOrEqual(alert.raisedAtMs);
        expect(alert.clearedAtMs ?? alert.raisedAtMs).toBeGreaterThanOrEqual(alert.raisedAtMs);
        if (change !== 'reworded' || before === null) continue;
        expect(alert.changedAtMs - before.changedAtMs).toBeGreaterThanOrEqual(RETEXT_EVERY_MS);
      }
    });
  });
});
