import { systemClock } from '#main/platform/system-clock.ts';
import { runRead } from './read/run-read.ts';

void runRead(process.argv.slice(2), systemClock()).then(({ stdout, stderr, status }) => {
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = status;
});
