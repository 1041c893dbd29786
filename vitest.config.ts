import { defineConfig } from 'vitest/config';

// Far above what any test needs alone, since the two cores may be shared with much else.
const shared = { testTimeout: 60_000, hookTimeout: 90_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // The pure packages need no database, so a run of theirs alone starts none.
      { test: { ...shared, name: 'packages', include: ['packages/**/*.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'server',
          // Tests change nothing of their process: no mocks, no environment, no clock. So files may share loaded modules, whose
          // loading anew was a fifth of the time of all tests.
          isolate: false,
          include: ['apps/**/*.test.ts', 'tests/**/*.test.ts'],
          globalSetup: ['./tests/setup/global-setup.ts'],
        },
      },
    ],
  },
});
