/**
 * Hours of practice network with random faults and quiet in turn. With `--speed` above 1 the engine, its database and
 * the network run in this process on a faster clock, over real sockets: `--minutes 120 --speed 20`. With `--speed 1`
 * the real app runs: `--minutes 20 --speed 1`. `--seed S`; with --json one JSON line at the end. Exit status 1 when a
 * rejection was not handled, or a vault is not in step at the end by an independent read of the chain.
 */
import { parseArgs } from 'node:util';
import { passed, reportText } from './soak/report.ts';
import { soakApp } from './soak/soak-app.ts';
import { soakHost } from './soak/soak-host.ts';

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '120' },
    speed: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const startedAt = Date.now();
function say(line: string): void {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
}

const [minutes, speed, seed] = [flags.minutes, flags.speed, flags.seed].map(Number) as [
  number,
  number,
  number,
];
try {
  const soak = speed === 1 ? soakApp : soakHost;
  const report = await soak({ minutes, speed, seed, say });
  process.stdout.write(`${flags.json ? JSON.stringify(report) : reportText(report)}\n`);
  if (!passed(report)) process.exitCode = 1;
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
} finally {
  // The other clients' sockets would keep a failed run alive.
  process.exit();
}
