/**
 * Runs in a process of its own, Node's or Electron's: locks it down, then tries every way out. Prints the ways that
 * were open, as JSON, and sends them to the parent where there is a port to it.
 */
import { early, importsCanBeRefused } from './signer-lockdown-early.ts';
import '#main/signer/process/lock-down-first.ts';
import crypto from 'node:crypto';
import { writeSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';

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
const OTHERS = ['electron', 'electron/utility', 'data:text/javascript,1', '/fake-clock.ts'];
const GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

type Way = () => unknown;

const open: string[] = [];
const reached: string[] = [];
let tried = 0;

async function attempt(name: string, way: Way): Promise<void> {
  tried += 1;
  try {
    await way();
    open.push(name);
  } catch (caught) {
    const text = caught instanceof Error ? caught.message : '';
    if (text !== 'Not available in the signer') reached.push(`${name}: ${text}`);
  }
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
  ['sqlite', 'DatabaseSync', [':memory:', { allowExtension: true }]],
];

/** No bundler changes it on the way. */
const imported = (name: string): Promise<unknown> => import(/* @vite-ignore */ name);

async function tryModules(): Promise<void> {
  const require = Module.createRequire(join(process.cwd(), 'any.cjs'));
  const load = Reflect.get(Module, '_load') as (name: string) => unknown;
  for (const name of MODULES) {
    for (const written of [name, `node:${name}`]) {
      await attempt(`require ${written}`, () => require(written));
      await attempt(`load ${written}`, () => load(written));
      await attempt(`builtin ${written}`, () => process.getBuiltinModule(written));
    }
  }
  await attempt('binding', () => Reflect.get(process, 'binding').call(process, 'tcp_wrap'));
  await attempt('dlopen', () => process.dlopen({}, '/nowhere.node'));
  await attempt('report', () => process.report.getReport());

  for (const other of OTHERS) await attempt(`require ${other}`, () => require(other));
}

async function tryImports(): Promise<void> {
  for (const name of [...MODULES, 'sea', 'test', 'tty', '_http_client', '_tls_wrap']) {
    await attempt(`import ${name}`, () => imported(`node:${name}`));
  }
  for (const other of OTHERS) await attempt(`import ${other}`, () => imported(other));
}

/** What an `import` still gets, act by act. */
async function tryWhatIsImported(): Promise<void> {
  for (const [name, act, values] of acts) {
    const found = await imported(`node:${name}`).catch(() => null);
    if (found === null) continue;
    const taken = (found as Record<string, unknown>)[act];
    await attempt(`imported ${name}.${act}`, () =>
      (taken as (...given: readonly unknown[]) => unknown)(...values),
    );
  }
}

async function tryProcess(): Promise<void> {
  const { pid } = process;
  const ofProcess: Readonly<Record<string, readonly unknown[]>> = {
    execve: ['/bin/true', ['true'], {}],
    kill: [pid, 0],
    _kill: [pid, 0],
    _debugProcess: [pid],
    _linkedBinding: ['x'],
  };
  for (const [name, values] of Object.entries(ofProcess)) {
    const act = Reflect.get(process, name) as
      ((...given: readonly unknown[]) => unknown) | undefined;
    if (act !== undefined) await attempt(`process ${name}`, () => act.apply(process, [...values]));
  }
  await attempt('a native engine', () => crypto.setEngine('/nowhere.so'));
}

async function tryWhatWasThereBefore(): Promise<void> {
  for (const [name, act, values] of acts) {
    if (!early.has(name)) continue;
    const found = early.get(name)?.[act] as (...given: readonly unknown[]) => unknown;
    await attempt(`call ${name}.${act}`, () => found(...values));
    await attempt(`new ${name}.${act}`, () => Reflect.construct(found, values) as unknown);
  }
  for (const name of GLOBALS) {
    if (Reflect.get(globalThis, name) !== undefined) open.push(`global ${name}`);
    if (Reflect.set(globalThis, name, () => undefined)) open.push(`global ${name} can be put back`);
  }
  if (Reflect.set(Module, '_load', () => undefined)) open.push('the loader can be replaced');
}

interface Parent {
  readonly parentPort?: { postMessage(message: unknown): void };
}

async function run(): Promise<void> {
  await tryModules();
  await (importsCanBeRefused ? tryImports() : tryWhatIsImported());
  await tryProcess();
  await tryWhatWasThereBefore();
  const found = { open, reached, tried, title: process.title };
  (process as Parent).parentPort?.postMessage(found);
  writeSync(1, JSON.stringify(found));
}

void run();
