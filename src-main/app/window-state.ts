/** Where the window stood, so that it stands there again. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In the screen's own units; `bounds` are those of the window when it is not maximised. */
export interface WindowState {
  readonly bounds: Area;
  readonly maximized: boolean;
}

/** Without `x` and `y` the window stands in the middle of the main screen. */
export interface WindowPlace {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export const SMALLEST = { width: 760, height: 520 } as const;
const USUAL = { width: 1_280, height: 820 } as const;
/** So much of the title bar has to be on a screen, or nobody can take hold of the window. */
const GRIP = { width: 120, height: 24 } as const;

const whole = z.number().int().min(-100_000).max(100_000);
const stateSchema = z
  .object({
    bounds: z.object({ x: whole, y: whole, width: whole.min(1), height: whole.min(1) }).readonly(),
    maximized: z.boolean(),
  })
  .readonly();

/**
 * Where to open the window. A screen that is gone, or has become smaller, takes nothing out of reach.
 * @param screens work areas, the main one first
 */
export function placeFor(saved: WindowState | null, screens: readonly Area[]): WindowPlace {
  const main = screens[0];
  if (saved === null) return { ...fitted(USUAL, main), maximized: false };
  const { bounds, maximized } = saved;
  const home = screens.find((screen) =>
    holdsTitle(screen, { ...bounds, ...fitted(bounds, screen) }),
  );
  const size = fitted(bounds, home ?? main);
  if (home === undefined) return { ...size, maximized };
  return { x: bounds.x, y: bounds.y, ...size, maximized };
}

function fitted(wanted: Pick<Area, 'width' | 'height'>, screen: Area | undefined) {
  const most = screen ?? { width: Infinity, height: Infinity };
  return {
    width: Math.max(SMALLEST.width, Math.min(wanted.width, most.width)),
    height: Math.max(SMALLEST.height, Math.min(wanted.height, most.height)),
  };
}

function holdsTitle(screen: Area, { x, y, width }: Area): boolean {
  const left = Math.max(x, screen.x);
  const right = Math.min(x + width, screen.x + screen.width);
  return right - left >= GRIP.width && y >= screen.y && y + GRIP.height <= screen.y + screen.height;
}

export interface WindowStateFile {
  /** Null where none was kept, or what was kept cannot be read. */
  load(): WindowState | null;
  /** What cannot be written is forgotten: it is of no weight. */
  save(state: WindowState): void;
}

export function windowStateFile(file: string): WindowStateFile {
  return {
    load() {
      try {
        return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return null;
      }
    },
    save(state) {
      try {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(`${file}.tmp`, JSON.stringify(state), { mode: 0o600 });
        renameSync(`${file}.tmp`, file);
      } catch {
        // A full disk: the window opens where it usually does.
      }
    },
  };
}
