'use strict';
/**
 * The project's commands. `needs`: electron, display (where there is
 * none), desktop (a virtual one with a session bus), build; dependencies are always seen to. `file` runs
 * under Node 24 with the arguments that follow `--`.
 * @type {Record<string, {file: string, needs: string[], reportsFailedSetup?: boolean}>}
 */
const commands = {
  setup: { file: 'scripts/commands/setup.ts', needs: ['electron', 'build'] },
  start: { file: 'scripts/commands/start.ts', needs: ['electron', 'display', 'build'] },
  test: {
    file: 'scripts/commands/test.ts',
    needs: ['electron', 'desktop', 'build'],
    reportsFailedSetup: true,
  },
  check: { file: 'scripts/commands/check.ts', needs: [] },
  build: { file: 'scripts/build.mjs', needs: [] },
  package: { file: 'scripts/commands/package.ts', needs: ['electron', 'build'] },
  practice: { file: 'dist/cli/practice.cjs', needs: ['build'] },
  read: { file: 'dist/cli/read.cjs', needs: ['build'] },
  lag: { file: 'scripts/lag.ts', needs: ['electron', 'desktop', 'build'] },
  soak: { file: 'scripts/soak.ts', needs: ['electron', 'desktop', 'build'] },
  smoke: { file: 'scripts/smoke.ts', needs: ['electron', 'desktop', 'build'] },
  faults: { file: 'scripts/faults.ts', needs: ['electron', 'desktop', 'build'] },
  screens: { file: 'scripts/screens.ts', needs: ['electron', 'desktop', 'build'] },
  bench: { file: 'scripts/bench.ts', needs: ['electron', 'desktop', 'build'] },
};

module.exports = { commands };
