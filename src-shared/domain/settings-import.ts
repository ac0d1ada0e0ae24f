/** One value that an imported file would change. No network and no endpoint is in such a file. */
export interface SettingChange {
  /** For instance `sync.maxRetries`. */
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** What a file would do, before it does. */
export interface SettingsImportPreview {
  /** Stands for the file as it was read. */
  readonly token: string;
  readonly fileName: string;
  readonly changes: readonly SettingChange[];
  /** One sentence for each value that is refused. */
  readonly refused: readonly string[];
}
