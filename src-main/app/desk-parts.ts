import type { Clock } from '#main/engine/ports.ts';
import type { KeelLogger } from '#main/platform/logger.ts';
import type { AppPaths } from '#main/platform/paths.ts';
import type { SettingsFile } from '#main/platform/settings-file.ts';
import type { Runtime } from './runtime.ts';

/** What the desk is put together from. */
export interface DeskParts {
  readonly clock: Clock;
  readonly logger: KeelLogger;
  readonly paths: AppPaths;
  readonly settings: SettingsFile;
  readonly runtime: Runtime;
  /** Folder that the build wrote: `main/` and `renderer/` lie in it. */
  readonly dist: string;
  /** Folder of icons. */
  readonly resources: string;
  readonly devtools: boolean;
  readonly loadAfterMs: number;
  /** Milliseconds since the Unix epoch. */
  readonly launchedAtMs: number;
  readonly loopReportEveryMs: number;
  /** Prints a line per vault as it changes; null: nobody reads them. */
  readonly printStatus: ((line: string) => void) | null;
  /** Where to keep a picture of the window; null: nowhere. */
  readonly screenshotFile: string | null;
  /** For the fault runner: names the point at which the engine kills itself; null: nowhere. */
  readonly crashFile: string | null;
  quit(): void;
}
