/** Keys and phrases that exist in one test alone, with every form in which they could turn up again. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { base58 } from '@scure/base';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english';
import { FIRST_PATH, seedAt } from '#main/signer/import/derivation.ts';
import { seedOfPhrase } from '#main/signer/import/seed-phrase.ts';
import { addressOf } from '#main/signer/keys/ed25519.ts';
import { needlesOfBytes, needlesOfPhrase, needlesOfText, type Needle } from './canaries.ts';

/** No word of it stands anywhere by chance. */
export const unguessable = (animal: string): string =>
  `${animal}-${randomBytes(12).toString('hex')}`;

export interface PlantedSecret {
  readonly address: string;
  /** The 64 bytes in base58, as wallets export them. */
  readonly text: string;
  readonly needles: readonly Needle[];
}

export function plantSecret(canary: string): PlantedSecret {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const seed = Buffer.from(d ?? '', 'base64url');
  const text = base58.encode(Buffer.concat([seed, Buffer.from(x ?? '', 'base64url')]));
  const needles = [...needlesOfBytes(canary, seed), ...needlesOfText(`${canary}, text`, text)];
  return { address: addressOf(seed), text, needles };
}

export const twelveWords = (): readonly string[] =>
  entropyToMnemonic(randomBytes(16), wordlist).split(' ');

/** The words, what they stand for, and the key that wallets derive from them first. */
export function needlesOfKeyPhrase(
  canary: string,
  words: readonly string[],
  word25 = '',
): readonly Needle[] {
  const phrase = words.join(' ');
  const seed = seedOfPhrase(Buffer.from(phrase), Buffer.from(word25));
  if (!seed.ok) throw new Error(seed.error.message);
  return [
    ...needlesOfPhrase(canary, words),
    ...needlesOfBytes(`${canary}, entropy`, mnemonicToEntropy(phrase, wordlist)),
    ...needlesOfBytes(`${canary}, seed`, seed.value),
    ...needlesOfBytes(`${canary}, key`, seedAt(seed.value, FIRST_PATH)),
  ];
}
