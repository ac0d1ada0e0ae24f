/**
 * Which Electron are we running in? Electron's own release has no marker. The substitute that the
 * set-up prepares where that release cannot be fetched carries a file of this name in the folder of
 * `process.execPath`. Whoever wires the application must then
 * - refuse every network but the practice one (old browser engine, not Electron's own release),
 * - name the runtime in the window's footer and in the log,
 * - open the database with the marker's `nativeBinding` (better-sqlite3's prebuilt file wants a newer
 *   Node-API); with no marker the option is left away.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** The same name as in scripts/toolchain/unofficial-electron.cjs, which writes it. */
export const UNOFFICIAL_RUNTIME_MARKER = 'keel-unofficial-runtime.json';

const markerSchema = z.object({
  electron: z.string().min(1),
  nativeBinding: z.string().min(1).nullable(),
});

/** `electron`: its version. `nativeBinding`: absolute path of the compiled better-sqlite3, if any. */
export type UnofficialRuntime = z.infer<typeof markerSchema>;

/** A marker that cannot be read still says "unofficial". */
const UNREADABLE: UnofficialRuntime = { electron: 'unknown', nativeBinding: null };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads the marker beside an executable.
 * @param executable usually `process.execPath`; in a utility process that is Electron's as well
 * @returns undefined when there is none: an official or a packaged runtime
 */
export function readUnofficialRuntime(executable: string): UnofficialRuntime | undefined {
  let text: string;
  try {
    text = readFileSync(join(dirname(executable), UNOFFICIAL_RUNTIME_MARKER), 'utf8');
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isAbsent ? undefined : UNREADABLE;
  }
  const parsed = markerSchema.safeParse(parseJson(text));
  if (!parsed.success) return UNREADABLE;
  const { electron, nativeBinding } = parsed.data;
  // A packaged app carries the module in its own folder and names it from there.
  const absolute = nativeBinding === null ? null : resolve(dirname(executable), nativeBinding);
  return { electron, nativeBinding: absolute };
}
