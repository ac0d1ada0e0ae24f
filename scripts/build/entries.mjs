/**
 * What is built: one bundle for each process that runs on its own. Every main-side bundle is one
 * CommonJS file without shared chunks, so that a process loads exactly what it needs.
 */

/** @typedef {{name: string, source: string, output: string}} BundleEntry */

/** @type {BundleEntry[]} */
export const nodeEntries = [
  { name: 'main', source: 'src-main/app/main.ts', output: 'dist/main/main.cjs' },
  { name: 'preload', source: 'src-main/preload/preload.ts', output: 'dist/main/preload.cjs' },
  {
    name: 'signer-preload',
    source: 'src-main/preload/signer-preload.ts',
    output: 'dist/main/signer-preload.cjs',
  },
  {
    name: 'engine-process',
    source: 'src-main/app/engine-process.ts',
    output: 'dist/main/engine-process.cjs',
  },
  {
    name: 'signer-process',
    source: 'src-main/signer/signer-process.ts',
    output: 'dist/main/signer-process.cjs',
  },
  {
    name: 'practice-process',
    source: 'src-main/practice/practice-process.ts',
    output: 'dist/main/practice-process.cjs',
  },
  { name: 'read', source: 'src-main/app/read-cli.ts', output: 'dist/cli/read.cjs' },
  {
    name: 'practice',
    source: 'src-main/practice/practice-cli.ts',
    output: 'dist/cli/practice.cjs',
  },
];

/**
 * One folder for each window, and nothing shared between them: what the signer's window loads is its own.
 * @type {BundleEntry[]}
 */
export const pageEntries = [
  { name: 'renderer', source: 'src-renderer/index.html', output: 'dist/renderer/index.html' },
  {
    name: 'signer-window',
    source: 'src-renderer/signer.html',
    output: 'dist/signer-window/signer.html',
  },
];

/** Loaded at run time, never bundled: the runtime itself and the one native module. */
export const externalPackages = ['electron', 'better-sqlite3'];
