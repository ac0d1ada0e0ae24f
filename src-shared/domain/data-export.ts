import type { Brand } from './brand.ts';
import type { VaultId } from './ids.ts';
import type { KeelError } from './keel-error.ts';
import type { UnixMs } from './units.ts';

export type ExportId = Brand<string, 'ExportId'>;
export const exportId = (value: string): ExportId => value as ExportId;

/** `history`: values of vaults over time. `funding`: each change of what a vault was paid or charged. */
export const EXPORT_SUBJECTS = ['history', 'operations', 'funding', 'activity', 'alerts'] as const;
export type ExportSubject = (typeof EXPORT_SUBJECTS)[number];

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportRequest {
  readonly subject: ExportSubject;
  readonly format: ExportFormat;
  /** Empty: all vaults, archived ones too. */
  readonly vaultIds: readonly VaultId[];
  readonly fromMs: UnixMs | null;
  readonly toMs: UnixMs | null;
}

export type ExportState =
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  /** No file is left behind. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: KeelError };

/** How far a file has come. The file takes its name only once it is whole. */
export interface ExportProgress {
  readonly id: ExportId;
  readonly subject: ExportSubject;
  readonly format: ExportFormat;
  /** Without its folder. */
  readonly fileName: string;
  readonly rows: number;
  /** Null: not counted yet. */
  readonly totalRows: number | null;
  readonly state: ExportState;
}
