import { app } from 'electron';
import type { RuntimeInfo } from '#domain/settings.ts';
import { readUnofficialRuntime } from '#main/platform/runtime-marker.ts';
import { liveLockOf } from './live-lock.ts';

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
  const official = unofficial === undefined;
  const sandboxed = !app.commandLine.hasSwitch('no-sandbox');
  return {
    info: { appVersion: app.getVersion(), electron, chrome, node, official },
    liveLockedBecause: liveLockOf({ electron, official, sandboxed }),
    nativeBinding: unofficial?.nativeBinding ?? null,
  };
}
