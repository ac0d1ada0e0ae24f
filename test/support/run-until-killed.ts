import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';

/**
 * Runs a script that acknowledges each of its acts by a line, and kills it by SIGKILL some microseconds to `withinMs`
 * milliseconds after its first line. Returns the last whole line.
 */
export async function runUntilKilled(
  script: string,
  args: readonly string[],
  withinMs: number,
): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), Math.random() * withinMs);
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect({ signal, errors }).toEqual({ signal: 'SIGKILL', errors: '' });
  return output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1) ?? '';
}
