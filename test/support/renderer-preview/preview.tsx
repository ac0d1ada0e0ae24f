/** The desk over a made-up main side: `?story=failing`. For looking at, never shipped. */
import '#renderer/bridge/configure-zod.ts';
import type { Theme } from '#domain/settings.ts';
import { operationStories } from './capital-stories.ts';
import { createFakeKeel } from './fake-keel.ts';
import { signerOf, type SignerStory } from './signer-stories.ts';
import { alertsOf, type AlertStory } from './alert-stories.ts';
import { storyDesk, TIMEOUT, type StoryName } from './stories.ts';

const parameters = new URLSearchParams(location.search);
const story = (parameters.get('story') ?? 'first') as StoryName;
const nowMs = Date.now();
const desk = storyDesk(story, nowMs);
const signer = signerOf((parameters.get('signer') ?? 'unlocked') as SignerStory, nowMs);
const settings = { ...desk.settings, theme: (parameters.get('theme') ?? 'system') as Theme };
const operations = parameters.has('operations') ? operationStories(nowMs) : [];
const alerts = alertsOf((parameters.get('alerts') ?? 'none') as AlertStory, nowMs);
const fake = createFakeKeel({ ...desk, signer, settings }, nowMs, operations, alerts);
if (parameters.get('alerts') === 'failing') fake.refuse('alert.load', TIMEOUT);
Object.assign(window, { keel: fake.api, fake });

await import('#renderer/app/main.tsx');

const { useNavigationStore } = await import('#renderer/stores/navigation-store.ts');
Object.assign(window, { navigation: useNavigationStore });
