/** Starting Keel when the trader logs in: by the system itself, or on Linux by an autostart file. */
import { homedir } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import type { Logger } from '#main/engine/ports.ts';
import { HIDDEN_SWITCH, setAutostart } from './autostart-file.ts';
import { stackOf } from './fault-text.ts';

/** Makes it so; a desktop that refuses is logged, and Keel goes on. */
export function setStartAtLogin(wanted: boolean, logger: Logger): void {
  try {
    if (process.platform === 'linux') setAutostart(wanted, autostartFolder(), ownCommand());
    else app.setLoginItemSettings({ openAtLogin: wanted, args: [`--${HIDDEN_SWITCH}`] });
    logger.info('login-item.set', { wanted });
  } catch (fault) {
    logger.warn('login-item.failed', { wanted, fault: stackOf(fault) });
  }
}

/** Whether Keel was started to watch from the tray, without a window. */
export function startsHidden(): boolean {
  if (app.commandLine.hasSwitch(HIDDEN_SWITCH)) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** `$XDG_CONFIG_HOME/autostart`, or what stands for it. */
function autostartFolder(): string {
  const config = process.env['XDG_CONFIG_HOME'];
  return path.join(
    config === undefined || config === '' ? path.join(homedir(), '.config') : config,
    'autostart',
  );
}

/** How this very Keel was started: an AppImage by its file, one in development with the folder of the app. */
function ownCommand(): string[] {
  const profile = app.commandLine.getSwitchValue('user-data-dir');
  const program = process.env['APPIMAGE'] ?? process.execPath;
  return [
    program,
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...(profile === '' ? [] : [`--user-data-dir=${path.resolve(profile)}`]),
  ];
}
