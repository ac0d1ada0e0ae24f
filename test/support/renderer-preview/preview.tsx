/** The desk over a made-up main side: `?story=failing`. For looking at, never shipped. */
import '#renderer/bridge/configure-zod.ts';
import { createFakeKeel } from './fake-keel.ts';
import { storyDesk, type StoryName } from './stories.ts';

const parameters = new URLSearchParams(location.search);
const story = (parameters.get('story') ?? 'first') as StoryName;
const fake = createFakeKeel(storyDesk(story, Date.now()));
Object.assign(window, { keel: fake.api, fake });

await import('#renderer/app/main.tsx');
