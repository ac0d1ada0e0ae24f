/** Runs in a process of its own: locks it down, then tries every way out. Prints the ways that were open, as JSON. */
import '#main/signer/process/lock-down-first.ts';
import { writeSync } from 'node:fs';
import Module from 'node:module';

const MODULES = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'dns/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'inspector/promises',
  'net',
  'repl',
  'sqlite',
  'tls',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
];
const GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

type Way = () => unknown;
type Loaded = Record<string, unknown>;

const open: string[] = [];
const reached: string[] = [];

async function attempt(name: string, way: Way): Promise<void> {
  try {
    await way();
    open.push(name);
  } catch (caught) {
    const text = caught instanceof Error ? caught.message : '';
    if (text !== 'Not available in the signer') reached.push(`${name}: ${text}`);
  }
}

const require = Module.createRequire(import.meta.url);
const load = Reflect.get(Module, '_load') as (name: string) => unknown;
for (const name of MODULES) {
  for (const written of [name, `node:${name}`]) {
    await attempt(`require ${written}`, () => require(written));
    await attempt(`load ${written}`, () => load(written));
    await attempt(`builtin ${written}`, () => process.getBuiltinModule(written));
  }
}
await attempt('require a file', () => require('./fake-clock.ts'));
await attempt('require electron', () => require('electron'));
await attempt('binding', () => Reflect.get(process, 'binding').call(process, 'tcp_wrap'));
await attempt('dlopen', () => process.dlopen({}, '/nowhere.node'));
await attempt('report', () => process.report.getReport());

/** Modules that an `import` still gets: nothing in them may act. */
async function imported(name: string): Promise<Loaded> {
  return { ...((await import(`node:${name}`)) as Loaded) };
}
const acts: readonly (readonly [string, string, readonly unknown[]])[] = [
  ['net', 'connect', [1, '127.0.0.1']],
  ['net', 'createServer', []],
  ['net', 'Socket', []],
  ['tls', 'connect', [1]],
  ['http', 'request', ['http://127.0.0.1:1']],
  ['http', 'get', ['http://127.0.0.1:1']],
  ['https', 'request', ['https://127.0.0.1:1']],
  ['http2', 'connect', ['http://127.0.0.1:1']],
  ['dgram', 'createSocket', ['udp4']],
  ['dns', 'lookup', ['localhost', () => undefined]],
  ['dns/promises', 'lookup', ['localhost']],
  ['child_process', 'spawn', ['true']],
  ['child_process', 'execSync', ['true']],
  ['child_process', 'spawnSync', ['true']],
  ['child_process', 'fork', ['x.js']],
  ['worker_threads', 'Worker', ['x.js']],
  ['cluster', 'fork', []],
  ['inspector', 'open', [0]],
  ['v8', 'writeHeapSnapshot', []],
  ['vm', 'runInThisContext', ['1']],
];
for (const [name, act, values] of acts) {
  const found = (await imported(name))[act] as (...given: readonly unknown[]) => unknown;
  await attempt(`call ${name}.${act}`, () => found(...values));
  await attempt(`new ${name}.${act}`, () => Reflect.construct(found, values) as unknown);
}
for (const name of ['net', 'child_process', 'dgram']) {
  const fallback = (await imported(name)).default as Loaded;
  for (const act of ['connect', 'spawn', 'createSocket']) {
    const found = fallback[act];
    if (typeof found === 'function')
      await attempt(`default ${name}.${act}`, () => found() as unknown);
  }
}
for (const name of GLOBALS) {
  if (Reflect.get(globalThis, name) !== undefined) open.push(`global ${name}`);
  if (Reflect.set(globalThis, name, () => undefined)) open.push(`global ${name} can be put back`);
}
if (Reflect.set(Module, '_load', () => undefined)) open.push('the loader can be replaced');

writeSync(1, JSON.stringify({ open, reached, title: process.title }));
