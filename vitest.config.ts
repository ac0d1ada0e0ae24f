import { defineConfig } from 'vitest/config';

/** A project that runs in Node, one folder of `test/`. */
function nodeProject(name: string, timeoutMs: number, options: { parallelFiles: boolean }) {
  return {
    extends: true as const,
    test: {
      name,
      environment: 'node',
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
      fileParallelism: options.parallelFiles,
    },
  };
}

export const vitestConfig = defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: process.env.KEEL_TEST_WORKERS ? Number(process.env.KEEL_TEST_WORKERS) : 2,
    passWithNoTests: true,
    // What is waited for comes when the machine has time for it: a slow one is no failure.
    expect: { poll: { timeout: 15_000 } },
    // electron-store imports electron; it can only be mocked when vite transforms it.
    server: { deps: { inline: ['electron-store'] } },
    projects: [
      nodeProject('unit', 20_000, { parallelFiles: true }),
      {
        extends: true,
        test: {
          name: 'component',
          environment: 'jsdom',
          include: ['test/unit/**/*.test.tsx'],
          testTimeout: 20_000,
        },
      },
      nodeProject('contract', 60_000, { parallelFiles: true }),
      nodeProject('migrations', 60_000, { parallelFiles: true }),
      nodeProject('faults', 300_000, { parallelFiles: false }),
      nodeProject('architecture', 120_000, { parallelFiles: true }),
      nodeProject('e2e', 180_000, { parallelFiles: false }),
    ],
  },
});

// vitest reads its configuration from the default export.
// oxlint-disable-next-line import/no-default-export
export default vitestConfig;
