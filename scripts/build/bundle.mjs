/** One plain vite configuration for each entry (see entries.mjs). */
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { externalPackages } from './entries.mjs';
import { packageFolderOf } from './licences.mjs';
import { stubPackages } from './stub-packages.mjs';

/** @typedef {{files: string[], packages: string[]}} BundleParts the project's own files, and folders of packages */

/**
 * Notes which of the project's own files, and which packages, went into a bundle.
 * @param {string} root @param {Set<string>} files @param {Set<string>} packages
 */
function recordModules(root, files, packages) {
  return {
    name: 'keel-record-modules',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const path = id.split('?')[0] ?? id;
        const folder = packageFolderOf(id);
        if (folder !== null) packages.add(folder);
        else if (path.startsWith(root)) files.add(path);
      }
    },
  };
}

/**
 * Builds a main-side entry to one CommonJS file.
 * @param {string} root project folder
 * @param {import('./entries.mjs').BundleEntry} entry
 * @returns {Promise<BundleParts>} what went into it
 */
export async function buildNodeBundle(root, entry) {
  const require = createRequire(join(root, 'package.json'));
  const files = new Set();
  const packages = new Set();
  await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    mode: 'production',
    plugins: [stubPackages(), recordModules(root, files, packages)],
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: {
      alias: [
        // Published twice, as CommonJS and as ES modules: a bundle must hold one copy, or instanceof fails.
        { find: /^@solana\/spl-token$/, replacement: require.resolve('@solana/spl-token') },
        // Node's own module of this name is deprecated and says so at every start.
        { find: /^punycode$/, replacement: require.resolve('punycode/') },
        // The default entry looks for a compiled addon; this one is the same in JavaScript.
        { find: /^bigint-buffer$/, replacement: require.resolve('bigint-buffer/dist/browser.js') },
      ],
    },
    ssr: {
      noExternal: true,
      external: externalPackages,
      // The SDK's `module` field is its browser build.
      resolve: { mainFields: ['main'], conditions: ['node'] },
    },
    build: {
      ssr: join(root, entry.source),
      outDir: join(root, dirname(entry.output)),
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      target: 'node20',
      reportCompressedSize: false,
      rolldownOptions: {
        external: externalPackages,
        output: {
          format: 'cjs',
          codeSplitting: false,
          entryFileNames: basename(entry.output),
        },
      },
    },
  });
  return { files: [...files], packages: [...packages] };
}

/**
 * Builds a window's page.
 * @param {string} root project folder
 * @param {{source: string, output: string}} entry
 * @returns {Promise<BundleParts>} what went into it
 */
export async function buildPage(root, entry) {
  const files = new Set([join(root, entry.source)]);
  const packages = new Set();
  await build({
    root: join(root, dirname(entry.source)),
    base: './',
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    mode: 'production',
    plugins: [react(), recordModules(root, files, packages)],
    build: {
      outDir: join(root, dirname(entry.output)),
      emptyOutDir: true,
      sourcemap: true,
      target: 'chrome130',
      // The page's content security policy allows no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: { input: join(root, entry.source) },
    },
  });
  return { files: [...files], packages: [...packages] };
}
