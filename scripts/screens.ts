/**
 * `npm run screens`: drives the real app through every screen and writes docs/screens: full, empty, failing and new, at three
 * sizes of the window, in both themes. `--only overview,vaults --state full --size 1440x900 --theme dark --out DIR` take
 * some of them. Exit status 1 when a screen did not become what its picture is to show.
 */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { startDesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { writeIndex } from './screens/index-page.ts';
import { fileNameOf, SCREEN, planOf, wordsOf, type PictureTheme } from './screens/plan.ts';
import { makeFail, prepareEmpty, prepareFirst, prepareFull } from './screens/prepare.ts';
import { emptyProfile, firstProfile, fullProfile } from './screens/profiles.ts';
import { SCENES, type Scene, type Stage } from './screens/scenes.ts';
import {
  chooseTheme,
  dismissToasts,
  resizeWindow,
  rest,
  sidewaysScrollers,
  takePicture,
} from './screens/studio.ts';

const plan = planOf(process.argv.slice(2));
const folder = resolve(plan.out ?? resolve(import.meta.dirname, '../docs/screens'));
const startedAt = Date.now();
let total = 0;

function say(line: string): void {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0).padStart(4);
  process.stdout.write(`${seconds} s  ${line}\n`);
}

async function write(scene: Scene, stage: Stage, page: Page, size: string, theme: PictureTheme) {
  const name = fileNameOf({ screen: scene.name, state: stage.state, size, theme });
  const bytes = await takePicture(page, folder, name);
  total += bytes;
  say(`${name}  ${Math.round(bytes / 1_000)} kB`);
  for (const place of await sidewaysScrollers(page)) say(`  scrolls sideways: ${place}`);
}

async function pictureScene(scene: Scene, stage: Stage, theme: PictureTheme): Promise<void> {
  const { app, desk } = stage;
  await scene.open(stage);
  if (scene.ownWindow !== undefined) {
    await scene.ready(stage);
    const { page, size } = await scene.ownWindow(stage, theme);
    await rest(page);
    await write(scene, stage, page, wordsOf(size), theme);
  } else {
    for (const size of plan.sizes) {
      await resizeWindow(app, desk.page, size);
      await scene.ready(stage);
      await dismissToasts(desk.page);
      await rest(desk.page);
      await write(scene, stage, desk.page, wordsOf(size), theme);
    }
  }
  await scene.leave?.(stage);
}

/** The other screens are pictured all the same. */
async function missed({ name }: Scene, { desk, state }: Stage, cause: unknown): Promise<void> {
  process.exitCode = 1;
  say(`MISSED ${name}, ${state}: ${cause instanceof Error ? cause.message : String(cause)}`);
  await desk.page.keyboard.press('Escape');
}

async function pictureAll(stage: Stage, themes = plan.themes): Promise<void> {
  if (!plan.states.includes(stage.state)) return;
  for (const theme of themes) {
    await chooseTheme(stage.desk, theme);
    for (const scene of SCENES) {
      const isWanted = plan.only === null || plan.only.includes(scene.name);
      if (!isWanted || !scene.states.includes(stage.state)) continue;
      await pictureScene(scene, stage, theme).catch((cause: unknown) =>
        missed(scene, stage, cause),
      );
    }
  }
}

const session = await startDesktopSession({ screen: SCREEN });

async function withKeel(profile: string, work: (keel: LaunchedKeel) => Promise<void>) {
  const keel = await launchKeel({ userDataDir: profile, session });
  try {
    await work(keel);
  } finally {
    await keel.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

try {
  if (plan.states.includes('empty')) {
    await withKeel(await emptyProfile(), async (keel) => pictureAll(await prepareEmpty(keel)));
  }
  // The way through Keel is gone once, so each theme has a start of its own.
  for (const theme of plan.states.includes('first') ? plan.themes : []) {
    await withKeel(await firstProfile(), async (keel) =>
      pictureAll(await prepareFirst(keel), [theme]),
    );
  }
  if (plan.states.includes('full') || plan.states.includes('failing')) {
    await withKeel(await fullProfile(), async (keel) => {
      say('the desk of a year is seeded');
      const stage = await prepareFull(keel);
      await pictureAll(stage);
      if (plan.states.includes('failing')) await pictureAll(await makeFail(stage));
    });
  }
  await writeIndex(folder);
  say(`${Math.round(total / 1_000)} kB in ${folder}`);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
} finally {
  await session.close();
  // The sockets of what has driven the app would keep a failed run alive.
  process.exit();
}
