/**
 * As `scripts/build/sdk-hashes.mjs` for the bundle: the Drift SDK loads @noble/hashes by a path that version 2 does
 * not have, and is given the copy that web3.js depends on.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const HASHES = /^@noble\/hashes\//;
const SDK = /[\\/]node_modules[\\/]@drift-labs[\\/]sdk[\\/]/;
const nextToWeb3 = createRequire(
  createRequire(import.meta.url).resolve('@solana/web3.js/package.json'),
);

registerHooks({
  resolve: (specifier, context, next) =>
    HASHES.test(specifier) && SDK.test(context.parentURL ?? '')
      ? { url: pathToFileURL(nextToWeb3.resolve(specifier)).href, shortCircuit: true }
      : next(specifier, context),
});
