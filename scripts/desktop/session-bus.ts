/** A D-Bus session of its own: notifications, tray and secret store under test talk to nobody else. */
import { spawn } from 'node:child_process';
import { firstLineFrom, stopChild } from './virtual-display.ts';

export type SessionBus = {
  /** As in $DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string;
  readonly stop: () => Promise<void>;
};

/** Starts dbus-daemon. It ends with `stop`, and with this process at the latest. */
export async function startSessionBus(): Promise<SessionBus> {
  const child = spawn(
    'dbus-daemon',
    ['--session', '--nofork', '--nopidfile', '--print-address=3'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const address = await firstLineFrom(child, 3);
  return {
    address,
    stop: async () => {
      process.removeListener('exit', endWithUs);
      await stopChild(child);
    },
  };
}
