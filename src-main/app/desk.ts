/** Puts the desk together: window, engine, signer and practice processes, tray, notifications. */
import path from 'node:path';
import { clipboard, nativeTheme, session, type BrowserWindow } from 'electron';
import type { GateSurroundings } from '#domain/gate-inputs.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import { PRACTICE_NETWORK } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { ShellSettings } from '#domain/shell-settings.ts';
import type { SignerState } from '#domain/signer-state.ts';
import { CHANNELS, type Desk, type DeskEvent } from '#ipc/contract.ts';
import { createEventPublisher, type EventPublisher } from '#main/ipc/event-publisher.ts';
import type { PracticeHandover } from '#main/ipc/engine-protocol.ts';
import { createActivityNotes, type ActivityNotes } from './activity-notes.ts';
import { serveApp } from './app-protocol.ts';
import { hostSigner, linkPractice, openMainWindow, practiceKeyFile } from './desk-children.ts';
import { openDeskDoor } from './desk-door.ts';
import { linkEngine } from './desk-engine.ts';
import { eventOfLink, parseDeepLink } from './deep-links.ts';
import { createDeskMirror } from './desk-mirror.ts';
import type { DeskParts } from './desk-parts.ts';
import { createDeskLoading } from './desk-services.ts';
import { createDeskSigns, type DeskActions, type DeskSigns } from './desk-signs.ts';
import { deskSurroundings } from './desk-surroundings.ts';
import type { DeskWindow } from './desk-window.ts';
import { createDiagnostics } from './diagnostics.ts';
import type { EngineLink, EngineOpened } from './engine-link.ts';
import { createHaltDesk, type HaltDesk } from './halt-desk.ts';
import { createHaltMarker } from './halt-marker.ts';
import { createKeyNotes } from './key-notes.ts';
import { createInboxCount, type InboxCount } from './inbox-count.ts';
import { setStartAtLogin } from './login-item.ts';
import { networkViews } from './network-views.ts';
import { watchForReturn } from './online-watch.ts';
import type { PracticeLink } from './practice-link.ts';
import { keepScreenshot } from './screenshots.ts';
import { visibleSettings } from './settings-service.ts';
import type { SignerHost } from './signer-host.ts';
import { createTimings, type Timings } from './timings.ts';
import { trayHostPresent } from './tray-host.ts';
import { applyZoom } from './window-place.ts';
import { guardSession } from './window-security.ts';

/** More than can be open at once: one for each vault. */
const OPERATIONS_LOADED = 200;
/** A window that has loaded the desk shows it by then. */
const SHOWN_AFTER_MS = 150;

export class OpenDesk {
  readonly #parts: DeskParts;
  readonly #mirror = createDeskMirror();
  readonly #loading: ReturnType<typeof createDeskLoading>;
  readonly #window: DeskWindow;
  readonly #publisher: EventPublisher;
  readonly #timings: Timings;
  readonly #activity: ActivityNotes;
  readonly #noteKeys: (state: SignerState) => void;
  readonly #halt: HaltDesk;
  readonly #inbox: InboxCount;
  readonly #signs: DeskSigns;
  readonly #engine: EngineLink;
  readonly #practice: PracticeLink;
  readonly #signer: SignerHost;
  readonly #diagnose: () => Promise<string>;
  readonly #undo: (() => void)[] = [];
  #closeDoor: () => Promise<void> = () => Promise.resolve();
  #engineNotices: readonly string[] = [];
  #engineState: 'starting' | 'running' | 'down' = 'starting';
  #engineError: KeelError | null = null;
  /** What a window that has not loaded the desk yet shall show. */
  #toShow: DeskEvent | null = null;
  #loadedWindow: BrowserWindow | null = null;
  #waitingLink: string | null = null;
  #shellSettings: ShellSettings;

  constructor(parts: DeskParts) {
    const { clock, logger } = parts;
    this.#parts = parts;
    this.#shellSettings = parts.settings.current().shell;
    this.#loading = createDeskLoading(clock);
    this.#window = openMainWindow(parts, () => this.#afterFirstPaint());
    this.#publisher = createEventPublisher(() => this.#window.current?.webContents ?? null);
    this.#timings = createTimings(parts.launchedAtMs, logger, () => this.#window.current);
    this.#activity = createActivityNotes(clock, (entry) => this.#engine.recordActivity(entry));
    this.#noteKeys = createKeyNotes(this.#activity.note);
    this.#halt = createHaltDesk({
      clock,
      logger,
      marker: createHaltMarker(path.join(parts.paths.userData, 'halt-all.json'), clock),
      askEngine: (source) => this.#engine.ask('trading.haltEngine', { source }),
      onPending: () => this.#haltChanged(),
      onAcknowledged: (halt) => this.#haltAcknowledged(halt),
    });
    this.#inbox = createInboxCount({
      clock,
      load: (request) => this.#engine.ask('alert.load', request),
      onChange: () => this.#signs.refresh(),
    });
    this.#signs = this.#createSigns();
    this.#engine = linkEngine(parts, {
      halt: this.#halt,
      signer: () => this.#signer,
      onOpened: (opened) => this.#engineOpened(opened),
      onEvent: (event, onWire) => this.#engineTold(event, onWire),
      onDown: (error) => this.#setEngine('down', error),
      onRefused: (error) => {
        this.#loading.refused(error);
        this.#setEngine('down', error);
      },
    });
    this.#diagnose = createDiagnostics({
      logger,
      launchedAtMs: parts.launchedAtMs,
      runtime: parts.runtime,
      paths: parts.paths,
      settings: () => parts.settings.current(),
      views: () => this.#mirror.views,
      around: () => this.#around(),
      engine: () => this.#engineState,
      loadAlerts: (request) => this.#engine.ask('alert.load', request),
    });
    this.#practice = linkPractice(parts, (handover) => this.#practiceReady(handover));
    this.#signer = hostSigner(parts, this.#window, (state) => this.#signerChanged(state));
  }

  /**
   * The window first; the processes behind it start while it paints.
   * @param hidden the tray alone, where there is one
   */
  open(hidden: boolean): void {
    const { settings, logger, screenshotFile, dist } = this.#parts;
    nativeTheme.themeSource = settings.current().theme;
    guardSession(session.defaultSession, logger, {
      devtools: this.#parts.devtools,
      copying: true,
    });
    serveApp(session.defaultSession, path.join(dist, 'renderer'));
    this.#closeDoor = this.#openDoor();
    if (hidden) void this.#openHidden();
    else this.#window.reveal();
    this.#engine.start();
    this.#signer.start();
    this.#practice.start();
    this.#undo.push(watchForReturn((cause) => this.#resume(cause)));
    // A Keel that has moved since would not be found any more.
    if (this.#shellSettings.startAtLogin) setStartAtLogin(true, logger);
    if (screenshotFile !== null) {
      this.#undo.push(keepScreenshot(screenshotFile, () => this.#window.current, logger));
    }
  }

  reveal(): void {
    this.#window.reveal();
  }

  /** Shows what a link from outside names, or why it names nothing; never does anything else. */
  openLink(text: string): void {
    const link = parseDeepLink(text);
    this.#parts.logger.info('link.followed', { kind: link.ok ? link.value.kind : 'refused' });
    // Before the engine has told its vaults nobody knows whether there is such a one.
    if (link.ok && this.#engineState === 'starting') {
      this.#waitingLink = text;
      this.#window.reveal();
      return;
    }
    const views = this.#mirror.views;
    this.#show(eventOfLink(link, (id) => views.some(({ vault }) => vault.id === id)));
  }

  /** The engine commits, then the practice network saves; afterwards the window may close. */
  async shutDown(): Promise<void> {
    this.#window.letGo();
    this.#halt.close();
    this.#signs.close();
    this.#undo.forEach((undo) => undo());
    await this.#closeDoor();
    await this.#engine.stop();
    await this.#signer.stop();
    await this.#practice.stop();
  }

  async #openHidden(): Promise<void> {
    const hasTray = await trayHostPresent(process.platform);
    this.#parts.logger.info('desk.hidden', { hasTray });
    if (hasTray) this.#signs.openTray();
    else this.#window.reveal();
  }

  #openDoor(): () => Promise<void> {
    return openDeskDoor(this.#parts, {
      window: this.#window,
      engine: this.#engine,
      practice: this.#practice,
      signer: this.#signer,
      halt: this.#halt,
      noteActivity: this.#activity.note,
      loadDesk: () => this.#loadDesk(),
      settingsChanged: (changed) => this.#settingsChanged(changed),
      publishExport: (progress) => this.#publish({ type: 'EXPORT_CHANGED', progress } as DeskEvent),
      openPracticeOperations: () =>
        this.#mirror.operations.filter(({ operation }) => operation.network === PRACTICE_NETWORK)
          .length,
      showTestNotification: () => this.#signs.showTest(),
      copyDiagnostics: () => this.#copyDiagnostics(),
    });
  }

  async #copyDiagnostics(): Promise<string> {
    const text = await this.#diagnose();
    await clipboard.writeText(text);
    return text;
  }

  async #loadDesk() {
    const { clock } = this.#parts;
    const askedMs = clock.monotonicMs();
    const desk = await this.#loading.load(() => this.#composeDesk());
    if (!desk.ok) return desk;
    this.#timings.deskLoaded(clock.monotonicMs() - askedMs, desk.value.views.length);
    // A window that opens while the engine is down has missed the event that said so.
    if (this.#engineState !== 'running') this.#publishEngineStatus();
    clock.schedule(SHOWN_AFTER_MS, () => this.#showWaiting());
    return desk;
  }

  #composeDesk(): Desk {
    const { settings } = this.#parts;
    return {
      views: this.#mirror.views,
      networks: this.#networks(),
      statuses: this.#mirror.statuses,
      exchanges: this.#mirror.exchanges,
      haltAll: this.#haltAll(),
      settings: visibleSettings(settings.current()),
      runtime: this.#parts.runtime.info,
      signer: this.#signer.state,
      notices: [...settings.notices, ...this.#engineNotices],
    } as Desk;
  }

  #networks() {
    const { settings, runtime } = this.#parts;
    return networkViews(settings.current().networks, runtime.liveLockedBecause);
  }

  /** What the trader pressed counts, whether the engine knows of it yet or not. */
  #haltAll(): HaltAll | null {
    return this.#mirror.haltAll ?? this.#halt.pending;
  }

  #around(): GateSurroundings {
    const { clock, settings } = this.#parts;
    return deskSurroundings(
      this.#mirror,
      settings.current(),
      this.#networks(),
      this.#haltAll(),
      clock.nowMs(),
    );
  }

  #haltChanged(): void {
    this.#publish({ type: 'HALT_ALL_CHANGED', haltAll: this.#haltAll() });
  }

  #haltAcknowledged(halt: HaltAll): void {
    const haltAll = this.#mirror.haltAll ?? halt;
    this.#mirror.apply({ type: 'HALT_ALL_CHANGED', haltAll });
    this.#haltChanged();
  }

  #settingsChanged(changed: VisibleSettings): void {
    const { logger } = this.#parts;
    nativeTheme.themeSource = changed.theme;
    applyZoom(this.#window.current, changed.desk.zoomPercent);
    this.#engine.updateSettings(changed);
    this.#signer.limitsChanged();
    logger.setLevel(changed.shell.logLevel);
    if (changed.shell.startAtLogin !== this.#shellSettings.startAtLogin) {
      setStartAtLogin(changed.shell.startAtLogin, logger);
    }
    this.#shellSettings = changed.shell;
    this.#publish({ type: 'SETTINGS_CHANGED', settings: changed });
  }

  #signerChanged(state: SignerState): void {
    const { status, lockCause } = state;
    if (status !== this.#mirror.signer.status) {
      this.#parts.logger.info('signer.status', { status, cause: lockCause });
    }
    this.#engine.updateSigner(state);
    this.#noteKeys(state);
    const event = { type: 'SIGNER_CHANGED', state } as DeskEvent;
    this.#mirror.apply(event);
    this.#publish(event);
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

  #engineOpened(opened: EngineOpened): void {
    this.#engineNotices = opened.notices;
    this.#mirror.replace(opened);
    this.#loading.opened();
    this.#setEngine('running', null);
    this.#halt.engineOpened();
    this.#activity.engineOpened();
    this.#inbox.engineOpened();
    void this.#loadOperations();
    const link = this.#waitingLink;
    this.#waitingLink = null;
    if (link !== null) this.openLink(link);
  }

  #engineTold(event: DeskEvent, onWire: unknown): void {
    this.#mirror.apply(event);
    // A halt that waits stands, whatever the engine says of the time before it was pressed.
    if (event.type === 'HALT_ALL_CHANGED' && this.#halt.pending !== null) this.#haltChanged();
    else this.#publisher.forward(onWire);
    this.#inbox.onEvent(event);
    this.#signs.onEvent(event);
  }

  /** Those that were open when the engine stopped; what changes afterwards is told by events. */
  async #loadOperations(): Promise<void> {
    const answer = await this.#engine.ask('capital.loadOperations', {
      vaultId: null,
      limit: OPERATIONS_LOADED,
      before: null,
    });
    if (!answer.ok) return;
    const page = CHANNELS['capital.loadOperations'].response.safeParse(answer.value);
    if (page.success) this.#mirror.takeOperations(page.data.operations);
    this.#signs.refresh();
  }

  #setEngine(state: 'running' | 'down', error: KeelError | null): void {
    this.#engineState = state;
    this.#engineError = error;
    this.#publishEngineStatus();
    this.#signs.refresh();
  }

  #publishEngineStatus(): void {
    this.#publisher.publish({
      type: 'ENGINE_STATUS',
      running: this.#engineState === 'running',
      error: this.#engineError,
    } as DeskEvent);
  }

  #afterFirstPaint(): void {
    this.#timings.firstPaint();
    this.#signs.openTray();
  }

  #practiceReady(handover: PracticeHandover): void {
    this.#engine.handOverPractice(handover);
    this.#signer.practiceReady(practiceKeyFile(this.#parts));
  }

  #resume(cause: 'wake' | 'online'): void {
    this.#parts.logger.info('desk.resumed', { cause });
    this.#engine.resume(cause);
  }

  /** Brings the window to the front and has it show something, at once or when it has loaded the desk. */
  #show(event: DeskEvent): void {
    const hears = this.#loadedWindow !== null && this.#loadedWindow === this.#window.current;
    this.#window.reveal();
    if (hears) this.#publish(event);
    else this.#toShow = event;
  }

  #showWaiting(): void {
    this.#loadedWindow = this.#window.current;
    if (this.#toShow !== null) this.#publish(this.#toShow);
    this.#toShow = null;
  }

  #actions(): DeskActions {
    return {
      openWindow: () => this.#window.reveal(),
      openVault: (vaultId) => this.#show({ type: 'OPEN_VAULT', vaultId }),
      openInbox: () => this.#show({ type: 'OPEN_INBOX' }),
      syncNow: () => void this.#engine.ask('vault.syncNow', { vaultId: null }),
      haltAll: () => void this.#halt.halt('tray'),
      acknowledge: (alerts) =>
        alerts.forEach((alertId) => void this.#engine.ask('alert.acknowledge', { alertId })),
      quit: () => this.#parts.quit(),
    };
  }

  #createSigns(): DeskSigns {
    const { clock, logger, settings, resources, printStatus } = this.#parts;
    return createDeskSigns({
      clock,
      logger,
      mirror: this.#mirror,
      settings: () => settings.current(),
      networks: () => this.#networks(),
      engine: () => this.#engineState,
      around: () => this.#around(),
      alerts: () => this.#inbox.count,
      desk: () => this.#visibility(),
      actions: this.#actions(),
      trayIcons: path.join(resources, 'tray'),
      print: printStatus,
    });
  }
}
