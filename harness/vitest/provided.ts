// What vitest's main process, which owns the shared stack, hands to the processes that run tests.
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { UsageError } from '../core/errors.ts'
import type { Provisioned } from '../cluster/provision/provision.ts'
import type { ProcessStack } from '../cluster/backends/process/process-cluster.ts'

/** A stack as another process on this machine can know it. */
export interface SharedStack extends Pick<
  ProcessStack,
  'backend' | 'address' | 'namespace' | 'metricsUrl' | 'versions' | 'logFiles'
> {
  readonly processes: ReturnType<ProcessStack['processes']>
  /** Appears when the stack dies, with the reason in it. */
  readonly deathFile: string
  /** For the stacks of tests that strike one. */
  readonly binaries: Provisioned
}

const key = 'temporalChaos'

declare module 'vitest' {
  interface ProvidedContext {
    [key]: SharedStack
  }
}

export function provideStack(project: TestProject, stack: SharedStack): void {
  project.provide(key, stack)
}

/** @throws UsageError where the suite has no shared stack */
export function sharedStack(): SharedStack {
  // Undefined where nobody has provided it, whatever the types say.
  const shared: SharedStack | undefined = inject(key)
  if (shared !== undefined) return shared
  throw new UsageError(
    'the suite has no stack',
    "Add `globalSetup: ['harness/vitest/shared-stack.ts']` to its project in vitest.config.ts.",
    'CHAOS_NO_SHARED_STACK',
  )
}
