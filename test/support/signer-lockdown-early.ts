/** What somebody had hold of before the lockdown: it must be of no use after it. */
import Module from 'node:module';
import { join } from 'node:path';

const require = Module.createRequire(join(process.cwd(), 'any.cjs'));

const NAMES = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'dns/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'net',
  'sqlite',
  'tls',
  'v8',
  'vm',
  'worker_threads',
];

/** Electron is built without some of them. */
export const early: ReadonlyMap<string, Record<string, unknown>> = new Map(
  NAMES.filter((name) => Module.isBuiltin(`node:${name}`)).map((name) => [
    name,
    require(`node:${name}`) as Record<string, unknown>,
  ]),
);

/** Runtimes from before Node 22.15 cannot refuse an `import()`: there the modules must be of no use. */
export const importsCanBeRefused: boolean = 'registerHooks' in Module;
