// The vitest adapter: the same scenarios as named tests of a user's own suite, on a cluster that the suite shares.
// `harness/vitest/shared-cluster.ts` goes into the suite's `globalSetup`.
export { chaosTests, type ChaosTestsOptions } from './vitest/chaos-tests.ts'
export { temporalEnvironment, type TemporalEnvironment } from './vitest/environment.ts'
