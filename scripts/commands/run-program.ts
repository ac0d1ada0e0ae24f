/** Runs a development tool and keeps what it prints. */
import { spawn } from 'node:child_process';

export type ProgramResult = {
  readonly status: number;
  /** stdout and stderr as they came. */
  readonly output: string;
  readonly stdout: string;
  readonly durationMs: number;
};

/**
 * Runs a program to its end; it never rejects for a failing program.
 * @param options.echo lets the output through as well while it runs
 * @param options.limitMs after this long the program is killed, which counts as failing
 */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; echo?: boolean; limitMs?: number },
): Promise<ProgramResult> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      stdout += chunk.toString();
      if (options.echo) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (options.echo) process.stderr.write(chunk);
    });
    const stop = (): void => {
      process.stderr.write(`stopped after ${options.limitMs} ms\n`);
      child.kill('SIGKILL');
      // What it has started may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
      finish(1);
    };
    const limit = options.limitMs ? setTimeout(stop, options.limitMs) : undefined;
    const finish = (status: number, addition = ''): void => {
      clearTimeout(limit);
      resolve({
        status,
        output: output + addition,
        stdout,
        durationMs: Math.round(performance.now() - startedMs),
      });
    };
    child.on('error', (error) => finish(1, error.message));
    child.on('close', (code) => finish(code ?? 1));
  });
}
