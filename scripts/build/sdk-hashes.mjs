/**
 * The Drift SDK loads @noble/hashes by a path that version 2 does not have, and names the package nowhere among
 * its dependencies: it is given the copy that web3.js depends on.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const HASHES = /^@noble\/hashes\//;
const SDK = /[\\/]node_modules[\\/]@drift-labs[\\/]sdk[\\/]/;

/** @param {string} root project folder @returns {import('vite').Plugin} */
export function sdkHashes(root) {
  const nextToWeb3 = createRequire(join(root, 'node_modules/@solana/web3.js/package.json'));
  return {
    name: 'keel-sdk-hashes',
    enforce: 'pre',
    resolveId(id, importer) {
      return importer && HASHES.test(id) && SDK.test(importer) ? nextToWeb3.resolve(id) : null;
    },
  };
}
