import { app } from 'electron';
import type { RuntimeInfo } from '#domain/settings.ts';
import { readUnofficialRuntime } from '#main/platform/runtime-marker.ts';

export interface Runtime {
  readonly info: RuntimeInfo;
  /** In words, why live networks are locked in this runtime; null: they are open. */
  readonly liveLockedBecause: string | null;
  /** The database's native part for this runtime; null: the packaged one. */
  readonly nativeBinding: string | null;
}

/** Which Electron runs Keel, and what follows from it: the one place that decides. */
export function readRuntime(executable: string): Runtime {
  const unofficial = readUnofficialRuntime(executable);
  const { electron, chrome, node } = process.versions;
  return {
    info: { appVersion: app.getVersion(), electron, chrome, node, official: !unofficial },
    liveLockedBecause: unofficial
      ? `this is an unofficial build of Electron ${electron}: it serves practice and tests, never a live key.`
      : null,
    nativeBinding: unofficial?.nativeBinding ?? null,
  };
}
