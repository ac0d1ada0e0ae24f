/**
 * Alerts: what the trader is told of, and what the inbox keeps. An alert stands for one condition under one key;
 * at most one alert of a key is raised at a time. Invariants: an alert rings when it is raised and when it grows
 * worse, and at no other time; it is acknowledged once, and growing worse takes that back; a cleared one never changes
 * again, save that it may still be acknowledged.
 */
import type { Brand } from './brand.ts';
import type { NetworkId, OperationId, VaultId } from './ids.ts';
import type { UnixMs } from './units.ts';

export type AlertId = Brand<string, 'AlertId'>;
export const alertId = (value: string): AlertId => value as AlertId;

export const ALERT_KINDS = [
  /** Health below a threshold (M1). */
  'margin',
  /** Figures too old to judge the margin by. */
  'margin-unknown',
  /** `VAULT_SYNC_ERROR`: the figures cannot be vouched for (S5). */
  'sync',
  /** The venue forbids something (M2). */
  'exchange',
  /** An endpoint or the whole line (M3). */
  'node',
  /** The outcome of a capital operation (C6). */
  'operation',
  /** The trader halted everything (M4). */
  'halt',
  /** The engine process was lost and came back. */
  'engine',
] as const;

export type AlertKind = (typeof ALERT_KINDS)[number];

/** Ascending. `critical` rings in quiet hours too. */
export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** What is the case now, as a watch sees it. */
export interface Condition {
  /** Identity of the condition, for instance `margin/<vault>`. */
  readonly key: string;
  readonly kind: AlertKind;
  readonly severity: AlertSeverity;
  readonly title: string;
  /** What happened, with the figures. */
  readonly text: string;
  /** What to do now. */
  readonly advice: string;
  readonly vaultId: VaultId | null;
  readonly network: NetworkId | null;
  readonly operationId: OperationId | null;
}

export interface Alert extends Condition {
  readonly id: AlertId;
  readonly raisedAtMs: UnixMs;
  /** Last change of severity or text. */
  readonly changedAtMs: UnixMs;
  /** Null while the condition lasts; equal to `raisedAtMs` for news that was never a lasting condition. */
  readonly clearedAtMs: UnixMs | null;
  readonly acknowledgedAtMs: UnixMs | null;
}

/** Why an alert was told: only `raised` and `worse` ring, `cleared` where the trader was rung for it. */
export type AlertChange = 'raised' | 'worse' | 'milder' | 'reworded' | 'acknowledged' | 'cleared';

/** One alert as the desk sees it: always whole, ordered by revision. */
export interface AlertView {
  readonly alert: Alert;
  readonly revision: number;
}
