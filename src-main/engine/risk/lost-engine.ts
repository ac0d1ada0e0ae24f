import type { Condition } from '#domain/alert.ts';
import type { UnixMs } from '#domain/units.ts';

/** What the process before this one came to, as its supervisor saw it. */
export interface LostEngine {
  /** When the first of them was lost that no engine has told of. */
  readonly atMs: UnixMs;
  /** How many were lost since. */
  readonly times: number;
}

/** For the inbox: otherwise nothing would say afterwards that nobody watched for a while. */
export function lostEngineNews({ atMs, times }: LostEngine, nowMs: UnixMs): Condition {
  const seconds = Math.max(1, Math.round((nowMs - atMs) / 1_000));
  const often = times > 1 ? ` ${times} times in a row` : '';
  return {
    key: 'engine',
    kind: 'engine',
    severity: 'warning',
    title: 'Keel’s engine stopped and was started again',
    text: `It stopped unexpectedly${often}: nothing was watched for ${seconds} s. No vault trades before it is verified anew, and open operations are taken up where they stood.`,
    advice:
      'Look whether every vault is verified again. If it happens often, report it with the log.',
    vaultId: null,
    network: null,
    operationId: null,
  };
}
