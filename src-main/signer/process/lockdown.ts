/**
 * Makes the network, other processes and native code unreachable for whatever runs in this process (K3): no
 * dependency that was taken over can carry a secret out. The first module that the signer's process runs.
 * Modules outside of the list are refused by name; those that could be reached on other ways are made useless.
 */
import crypto from 'node:crypto';
import Module from 'node:module';

/** What the signer itself needs. */
const ALLOWED: ReadonlySet<string> = new Set([
  'buffer',
  'crypto',
  'fs',
  'module',
  'path',
  'process',
]);

/** Built-in modules that reach out of the process, or that show its memory. */
const DANGEROUS = [
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
  'node:sea',
  'node:sqlite',
  'repl',
  'tls',
  'trace_events',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
] as const;

/** Methods by which an object of such a module would act, wherever it came from. */
const ACTING_METHODS = [
  'addMembership',
  'bind',
  'connect',
  'enableLoadExtension',
  'listen',
  'loadExtension',
  'request',
  'resolve',
  'resolve4',
  'resolve6',
  'resolveAny',
  'resolveTxt',
  'reverse',
  'send',
  'spawn',
  'write',
] as const;

/** Of the process itself: other programs, native code, signals (one opens the inspector), a dump of the memory. */
const PROCESS_METHODS = [
  'binding',
  '_linkedBinding',
  'dlopen',
  'execve',
  'kill',
  '_kill',
  'abort',
  '_debugProcess',
  '_debugEnd',
  '_startProfiler',
] as const;

const GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'WebTransport'] as const;

type Loader = (request: unknown, ...rest: unknown[]) => unknown;

/** Fixed text: what was asked for is not repeated. */
function refuse(): never {
  throw new Error('Not available in the signer');
}

/** Calling it again is harmless. */
export function lockDown(): void {
  process.title = 'keel-signer';
  // Loading what is disarmed below warns of experiments; nobody reads it here.
  fix(process, 'emitWarning', () => undefined);
  const load = Reflect.get(Module, '_load') as Loader;
  for (const name of DANGEROUS) disarm(load, name);
  Module.syncBuiltinESMExports();
  const guarded: Loader = (request, ...rest) =>
    typeof request === 'string' && ALLOWED.has(request.replace(/^node:/, ''))
      ? load.call(Module, request, ...rest)
      : refuse();
  fix(Module, '_load', guarded);
  guardImports();
  for (const name of ['register', 'registerHooks', 'runMain']) fix(Module, name, refuse);
  // A native library by another door.
  for (const name of ['setEngine', 'setFips']) if (name in crypto) fix(crypto, name, refuse);
  Module.syncBuiltinESMExports();
  lockProcess();
  for (const name of GLOBALS) fix(globalThis, name, undefined);
}

/** `import()` does not pass the loader above. An older runtime without hooks gets modules that are disarmed. */
function guardImports(): void {
  if (!('registerHooks' in Module)) return;
  Module.registerHooks({
    resolve: (specifier, context, next) =>
      ALLOWED.has(specifier.replace(/^node:/, '')) ? next(specifier, context) : refuse(),
  });
}

function lockProcess(): void {
  const builtin: Loader = (name) => (Reflect.get(Module, '_load') as Loader)(name);
  if ('getBuiltinModule' in process) fix(process, 'getBuiltinModule', builtin);
  for (const name of PROCESS_METHODS) if (name in process) fix(process, name, refuse);
  silenceReports();
  // Without a listener of its own this signal opens the inspector.
  if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined);
}

/** A report of a crash lists the environment and the stacks. */
function silenceReports(): void {
  const { report } = process;
  for (const name of ['reportOnFatalError', 'reportOnSignal', 'reportOnUncaughtException']) {
    Reflect.set(report, name, false);
  }
  fix(report, 'writeReport', refuse);
  fix(report, 'getReport', refuse);
}

/** Takes every function from a module's exports, and from its classes the methods that act. */
function disarm(load: Loader, name: string): void {
  const exported = exportsOf(load, name);
  if (exported === null) return;
  for (const key of Object.getOwnPropertyNames(exported)) {
    const value = ownValue(exported, key);
    if (typeof value !== 'function') continue;
    const prototype: unknown = value.prototype;
    if (typeof prototype === 'object' && prototype !== null) disarmMethods(prototype);
    fix(exported, key, refuse);
  }
}

function exportsOf(load: Loader, name: string): object | null {
  try {
    const exported = load.call(Module, name);
    return typeof exported === 'object' && exported !== null ? exported : null;
  } catch {
    return null; // not part of this runtime
  }
}

function disarmMethods(prototype: object): void {
  for (const method of ACTING_METHODS) {
    if (Object.hasOwn(prototype, method)) fix(prototype, method, refuse);
  }
}

function ownValue(holder: object, key: string): unknown {
  try {
    return Reflect.get(holder, key);
  } catch {
    return undefined; // a getter that wants its own object
  }
}

/** For good: neither written nor defined again. */
function fix(holder: object, key: string, value: unknown): void {
  Reflect.defineProperty(holder, key, {
    value,
    writable: false,
    configurable: false,
    enumerable: true,
  });
}
