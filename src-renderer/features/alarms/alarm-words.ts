import { assertNever } from '#domain/assert-never.ts';
import type { Alarm } from '#renderer/stores/alarms.ts';
import { figuresAtMs } from '#renderer/features/vault-table/columns.ts';
import { nameSome } from '#renderer/features/totals/totals-strip.tsx';

export interface AlarmWords {
  readonly tone: 'bad' | 'warn';
  readonly title: string;
  readonly cause: string;
  readonly advice: string;
}

/** What a banner says: whom it concerns, the cause, and what to do. Without its label a network goes by its id. */
export function alarmWords(alarm: Alarm, networkLabel?: string): AlarmWords {
  const who = nameSome(alarm.views.map(({ vault }) => vault.name));
  const many = alarm.views.length > 1;
  const cause = alarm.error?.message ?? '';
  const advice = alarm.error?.advice ?? '';
  switch (alarm.kind) {
    case 'engine':
      return { tone: 'bad', title: "Keel's engine is not running", cause, advice };
    case 'failing':
      return {
        tone: 'bad',
        title: `${many ? 'Vaults' : 'Vault'} ${who} cannot be synced. Trading is halted.`,
        cause,
        advice,
      };
    case 'discrepant':
      return {
        tone: 'bad',
        title: `${who}: two reads of the chain disagree. Trading is halted.`,
        cause,
        advice,
      };
    case 'network':
      return networkWords(alarm, networkLabel);
    case 'stale':
      return {
        tone: 'warn',
        title: `The figures of ${who} are not up to date. Trading is blocked.`,
        cause: 'No verified read has arrived in time.',
        advice: 'Sync now, or wait for the next read.',
      };
    case 'halted':
      return {
        tone: 'warn',
        title: `Trading is halted on ${who}`,
        // The cause is over: in the present tense it would contradict the line that works again.
        cause: `It was halted by this: ${cause}`,
        advice:
          'The figures are verified again; enable trading on the vault page when you are ready.',
      };
    default:
      return assertNever(alarm.kind, 'alarm');
  }
}

function networkWords({ status }: Alarm, label?: string): AlarmWords {
  const where = status === null ? 'The endpoint' : `The endpoint “${status.endpointLabel}”`;
  const network = label ?? status?.network ?? 'the network';
  return status?.connection === 'wrong-cluster'
    ? {
        tone: 'bad',
        title: `${where} belongs to another network than ${network}`,
        cause: 'Its genesis hash is not the one configured.',
        advice: 'Nothing is read from it. Correct the endpoint in the settings file.',
      }
    : {
        tone: 'warn',
        title: `No connection to ${network}. Trading on chain is blocked.`,
        cause: `${where} gives no usable answer.`,
        advice: 'Keel tries the endpoints in turn; vaults are verified before anything resumes.',
      };
}

/** The oldest figures that the alarm's vaults show; null where none of them has figures. */
export function oldestFiguresAtMs(alarm: Alarm): number | null {
  const times = alarm.views.map(figuresAtMs).filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}
