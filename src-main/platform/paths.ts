import { join } from 'node:path';

/** Where Keel keeps what it keeps, all of it below one folder of the user's. */
export interface AppPaths {
  readonly userData: string;
  readonly database: string;
  /** Folder of `settings.json`. */
  readonly settings: string;
  readonly logs: string;
  /** State of the practice network. */
  readonly practice: string;
  /** Folder of the signer's key files. */
  readonly keys: string;
  /** What the operating system's secret store has encrypted for the second wrap of the keys. */
  readonly deviceSecret: string;
  /** Folder of the database's backups. */
  readonly backups: string;
}

/** @param userData absolute path, for instance Electron's `app.getPath('userData')` */
export function appPaths(userData: string): AppPaths {
  return {
    userData,
    database: join(userData, 'database', 'keel.db'),
    settings: userData,
    logs: join(userData, 'logs'),
    practice: join(userData, 'practice'),
    keys: join(userData, 'keys'),
    deviceSecret: join(userData, 'device-secret'),
    backups: join(userData, 'database', 'backups'),
  };
}
