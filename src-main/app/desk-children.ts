/** The window, the signer and the practice network as the desk opens them. */
import path from 'node:path';
import type { SignerState } from '#domain/signer-state.ts';
import type { DeskParts } from './desk-parts.ts';
import { createDeskWindow, type DeskWindow } from './desk-window.ts';
import { practiceBegunAnewAtMs } from './desk-files/practice-folder.ts';
import { createPracticeLink, type PracticeLink, type PracticeLinkParts } from './practice-link.ts';
import { spawnPractice } from './process-spawns.ts';
import { createSignerHost, type SignerHost } from './signer-host.ts';
import { windowStateFile } from './window-state.ts';

export function openMainWindow(parts: DeskParts, onFirstPaint: () => void): DeskWindow {
  return createDeskWindow({
    logger: parts.logger,
    preload: path.join(parts.dist, 'main', 'preload.cjs'),
    icon: path.join(parts.resources, 'icon.png'),
    devtools: parts.devtools,
    loadAfterMs: parts.loadAfterMs,
    state: windowStateFile(path.join(parts.paths.userData, 'window.json')),
    zoomPercent: () => parts.settings.current().desk.zoomPercent,
    onFirstPaint,
    closeToTray: () => parts.settings.current().shell.closeToTray,
    quit: parts.quit,
  });
}

export function linkPractice(
  { clock, logger, dist, paths }: DeskParts,
  onReady: PracticeLinkParts['onReady'],
): PracticeLink {
  return createPracticeLink({
    clock,
    logger,
    spawn: (port, listener) => spawnPractice(dist, paths.practice, port, logger, listener),
    begunAnewAtMs: () => practiceBegunAnewAtMs(paths.practice),
    onReady,
  });
}

/** File of the key that the practice network's first trader signs with. */
export function practiceKeyFile({ paths }: DeskParts): string {
  return path.join(paths.practice, 'starter-keypair.json');
}

export function hostSigner(
  parts: DeskParts,
  window: DeskWindow,
  onState: (state: SignerState) => void,
): SignerHost {
  const { clock, logger, dist, paths, runtime, settings } = parts;
  return createSignerHost({
    clock,
    logger,
    paths,
    dist,
    liveLockedBecause: runtime.liveLockedBecause,
    icon: path.join(parts.resources, 'icon.png'),
    devtools: parts.devtools,
    loadAfterMs: parts.loadAfterMs,
    settings: () => settings.current(),
    deskWindow: () => window.current,
    onState,
  });
}
