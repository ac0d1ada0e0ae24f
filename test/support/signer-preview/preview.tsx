/** The signer's window over a made-up signer: `?story=confirm-type`. For looking at, never shipped. */
import { createFakeSigner } from './fake-signer.ts';
import { signerStory, type SignerStory } from './signer-stories.ts';

const story = (new URLSearchParams(location.search).get('story') ?? 'unlock') as SignerStory;
const fake = createFakeSigner(signerStory(story, Date.now()));
Object.assign(window, { keelSigner: fake.api, fake });

await import('#renderer/signer-window/main.tsx');
