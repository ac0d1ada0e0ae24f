/** Puts the desk together: window, engine, signer and practice processes, tray, notifications. */
import path from 'node:path';
import { nativeTheme, session, shell } from 'electron';
import type { VaultId } from '#domain/ids.ts';
import type { HaltSource } from '#domain/halt-all.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { SignerState } from '#domain/signer-state.ts';
import { z } from 'zod';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import type { Desk, DeskEvent, RequestOf, ResponseOf } from '#ipc/contract.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import { createEventPublisher, type EventPublisher } from '#main/ipc/event-publisher.ts';
import { createMainHandlers } from '#main/ipc/main-handlers.ts';
import { registerChannels } from '#main/ipc/registrar.ts';
import type { AppPaths } from '#main/platform/paths.ts';
import type { SettingsFile } from '#main/platform/settings-file.ts';
import { serveApp } from './app-protocol.ts';
import { askToLoosen, askToRestore } from './ask-trader.ts';
import { createDeskLoading } from './desk-services.ts';
import { createDeskMirror } from './desk-mirror.ts';
import { createDeskSigns, type DeskSigns } from './desk-signs.ts';
import { createDeskWindow, type DeskWindow } from './desk-window.ts';
import { createEngineLink, type EngineLink, type EngineOpened } from './engine-link.ts';
import { explorerUrl } from './explorer.ts';
import { stackOf } from './fault-text.ts';
import { networkViews } from './network-views.ts';
import { watchForReturn } from './online-watch.ts';
import { createPracticeControl } from './practice-control.ts';
import { createPracticeLink, type PracticeLink } from './practice-link.ts';
import { spawnEngine, spawnPractice } from './process-spawns.ts';
import type { Runtime } from './runtime.ts';
import { keepScreenshot } from './screenshots.ts';
import { createRestoreGate } from './restore-gate.ts';
import { createSettingsGate } from './settings-gate.ts';
import { updateSettings, visibleSettings } from './settings-service.ts';
import { createSignerHost, type SignerHost } from './signer-host.ts';
import { createTimings, type Timings } from './timings.ts';
import type { TrayActions } from './tray.ts';
import { guardSession } from './window-security.ts';

const FAULT_RUN_RESTART_MS = 250;

export interface DeskParts {
  readonly clock: Clock;
  readonly logger: Logger;
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

export class OpenDesk {
  readonly #parts: DeskParts;
  readonly #mirror = createDeskMirror();
  readonly #loading: ReturnType<typeof createDeskLoading>;
  readonly #window: DeskWindow;
  readonly #publisher: EventPublisher;
  readonly #timings: Timings;
  readonly #signs: DeskSigns;
  readonly #engine: EngineLink;
  readonly #practice: PracticeLink;
  readonly #signer: SignerHost;
  readonly #undo: (() => void)[] = [];
  #engineNotices: readonly string[] = [];
  #engineRunning = false;
  #engineError: KeelError | null = null;

  constructor(parts: DeskParts) {
    const { clock, logger } = parts;
    this.#parts = parts;
    this.#loading = createDeskLoading(clock);
    this.#window = createDeskWindow({
      logger,
      preload: path.join(parts.dist, 'main', 'preload.cjs'),
      icon: path.join(parts.resources, 'icon.png'),
      devtools: parts.devtools,
      loadAfterMs: parts.loadAfterMs,
      onFirstPaint: () => this.#afterFirstPaint(),
      quit: parts.quit,
    });
    this.#publisher = createEventPublisher(() => this.#window.current?.webContents ?? null);
    this.#timings = createTimings(parts.launchedAtMs, logger, () => this.#window.current);
    this.#signs = createDeskSigns({
      clock,
      logger,
      mirror: this.#mirror,
      settings: () => parts.settings.current(),
      engineRunning: () => this.#engineRunning,
      desk: () => this.#visibility(),
      actions: this.#actions(),
      trayIcons: path.join(parts.resources, 'tray'),
      print: parts.printStatus,
    });
    this.#engine = this.#linkEngine();
    this.#practice = this.#linkPractice();
    this.#signer = this.#hostSigner();
  }

  /** The window first; the processes behind it start while it paints. */
  open(): void {
    const { settings, logger, screenshotFile, dist } = this.#parts;
    nativeTheme.themeSource = settings.current().theme;
    guardSession(session.defaultSession, logger, {
      devtools: this.#parts.devtools,
      copying: true,
    });
    serveApp(session.defaultSession, path.join(dist, 'renderer'));
    this.#undo.push(this.#register());
    this.#window.reveal();
    this.#engine.start();
    this.#signer.start();
    this.#practice.start();
    this.#undo.push(watchForReturn((cause) => this.#resume(cause)));
    if (screenshotFile !== null) {
      this.#undo.push(keepScreenshot(screenshotFile, () => this.#window.current, logger));
    }
  }

  reveal(): void {
    this.#window.reveal();
  }

  /** The engine commits, then the practice network saves; afterwards the window may close. */
  async shutDown(): Promise<void> {
    this.#window.letGo();
    this.#signs.close();
    this.#undo.forEach((undo) => undo());
    await this.#engine.stop();
    await this.#signer.stop();
    await this.#practice.stop();
  }

  #register(): () => void {
    const { logger, settings } = this.#parts;
    const practice = createPracticeControl(() => this.#practice.ready);
    const gate = createSettingsGate(askToLoosen(() => this.#window.current));
    const restoreBackup = createRestoreGate({
      problemOf: (name) => this.#problemOfBackup(name),
      ask: askToRestore(() => this.#window.current),
      restore: (name) => this.#engine.restore(name),
    });
    return registerChannels({
      handlers: createMainHandlers({
        loadDesk: () => this.#loadDesk(),
        updateSettings: (next) =>
          updateSettings(settings, gate, next, (changed) => this.#settingsChanged(changed)),
        practice,
        signer: this.#signer.services,
        openExplorer: (request) => this.#openExplorer(request),
        haltAll: (source) => this.#haltAll(source),
        testNotification: () => ({ supported: false }),
        copyDiagnostics: () => Promise.resolve(''),
        restoreBackup,
      }),
      forward: (channel, request) => this.#engine.ask(channel, request),
      ownWebContentsId: () => this.#window.current?.webContents.id ?? null,
      report: (channel, fault) => logger.error('request.fault', { channel, fault: stackOf(fault) }),
      onForbidden: (channel, sender) =>
        logger.error('request.forbidden', { channel, frameUrl: sender.frameUrl }),
    });
  }

  /** An engine that does not answer says nothing of the backup, which may be what brings it back. */
  async #problemOfBackup(name: string): Promise<KeelError | null> {
    const preview = await this.#engine.ask('backup.previewRestore', { name });
    return !preview.ok && preview.error.code === 'BACKUP_UNUSABLE' ? preview.error : null;
  }

  async #haltAll(source: HaltSource): Promise<Result<ResponseOf<'trading.haltAll'>, KeelError>> {
    const halted = await this.#engine.ask('trading.haltEngine', { source });
    if (!halted.ok) return halted;
    return ok({ ...(halted.value as ResponseOf<'trading.haltEngine'>), reachedEngine: true });
  }

  async #loadDesk() {
    const { clock } = this.#parts;
    const askedMs = clock.monotonicMs();
    const desk = await this.#loading.load(() => this.#composeDesk());
    if (!desk.ok) return desk;
    this.#timings.deskLoaded(clock.monotonicMs() - askedMs, desk.value.views.length);
    // A window that opens while the engine is down has missed the event that said so.
    if (!this.#engineRunning) this.#publishEngineStatus();
    return desk;
  }

  #composeDesk(): Desk {
    const { settings, runtime } = this.#parts;
    const { networks } = settings.current();
    return {
      views: this.#mirror.views,
      networks: networkViews(networks, runtime.liveLockedBecause),
      statuses: this.#mirror.statuses,
      exchanges: [],
      haltAll: null,
      settings: visibleSettings(settings.current()),
      runtime: runtime.info,
      signer: this.#signer.state,
      notices: [...settings.notices, ...this.#engineNotices],
    } as Desk;
  }

  #settingsChanged(changed: VisibleSettings): void {
    nativeTheme.themeSource = changed.theme;
    this.#engine.updateSettings(changed.sync, changed.capital, changed.watch);
    this.#signer.limitsChanged();
    this.#publish({ type: 'SETTINGS_CHANGED', settings: changed });
  }

  #signerChanged(state: SignerState): void {
    this.#engine.updateSigner(state);
    this.#publish({ type: 'SIGNER_CHANGED', state } as DeskEvent);
  }

  async #openExplorer({ network, signature }: RequestOf<'shell.openExplorer'>) {
    const url = explorerUrl(this.#parts.settings.current().networks, network, signature);
    if (!url.ok) return url;
    await shell.openExternal(url.value);
    return ok(null);
  }

  #visibility(): 'hidden' | 'visible' | 'focused' {
    const window = this.#window.current;
    if (window === null || !window.isVisible() || window.isMinimized()) return 'hidden';
    return window.isFocused() ? 'focused' : 'visible';
  }

  #publish(event: DeskEvent): void {
    this.#publisher.publish(event);
    this.#signs.onEvent(event);
  }

  #setEngine(running: boolean, error: KeelError | null): void {
    this.#engineRunning = running;
    this.#engineError = error;
    this.#publishEngineStatus();
    this.#signs.refresh();
  }

  #publishEngineStatus(): void {
    this.#publisher.publish({
      type: 'ENGINE_STATUS',
      running: this.#engineRunning,
      error: this.#engineError,
    } as DeskEvent);
  }

  #afterFirstPaint(): void {
    this.#timings.firstPaint();
    this.#signs.openTray();
  }

  #resume(cause: 'wake' | 'online'): void {
    this.#parts.logger.info('desk.resumed', { cause });
    this.#engine.resume(cause);
  }

  #actions(): TrayActions {
    return {
      openWindow: () => this.#window.reveal(),
      openVault: (vaultId: VaultId) => {
        this.#window.reveal();
        this.#publish({ type: 'OPEN_VAULT', vaultId });
      },
      syncNow: () => void this.#engine.ask('vault.syncNow', { vaultId: null }),
      quit: () => this.#parts.quit(),
    };
  }

  #linkEngine(): EngineLink {
    const { clock, logger, dist, paths, runtime, settings, loopReportEveryMs } = this.#parts;
    return createEngineLink({
      clock,
      logger,
      longestRestartDelayMs: this.#parts.crashFile === null ? null : FAULT_RUN_RESTART_MS,
      report: (channel, fault) => logger.error('answer.fault', { channel, fault: stackOf(fault) }),
      spawn: (listener) => spawnEngine(dist, logger, listener),
      startMessage: (revisionBase, restore) => ({
        type: 'start',
        dataDirectory: paths.userData,
        logDirectory: paths.logs,
        nativeBinding: runtime.nativeBinding,
        liveNetworks: settings.current().networks,
        liveLockedBecause: runtime.liveLockedBecause,
        sync: settings.current().sync,
        capital: z.encode(capitalSettingsSchema, settings.current().capital),
        watch: settings.current().watch,
        restore,
        crashFile: this.#parts.crashFile,
        revisionBase,
        loopReportEveryMs,
      }),
      onOpened: (opened) => this.#engineOpened(opened),
      onEvent: (event, onWire) => {
        this.#mirror.apply(event);
        this.#publisher.forward(onWire);
        this.#signs.onEvent(event);
      },
      onDown: (error) => this.#setEngine(false, error),
      onRefused: (error) => {
        this.#loading.refused(error);
        this.#setEngine(false, error);
      },
      onLoop: (maxMs) => logger.info('engine.loop', { maxMs }),
      askSigner: (request) => this.#signer.ask(request),
      withdrawReview: (operationId) => this.#signer.withdrawReview(operationId),
    });
  }

  #engineOpened(opened: EngineOpened): void {
    this.#engineNotices = opened.notices;
    this.#mirror.replace(opened.views, opened.statuses);
    this.#loading.opened();
    this.#setEngine(true, null);
  }

  #linkPractice(): PracticeLink {
    const { clock, logger, dist, paths } = this.#parts;
    return createPracticeLink({
      clock,
      logger,
      spawn: (port, listener) => spawnPractice(dist, paths.practice, port, logger, listener),
      onReady: (handover) => {
        this.#engine.handOverPractice(handover);
        this.#signer.practiceReady(path.join(paths.practice, 'starter-keypair.json'));
      },
    });
  }

  #hostSigner(): SignerHost {
    const { clock, logger, dist, paths, runtime, settings } = this.#parts;
    return createSignerHost({
      clock,
      logger,
      paths,
      dist,
      liveLockedBecause: runtime.liveLockedBecause,
      icon: path.join(this.#parts.resources, 'icon.png'),
      devtools: this.#parts.devtools,
      loadAfterMs: this.#parts.loadAfterMs,
      settings: () => settings.current(),
      deskWindow: () => this.#window.current,
      onState: (state) => this.#signerChanged(state),
    });
  }
}
