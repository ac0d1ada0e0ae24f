/** What the window may ask of the main process, and who answers it. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { shell } from 'electron';
import type { ExportProgress } from '#domain/data-export.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { Desk, RequestOf } from '#ipc/contract.ts';
import type { Answer, EngineChannel } from '#main/ipc/handlers.ts';
import { createMainHandlers, type MainServices } from '#main/ipc/main-handlers.ts';
import { registerChannels } from '#main/ipc/registrar.ts';
import type { NoteActivity } from './activity-notes.ts';
import { askToLoosen, askToRestore } from './ask-trader.ts';
import { createDeskFiles, type DeskFiles } from './desk-files/desk-files.ts';
import type { DeskParts } from './desk-parts.ts';
import type { DeskWindow } from './desk-window.ts';
import { createEndpointDesk } from './endpoints/endpoint-desk.ts';
import type { EngineLink } from './engine-link.ts';
import { explorerUrl } from './explorer.ts';
import { stackOf } from './fault-text.ts';
import type { HaltDesk } from './halt-desk.ts';
import { notificationsServed } from './notification-server.ts';
import { createPracticeControl } from './practice-control.ts';
import type { PracticeLink } from './practice-link.ts';
import { createRestoreGate } from './restore-gate.ts';
import { createSettingsGate } from './settings-gate.ts';
import { settingsNote } from './settings-note.ts';
import { updateSettings, visibleSettings } from './settings-service.ts';
import type { SignerHost } from './signer-host.ts';
import { logWindowFaults } from './window-faults.ts';

export interface DeskDoorParts {
  readonly window: DeskWindow;
  readonly engine: EngineLink;
  readonly practice: PracticeLink;
  readonly signer: SignerHost;
  readonly halt: HaltDesk;
  readonly noteActivity: NoteActivity;
  loadDesk(): Promise<Result<Desk, KeelError>>;
  settingsChanged(changed: VisibleSettings): void;
  publishExport(progress: ExportProgress): void;
  /** Capital operations on the practice network that have not ended. */
  openPracticeOperations(): number;
  showTestNotification(): void;
  copyDiagnostics(): Promise<string>;
}

/** Opens the door; the returned function closes it, once no file is left half written. */
export function openDeskDoor(parts: DeskParts, door: DeskDoorParts): () => Promise<void> {
  const { logger } = parts;
  const { window } = door;
  const change = settingsChange(parts, door);
  const files = filesOf(parts, door, change);
  const close = registerChannels({
    handlers: createMainHandlers(servicesOf(parts, door, change, files)),
    forward: (channel, request) => forward(door, channel, request),
    ownWebContentsId: () => window.current?.webContents.id ?? null,
    report: (channel, fault) => logger.error('request.fault', { channel, fault: stackOf(fault) }),
    onForbidden: (channel, sender) =>
      logger.error('request.forbidden', { channel, frameUrl: sender.frameUrl }),
  });
  return async () => {
    close();
    await files.close();
  };
}

type SettingsChange = MainServices['updateSettings'];

/** One gate for every way in which settings change: of two questions none hides behind the other. */
function settingsChange({ settings }: DeskParts, door: DeskDoorParts): SettingsChange {
  const gate = createSettingsGate(askToLoosen(() => door.window.current));
  return async (next) => {
    const before = visibleSettings(settings.current());
    return await updateSettings(settings, gate, next, (changed) => {
      door.settingsChanged(changed);
      const note = settingsNote(before, changed);
      if (note !== null) door.noteActivity(note);
    });
  };
}

function filesOf(parts: DeskParts, door: DeskDoorParts, change: SettingsChange): DeskFiles {
  return createDeskFiles(parts, {
    ask: door.engine.ask,
    practice: door.practice,
    noteActivity: door.noteActivity,
    window: () => door.window.current,
    updateSettings: change,
    publishExport: (progress) => door.publishExport(progress),
    openPracticeOperations: () => door.openPracticeOperations(),
  });
}

function servicesOf(
  { settings, logger, clock }: DeskParts,
  door: DeskDoorParts,
  change: SettingsChange,
  files: DeskFiles,
): MainServices {
  const { engine, window, halt } = door;
  return {
    loadDesk: () => door.loadDesk(),
    updateSettings: change,
    practice: createPracticeControl(() => door.practice.ready),
    signer: door.signer.services,
    openExplorer: (request) => openExplorer(settings.current().networks, request),
    haltAll: (source) => halt.halt(source),
    testNotification: async () => {
      const supported = await notificationsServed(process.platform);
      door.showTestNotification();
      return { supported };
    },
    copyDiagnostics: () => door.copyDiagnostics(),
    reportRendererFault: logWindowFaults(logger, clock),
    endpoints: createEndpointDesk({
      settings,
      practice: () => door.practice.network,
      testEndpoint: (network, endpoint) => engine.testEndpoint(network, endpoint),
      networksChanged: (networks) => engine.updateNetworks(networks),
      noteActivity: door.noteActivity,
      newId: randomUUID,
    }),
    ...files,
    restoreBackup: createRestoreGate({
      problemOf: (name) => problemOfBackup(engine, name),
      ask: askToRestore(() => window.current),
      restore: (name) => restore(door, name),
      onRefused: (name, { message }) =>
        door.noteActivity({
          kind: 'data',
          tone: 'warning',
          title: `Backup ${name} not restored`,
          text: message,
        }),
    }),
  };
}

/** A halt that the engine has not taken yet cannot be lifted there: it is handed over first. */
async function forward(
  { engine, halt }: DeskDoorParts,
  channel: EngineChannel,
  request: unknown,
): Promise<Answer> {
  if (channel === 'trading.liftHaltAll') {
    const settled = await halt.settled();
    if (!settled.ok) return settled;
  }
  return engine.ask(channel, request);
}

/** It is told in the feed of the database that is used from now on. */
async function restore({ engine, noteActivity }: DeskDoorParts, name: string) {
  const restored = await engine.restore(name);
  if (restored.ok) {
    const { setAside } = restored.value;
    const text =
      setAside === '' ? '' : `The database that was in use is kept as ${path.basename(setAside)}.`;
    noteActivity({ kind: 'data', tone: 'warning', title: `Backup ${name} restored`, text });
  }
  return restored;
}

/** An engine that does not answer says nothing of the backup, which may be what brings it back. */
async function problemOfBackup(engine: EngineLink, name: string): Promise<KeelError | null> {
  const preview = await engine.ask('backup.previewRestore', { name });
  return !preview.ok && preview.error.code === 'BACKUP_UNUSABLE' ? preview.error : null;
}

async function openExplorer(
  networks: Parameters<typeof explorerUrl>[0],
  { network, signature }: RequestOf<'shell.openExplorer'>,
): Promise<Result<null, KeelError>> {
  const url = explorerUrl(networks, network, signature);
  if (!url.ok) return url;
  await shell.openExternal(url.value);
  return ok(null);
}
