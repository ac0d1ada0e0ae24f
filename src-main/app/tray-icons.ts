import { nativeImage, type NativeImage } from 'electron';
import type { TrayState } from './tray-model.ts';

const SIZE = 32;
const RING_OUTER = 15;
const RING_INNER = 11.5;

type Colour = readonly [red: number, green: number, blue: number];

const COLOURS: Readonly<Record<TrayState, Colour>> = {
  calm: [63, 178, 127],
  stale: [214, 158, 46],
  alert: [220, 76, 70],
};

/** The state icon, drawn: it differs by shape as well as by colour (D5). */
export function trayIcon(state: TrayState): NativeImage {
  const pixels = Buffer.alloc(SIZE * SIZE * 4);
  const [red, green, blue] = COLOURS[state];
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const alpha = coverage(state, x - SIZE / 2 + 0.5, y - SIZE / 2 + 0.5);
      // Electron takes BGRA with premultiplied alpha.
      pixels.set(
        [blue * alpha, green * alpha, red * alpha, 255 * alpha].map(Math.round),
        (y * SIZE + x) * 4,
      );
    }
  }
  return nativeImage.createFromBitmap(pixels, { width: SIZE, height: SIZE });
}

/** 0 … 1: how much of a pixel the sign covers, smoothed over one pixel at its edges. */
function coverage(state: TrayState, x: number, y: number): number {
  const radius = Math.hypot(x, y);
  const ring = Math.min(edge(RING_OUTER - radius), edge(radius - RING_INNER));
  return Math.max(ring, sign(state, x, y, radius));
}

function sign(state: TrayState, x: number, y: number, radius: number): number {
  switch (state) {
    case 'calm':
      return edge(6.5 - radius);
    case 'stale':
      return Math.min(edge(7.5 - Math.abs(x)), edge(2 - Math.abs(y)));
    case 'alert': {
      const bar = Math.min(edge(2 - Math.abs(x)), edge(5 - Math.abs(y + 2.5)));
      return Math.max(bar, edge(2 - Math.hypot(x, y - 6.5)));
    }
  }
}

const edge = (distance: number): number => Math.min(1, Math.max(0, distance + 0.5));
