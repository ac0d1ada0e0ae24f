/** A desktop of its own for a test file: virtual display, D-Bus session, private run-time folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSessionBus } from '#scripts/desktop/session-bus.ts';
import { startVirtualDisplay } from '#scripts/desktop/virtual-display.ts';

export type DesktopSession = {
  /** To be added to the environment of what runs inside. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

/**
 * Starts Xvfb and dbus-daemon. Linux only; elsewhere the real desktop serves and `env` is empty.
 * @param display.screen its size in pixels, for instance `2560x1440`
 * @throws Error naming the program that is missing
 */
export async function startDesktopSession(
  display: { readonly screen?: string } = {},
): Promise<DesktopSession> {
  if (process.platform !== 'linux') return { env: {}, close: () => Promise.resolve() };
  const runtimeDir = await mkdtemp(join(tmpdir(), 'keel-session-'));
  const virtual = await startVirtualDisplay(display);
  const bus = await startSessionBus();
  return {
    env: {
      DISPLAY: virtual.display,
      DBUS_SESSION_BUS_ADDRESS: bus.address,
      XDG_RUNTIME_DIR: runtimeDir,
      XDG_SESSION_TYPE: 'x11',
    },
    close: async () => {
      await Promise.all([bus.stop(), virtual.stop()]);
      await rm(runtimeDir, { recursive: true, force: true });
    },
  };
}
