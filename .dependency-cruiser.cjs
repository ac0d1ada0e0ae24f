'use strict';
/**
 * Who may import whom. Each row: a folder and everything that it may reach, besides itself. A file
 * of the project, a package or a Node module that no row allows is an error.
 */
const nodeModules = '^(node:|[a-z_/]+$)';
const anyPackage = '^node_modules/';
const electron = '^node_modules/electron(-store|-log|-updater)?/';
const domain = '^src-shared/domain/';
const ipcContract = '^src-shared/ipc/';
const ports = '^src-main/engine/(?:desk-)?ports\\.ts$';

/** @param {string[]} names */
const packages = (...names) => `^node_modules/(${names.join('|')})/`;

/** Kept away from whole folders even where other packages are welcome. */
const vendor = packages('@drift-labs', '@solana', '@coral-xyz', '@pythnetwork', 'bn\\.js');

/** @type {Array<{folder: string, may: string[], mayNot?: string[]}>} */
const house = [
  { folder: 'src-shared/domain', may: [] },
  { folder: 'src-shared/ipc', may: [domain, packages('zod')] },
  { folder: 'src-main/engine', may: [domain, packages('cockatiel')] },
  {
    folder: 'src-main/app',
    may: ['^src-main/', domain, ipcContract, nodeModules, anyPackage],
    mayNot: [vendor],
  },
  { folder: 'src-main/preload', may: [domain, ipcContract, packages('electron', 'zod')] },
  {
    folder: 'src-main/ipc',
    may: [
      ports,
      '^src-main/engine/index\\.ts$',
      domain,
      ipcContract,
      electron,
      nodeModules,
      packages('zod'),
    ],
  },
  {
    folder: 'src-main/drift',
    may: [ports, domain, nodeModules, anyPackage],
    mayNot: [electron, packages('better-sqlite3')],
  },
  { folder: 'src-main/virtual', may: [ports, domain] },
  {
    folder: 'src-main/practice',
    may: ['^src-main/drift/codec/', ports, domain, ipcContract, nodeModules, anyPackage],
    mayNot: [electron, packages('better-sqlite3')],
  },
  {
    folder: 'src-main/store',
    may: [ports, domain, nodeModules, packages('better-sqlite3', '@types/better-sqlite3', 'zod')],
  },
  {
    folder: 'src-main/signer',
    may: [
      domain,
      '^(node:)?(buffer|crypto|fs|module|path|process)$',
      packages('@noble/hashes', '@scure/base', '@scure/bip39'),
    ],
  },
  {
    folder: 'src-main/platform',
    may: [ports, domain, ipcContract, electron, nodeModules, anyPackage],
    mayNot: [vendor, packages('better-sqlite3')],
  },
  {
    folder: 'src-renderer/ui',
    // The clock: ages tick in their own small component.
    may: ['^src-renderer/stores/clock-store', domain, ipcContract, anyPackage],
    mayNot: [vendor, electron],
  },
  {
    folder: 'src-renderer/bridge',
    may: [domain, ipcContract, packages('zod')],
  },
  {
    folder: 'src-renderer/stores',
    may: ['^src-renderer/bridge/', domain, ipcContract, anyPackage],
    mayNot: [vendor, electron],
  },
  {
    folder: 'src-renderer/features',
    may: ['^src-renderer/(stores|ui)/', domain, ipcContract, anyPackage],
    mayNot: [vendor, electron],
  },
  {
    folder: 'src-renderer/signer-window',
    may: ['^src-renderer/ui/', domain, anyPackage],
    mayNot: [vendor, electron],
  },
  {
    folder: 'src-renderer/app',
    may: ['^src-renderer/', domain, ipcContract, anyPackage],
    mayNot: [vendor, electron],
  },
];

/** @param {string} folder */
const ruleName = (folder) => folder.replaceAll('/', '-');

const rules = house.flatMap(({ folder, may, mayNot }) => {
  const from = { path: `^${folder}/` };
  const only = {
    name: ruleName(folder),
    severity: 'error',
    from,
    to: { pathNot: [`^${folder}/`, ...may] },
  };
  if (!mayNot) return [only];
  return [only, { name: `${ruleName(folder)}-not`, severity: 'error', from, to: { path: mayNot } }];
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'known-folder',
      comment: 'every source file lives in a folder of the table above',
      severity: 'error',
      from: { path: '^src-', pathNot: house.map(({ folder }) => `^${folder}/`) },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circle',
      comment: 'types may refer to each other, running code may not',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: '^src-' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The architecture tests look at a copy whose node_modules is a link.
    preserveSymlinks: true,
    // Also imports that only bring types: a boundary is about knowledge, not about bytes.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'src-main/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
