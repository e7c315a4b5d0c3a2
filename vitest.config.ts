import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', 'tests/proofs/**', 'tests/documents/ua/with-tools/**'],
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['tests/browser/**/*.test.ts'], fileParallelism: false },
      },
      {
        // Holds every document against the PDF/UA-1 rules with qpdf and poppler, which must be installed.
        extends: true,
        test: { name: 'documents', include: ['tests/documents/ua/with-tools/**/*.test.ts'] },
      },
      {
        // What takes longer than a few seconds: killed processes, ten thousand interleavings. Prints its figures and seeds.
        extends: true,
        test: { name: 'proofs', include: ['tests/proofs/**/*.test.ts'], fileParallelism: false },
      },
    ],
  },
});
