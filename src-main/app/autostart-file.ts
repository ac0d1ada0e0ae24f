import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Starts in the tray alone, where there is one. */
export const HIDDEN_SWITCH = 'hidden';
const FILE = 'keel.desktop';

/** Writes or removes the file by which a Linux desktop starts Keel (XDG autostart). */
export function setAutostart(wanted: boolean, folder: string, command: readonly string[]): void {
  const file = path.join(folder, FILE);
  if (!wanted) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, desktopEntry(command));
}

function desktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.0',
    'Name=Keel',
    'Comment=Keeps your vaults on watch',
    `Exec=${[...command, `--${HIDDEN_SWITCH}`].map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * An argument as the Desktop Entry Specification wants it: quoted, then escaped once more as a string value; a percent
 * sign is doubled.
 */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, String.raw`\$&`);
  return `"${inQuotes.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`;
}
