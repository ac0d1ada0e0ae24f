/** The processes behind the window, each a bundle of its own in `dist/main`. */
import path from 'node:path';
import type { Logger } from '#main/engine/ports.ts';
import type { Child, ChildListener } from './supervisor.ts';
import { spawnUtilityChild } from './utility-child.ts';

/** What the signer's process may know of its surroundings. */
const PASSED_TO_SIGNER = ['LANG', 'LC_ALL', 'PATH', 'SystemRoot', 'TMPDIR', 'TZ'];

export function spawnEngine(dist: string, logger: Logger, listener: ChildListener): Child {
  return spawnUtilityChild(
    {
      entry: path.join(dist, 'main', 'engine-process.cjs'),
      args: [],
      serviceName: 'Keel engine',
      onOutput: (stream, line) => logger.warn('engine.output', { stream, line }),
    },
    listener,
  );
}

/** @param folder of the chain @param port 0: any free one */
export function spawnPractice(
  dist: string,
  folder: string,
  port: number,
  logger: Logger,
  listener: ChildListener,
): Child {
  return spawnUtilityChild(
    {
      entry: path.join(dist, 'main', 'practice-process.cjs'),
      args: ['--data', folder, '--port', String(port)],
      serviceName: 'Keel practice network',
      onOutput: (stream, line) => logger.info('practice.output', { stream, line }),
    },
    listener,
  );
}

export function spawnSigner(dist: string, logger: Logger, listener: ChildListener): Child {
  return spawnUtilityChild(
    {
      entry: path.join(dist, 'main', 'signer-process.cjs'),
      args: [],
      serviceName: 'Keel signer',
      env: smallEnvironment(),
      // Locking collects what is no longer used: the runtime overwrites private keys only then.
      jsFlags: ['--expose-gc'],
      // What it printed stays unread: nobody can tell what a fault's text holds.
      onOutput: (stream) => logger.warn('signer.output', { stream }),
    },
    listener,
  );
}

function smallEnvironment(): NodeJS.ProcessEnv {
  const known = PASSED_TO_SIGNER.filter((name) => process.env[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, process.env[name]]));
}
