// The vitest adapter: the same scenarios as named tests of a user's own suite, on a cluster that the suite
// shares. Its `globalSetup` is `temporal-chaos/vitest/shared-cluster`.
export { chaosTests, type ChaosTestsOptions } from './vitest/chaos-tests.ts'
export { temporalEnvironment, type TemporalEnvironment } from './vitest/environment.ts'
