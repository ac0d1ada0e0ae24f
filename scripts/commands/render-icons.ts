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
}

const trayPictures = ['ok', 'warning', 'error', 'halted'].flatMap((state): Picture[] => [
  { source: `tray/${state}.svg`, target: `tray/${state}.png`, size: 32 },
  { source: `tray/${state}.svg`, target: `tray/${state}@2x.png`, size: 64 },
]);

const pictures: readonly Picture[] = [
  { source: 'icon.svg', target: 'icon.png', size: 1_024 },
  ...trayPictures,
];

const browser = await chromium.launch({
  executablePath: process.env['KEEL_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const { source, target, size } of pictures) {
  const svg = readFileSync(join(resources, source), 'utf8');
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
  await page.screenshot({ path: join(resources, target), omitBackground: true });
}
await browser.close();
