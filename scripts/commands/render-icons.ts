/**
 * Draws resources/*.png from the SVG files beside them, in a Chromium given by KEEL_CHROMIUM (or /usr/bin/chromium).
 * Run by hand after an SVG has changed; the PNG files are committed.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const resources = resolve(import.meta.dirname, '../../resources');

interface Picture {
  readonly source: string;
  readonly target: string;
  readonly size: number;
  /** Black where the ground is, nothing where the sign is: the menu bar of macOS gives it its colour. */
  readonly isTemplate?: true;
}

const trayPictures = ['ok', 'syncing', 'stale', 'failing', 'halted'].flatMap((state): Picture[] => [
  { source: `tray/${state}.svg`, target: `tray/${state}.png`, size: 32 },
  { source: `tray/${state}.svg`, target: `tray/${state}@2x.png`, size: 64 },
  {
    source: `tray/${state}.svg`,
    target: `tray/${state}Template.png`,
    size: 16,
    isTemplate: true,
  },
  {
    source: `tray/${state}.svg`,
    target: `tray/${state}Template@2x.png`,
    size: 32,
    isTemplate: true,
  },
]);

const pictures: readonly Picture[] = [
  { source: 'icon.svg', target: 'icon.png', size: 1_024 },
  ...trayPictures,
];

/** The picture as the mask of a black square: what is white of it stays, what is black becomes a hole. */
function templateOf(svg: string): string {
  const drawing = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <mask id="drawing" style="--ground:#ffffff;--sign:#000000">${drawing}</mask>
    <rect width="32" height="32" mask="url(#drawing)" />
  </svg>`;
}

const browser = await chromium.launch({
  executablePath: process.env['KEEL_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const { source, target, size, isTemplate } of pictures) {
  const drawn = readFileSync(join(resources, source), 'utf8');
  const svg = isTemplate === true ? templateOf(drawn) : drawn;
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
  await page.screenshot({ path: join(resources, target), omitBackground: true });
}
await browser.close();
