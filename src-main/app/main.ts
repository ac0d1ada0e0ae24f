/** The main process: windows, tray and the processes behind them. It never loads the venue's SDK. */
import path from 'node:path';
import { app, Menu } from 'electron';
import { createLogger } from '#main/platform/logger.ts';
import { appPaths } from '#main/platform/paths.ts';
import { openSettingsFile } from '#main/platform/settings-file.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { declareAppScheme } from './app-protocol.ts';
import { applicationMenu } from './application-menu.ts';
import { linkAmong } from './deep-links.ts';
import { OpenDesk } from './desk.ts';
import { watchEventLoop } from './event-loop-watch.ts';
import { stackOf } from './fault-text.ts';
import { startsHidden } from './login-item.ts';
import { takeLinks } from './link-intake.ts';
import { readRuntime } from './runtime.ts';
import { guardAllContents } from './window-security.ts';

const LOOP_REPORT_MS = 60_000;
const DRIVER_ATTACHES_WITHIN_MS = 400;
const SHORTEST_LOOP_REPORT_MS = 1_000;

const launchedAtMs = process.getCreationTime() ?? Date.now();
const clock = systemClock();

takeProfile();
// Before Electron is ready, or it makes a menu of its own.
Menu.setApplicationMenu(null);
declareAppScheme();
const links = takeLinks();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(startFailed);
else app.quit();

/** `--user-data-dir=DIR` gives a profile of its own. */
function takeProfile(): void {
  const folder = app.commandLine.getSwitchValue('user-data-dir');
  if (folder !== '') app.setPath('userData', path.resolve(folder));
}

function start(): void {
  const paths = appPaths(app.getPath('userData'));
  const logger = createLogger({ clock, source: 'main', folder: paths.logs, level: 'info' });
  process.on('uncaughtException', (fault) => logger.error('main.fault', { fault: stackOf(fault) }));
  process.on('unhandledRejection', (fault) =>
    logger.error('main.fault', { fault: stackOf(fault) }),
  );
  const settings = openSettingsFile({
    folder: paths.settings,
    appVersion: app.getVersion(),
    clock,
    logger,
  });
  logger.setLevel(settings.current().shell.logLevel);
  const runtime = readRuntime(process.execPath);
  logger.info('runtime', { ...runtime.info, liveLocked: runtime.liveLockedBecause !== null });

  const menu = applicationMenu(process.platform);
  if (menu !== null) Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  guardAllContents(logger);
  const loopReportEveryMs = loopReportMs(process.env['KEEL_LOOP_REPORT_MS']);
  const desk = new OpenDesk({
    clock,
    logger,
    paths,
    settings,
    runtime,
    dist: path.join(app.getAppPath(), 'dist'),
    resources: path.join(app.getAppPath(), 'resources'),
    devtools: !app.isPackaged,
    // A test driver that attaches in the middle of the first navigation never learns of the page.
    loadAfterMs: app.commandLine.hasSwitch('remote-debugging-port') ? DRIVER_ATTACHES_WITHIN_MS : 0,
    launchedAtMs,
    loopReportEveryMs,
    printStatus:
      process.env['KEEL_STATUS_LINES'] === '1'
        ? (line) => void process.stdout.write(`${line}\n`)
        : null,
    screenshotFile: process.env['KEEL_SCREENSHOT_FILE'] ?? null,
    crashFile: app.isPackaged ? null : (process.env['KEEL_CRASH_FILE'] ?? null),
    quit: () => app.quit(),
  });
  quitInOrder(desk);
  app.on('second-instance', (_, argv) => {
    const link = linkAmong(argv);
    if (link === null) desk.reveal();
    else desk.openLink(link);
  });
  app.on('activate', () => desk.reveal());
  // Without this Electron quits with its last window.
  app.on('window-all-closed', () => undefined);
  desk.open(startsHidden());
  links.handTo((link) => desk.openLink(link));
  watchEventLoop(loopReportEveryMs, (maxMs, spanMs, p99Ms) =>
    logger.info('main.loop', { maxMs, p99Ms, spanMs }),
  );
}

/** Without a desk there is no window to say it in. */
function startFailed(fault: unknown): void {
  process.stderr.write(`Keel could not start: ${stackOf(fault)}\n`);
  app.exit(1);
}

/** Quitting waits until the engine has committed and the practice network has saved. */
function quitInOrder(desk: OpenDesk): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void desk.shutDown().finally(() => {
      state = 'closed';
      app.quit();
    });
  });
}

function loopReportMs(text: string | undefined): number {
  const wanted = Number(text);
  return Number.isInteger(wanted) && wanted >= SHORTEST_LOOP_REPORT_MS ? wanted : LOOP_REPORT_MS;
}
