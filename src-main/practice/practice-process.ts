/**
 * The practice network as a process of its own: under Electron's utilityProcess or under child_process.fork.
 * Arguments: `--data DIR --port N [--seed N]`. Posts one `ready` message; ends on `{type: 'stop'}` or with its parent.
 */
import { addressOf } from './chain/account-store.ts';
import { startPracticeNetwork } from './index.ts';
import type { PracticeHandle } from './index.ts';
import { practiceArguments } from './practice-arguments.ts';

const PARENT_CHECK_MS = 1_000;

/** Electron's side of a utility process; Node's own types do not know it. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const { parentPort } = process as { readonly parentPort?: ParentPort };

function post(message: unknown): void {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
}

function onMessage(listener: (message: unknown) => void): void {
  if (parentPort !== undefined) parentPort.on('message', ({ data }) => listener(data));
  else process.on('message', listener);
}

async function run(): Promise<void> {
  const { data, port, seed } = practiceArguments(process.argv.slice(2));
  if (data === undefined) throw new Error('--data: name the folder of the practice chain');
  const handle = await startPracticeNetwork({
    dataDir: data,
    port: port ?? 0,
    ...(seed === undefined ? {} : { seed }),
  });
  endWithParent(handle);
  post(readyMessage(handle));
}

function readyMessage({ network, world }: PracticeHandle): object {
  const { starter, deployment } = world;
  return {
    type: 'ready',
    httpUrl: network.httpUrl,
    webSocketUrl: network.webSocketUrl,
    endpoints: network.endpoints,
    genesisHash: network.genesisHash,
    starter: { authority: addressOf(starter.authority), subAccountId: starter.subAccountId },
    program: addressOf(deployment.program),
    stateSeed: deployment.stateSeed,
    quoteMint: addressOf(deployment.quoteMint),
  };
}

function endWithParent({ network }: PracticeHandle): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void network.close().finally(() => process.exit(0));
  };
  onMessage((message) => {
    if (isStop(message)) end();
  });
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, PARENT_CHECK_MS).unref();
}

function isStop(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message
    ? message.type === 'stop'
    : false;
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
