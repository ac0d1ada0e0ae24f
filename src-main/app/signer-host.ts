/** The signer as the main process has it: its process, its window, its device secret, and when it is locked. */
import path from 'node:path';
import { dialog, safeStorage, type BrowserWindow } from 'electron';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import type { LockCause, SignerState } from '#domain/signer-state.ts';
import type { SigningLimits } from '#domain/signing.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import type { MainServices } from '#main/ipc/main-handlers.ts';
import { deviceSecret } from '#main/platform/device-secret.ts';
import type { AppPaths } from '#main/platform/paths.ts';
import { watchForLock } from './lock-watch.ts';
import { spawnSigner } from './process-spawns.ts';
import {
  createSignerLink,
  type DeviceSecretAct,
  type FileToPick,
  type SignerLink,
} from './signer-link.ts';
import { createSignerWindow, type SignerWindow } from './signer-window.ts';

export interface SignerHostParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly paths: AppPaths;
  readonly liveLockedBecause: string | null;
  readonly dist: string;
  readonly icon: string;
  readonly devtools: boolean;
  readonly loadAfterMs: number;
  settings(): Settings;
  deskWindow(): BrowserWindow | null;
  onState(state: SignerState): void;
}

export interface SignerHost {
  readonly state: SignerState;
  readonly services: MainServices['signer'];
  readonly ask: SignerLink['ask'];
  readonly withdrawReview: SignerLink['withdrawReview'];
  start(): void;
  /** The trader has changed the limits. */
  limitsChanged(): void;
  practiceReady(keyFile: string): void;
  stop(): Promise<void>;
}

export function createSignerHost(parts: SignerHostParts): SignerHost {
  const { clock } = parts;
  let practiceKeyFile: string | null = null;
  let stopWatching = (): void => undefined;

  const window = createSignerWindow({
    logger: parts.logger,
    preload: path.join(parts.dist, 'main', 'signer-preload.cjs'),
    icon: parts.icon,
    pages: path.join(parts.dist, 'signer-window'),
    devtools: parts.devtools,
    loadAfterMs: parts.loadAfterMs,
    parent: parts.deskWindow,
    connect: (opened, port) => link.connectWindow(opened, port),
  });

  const link = createSignerLink({
    clock,
    logger: parts.logger,
    spawn: (listener) => spawnSigner(parts.dist, parts.logger, listener),
    startMessage: () => ({
      type: 'start',
      keysFolder: parts.paths.keys,
      logDirectory: parts.paths.logs,
      limits: limitsOf(parts.settings()),
      liveLockedBecause: parts.liveLockedBecause,
      practiceKeyFile,
    }),
    onState: parts.onState,
    onWindowWanted: () => window.want(),
    // Told late, it must not close a window that was opened since: the trader unlocks there.
    onWindowDone: (number) => (number === null ? window.close() : window.closeDone(number)),
    pickFile: (file) => pickFile(file, window, parts.paths.userData),
    deviceSecret: (act) => secretOfDevice(parts.paths, act),
  });

  function lock(cause: LockCause): void {
    // First the lock, then the window: a review must end as locked, not as declined.
    link.lock(cause);
    window.close();
  }

  return {
    get state() {
      return link.state;
    },
    services: {
      openWindow: async (task) => window.open(task),
      lock: () => lock('request'),
      ask: (request) => link.ask(request),
    },
    ask: (request) => link.ask(request),
    withdrawReview: (operationId) => link.withdrawReview(operationId),
    start() {
      link.start();
      stopWatching = watchForLock({ clock, onLock: lock, onActive: () => link.activity() });
    },
    limitsChanged: () => link.updateLimits(limitsOf(parts.settings())),
    practiceReady(keyFile) {
      practiceKeyFile = keyFile;
      link.usePracticeKey(keyFile);
    },
    async stop() {
      stopWatching();
      window.close();
      await link.stop();
    },
  };
}

function limitsOf({ capital }: Settings): SigningLimits {
  const { confirmFrom, typeAmountFrom, maxPriorityFee, autoLockMs } = capital;
  return { confirmFrom, typeAmountFrom, maxPriorityFee, autoLockMs };
}

function secretOfDevice(paths: AppPaths, act: DeviceSecretAct): Result<Uint8Array, KeelError> {
  return deviceSecret(
    { store: safeStorage, platform: process.platform, file: paths.deviceSecret },
    act,
  );
}

/** The path alone: the signer opens the file itself. */
async function pickFile(
  { purpose, suggestedName }: FileToPick,
  { current }: SignerWindow,
  folder: string,
): Promise<string | null> {
  if (current === null) return null;
  if (purpose === 'import') {
    const { canceled, filePaths } = await dialog.showOpenDialog(current, {
      title: 'Choose a key file',
      properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }
  const { canceled, filePath } = await dialog.showSaveDialog(current, {
    title: 'Export the key to a file',
    defaultPath: path.join(path.dirname(folder), suggestedName),
    properties: [
      'showHiddenFiles',
      'createDirectory',
      'showOverwriteConfirmation',
      'dontAddToRecent',
    ],
  });
  return canceled || filePath === '' ? null : filePath;
}
