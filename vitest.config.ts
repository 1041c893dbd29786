import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 30_000, hookTimeout: 60_000 };

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
          include: ['apps/**/*.test.ts', 'tests/**/*.test.ts'],
          globalSetup: ['./tests/setup/global-setup.ts'],
        },
      },
    ],
  },
});
