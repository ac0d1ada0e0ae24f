/** Starts target processes: what is measured runs alone in its process. */
import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { SMALL_YOUNG_GENERATION } from '#main/app/young-generation.ts';

export interface RunningTarget<Report> {
  readonly report: Report;
  readonly stop: () => Promise<void>;
}

/** Starts `test/bench/<name>.ts` and waits for its report; the target goes on. Rejects when it ends before. */
export async function startTarget<Report>(
  name: string,
  order: unknown,
  onEvent: (message: unknown) => void = () => undefined,
): Promise<RunningTarget<Report>> {
  const child = fork(resolve(import.meta.dirname, `${name}.ts`), [JSON.stringify(order)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // As the app starts its processes.
    execArgv: [SMALL_YOUNG_GENERATION],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const report = await new Promise<Report>((done, fail) => {
    child.on('message', (message: object) => {
      if ('report' in message) done(message.report as Report);
      else onEvent(message);
    });
    void gone.then(() => fail(new Error(`${name} ended before it reported:\n${complaints}`)));
  });
  return { report, stop: () => stop(child, gone) };
}

/** The same for a target that ends by itself. */
export async function runTarget<Report>(name: string, order: unknown): Promise<Report> {
  const { report, stop } = await startTarget<Report>(name, order);
  await stop();
  return report;
}

async function stop(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.connected) child.send('stop', () => undefined);
  await gone;
}
