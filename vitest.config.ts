// Kinds of tests: `unit` stands beside what it tests and starts nothing; `integration` starts real processes, `docker` real
// containers where there is an engine with the images; `timed` compares figures of real runs; `chaos` is what a user's own suite looks like;
// `projects` are users' own projects, in all languages.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // A test that passes only the second time has found something.
    retry: 0,
    // What only has to happen some time, happens late on a busy machine. A promise about time is in its test.
    expect: { poll: { timeout: 30_000 } },
    // Real servers and databases side by side: no more of them than a two-core machine carries.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{harness,fixtures,scenarios,scripts,workflows,docker}/**/*.test.ts'],
          // Ends a test that hangs. The usual 5 s are a promise about time: on a busy machine sound tests broke it.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.integration.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'chaos',
          include: ['test/**/*.chaos.test.ts'],
          // One cluster for all files of the project.
          globalSetup: ['temporal-chaos/vitest/shared-cluster'],
          testTimeout: 60_000,
          // Its runs are held to the budget, as a user's are: nothing else is to load the machine.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
        },
      },
      {
        extends: true,
        test: {
          name: 'projects',
          include: ['test/**/*.project.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Their workers know one port, 7233, and their runs are held to the budget.
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
        },
      },
      {
        extends: true,
        test: {
          name: 'docker',
          include: ['test/**/*.docker.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each looks at all that is left in the engine.
          sequence: { groupOrder: 3 },
          maxWorkers: 1,
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: ['test/**/*.timed.test.ts'],
          testTimeout: 120_000,
          // After all others, with the machine to itself: its figures are held against each other.
          sequence: { groupOrder: 4 },
          maxWorkers: 1,
        },
      },
    ],
  },
})
