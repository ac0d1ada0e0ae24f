/** The desk over a made-up main side: `?story=failing`. For looking at, never shipped. */
import '#renderer/bridge/configure-zod.ts';
import type { Theme } from '#domain/settings.ts';
import { operationStories } from './capital-stories.ts';
import { createFakeKeel } from './fake-keel.ts';
import { signerOf, type SignerStory } from './signer-stories.ts';
import { storyDesk, type StoryName } from './stories.ts';

const parameters = new URLSearchParams(location.search);
const story = (parameters.get('story') ?? 'first') as StoryName;
const nowMs = Date.now();
const desk = storyDesk(story, nowMs);
const signer = signerOf((parameters.get('signer') ?? 'unlocked') as SignerStory, nowMs);
const settings = { ...desk.settings, theme: (parameters.get('theme') ?? 'system') as Theme };
const operations = parameters.has('operations') ? operationStories(nowMs) : [];
const fake = createFakeKeel({ ...desk, signer, settings }, nowMs, operations);
Object.assign(window, { keel: fake.api, fake });

await import('#renderer/app/main.tsx');

const { useNavigationStore } = await import('#renderer/stores/navigation-store.ts');
Object.assign(window, { navigation: useNavigationStore });
