import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', 'tests/proofs/**'],
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['tests/browser/**/*.test.ts'], fileParallelism: false },
      },
      {
        // What takes longer than a few seconds: killed processes, ten thousand interleavings. Prints its figures and seeds.
        extends: true,
        test: { name: 'proofs', include: ['tests/proofs/**/*.test.ts'], fileParallelism: false },
      },
    ],
  },
});
