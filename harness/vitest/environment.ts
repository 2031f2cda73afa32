// Temporal's own test environment on the suite's cluster, for tests that are no scenarios.
import {
  TestWorkflowEnvironment,
  type ExistingServerTestWorkflowEnvironmentOptions,
} from '@temporalio/testing'
import { sharedStack } from './provided.ts'

export type TemporalEnvironment = TestWorkflowEnvironment & AsyncDisposable

/**
 * `TestWorkflowEnvironment.createFromExistingServer` on the suite's cluster: `client` for tests, `nativeConnection` for
 * workers that they run. Ends by `teardown()`, or by itself with `await using`. Others work on the same server: use task
 * queues and workflow ids of your own.
 * @throws UsageError `CHAOS_NO_SHARED_STACK`
 */
export async function temporalEnvironment(
  options: Pick<ExistingServerTestWorkflowEnvironmentOptions, 'client' | 'plugins'> = {},
): Promise<TemporalEnvironment> {
  const { address, namespace } = sharedStack().endpoint
  const plugins = [direct, ...(options.plugins ?? [])]
  const environment = await TestWorkflowEnvironment.createFromExistingServer({
    ...options,
    address,
    namespace,
    plugins,
  })
  return Object.assign(environment, { [Symbol.asyncDispose]: () => environment.teardown() })
}

/** grpc-js would send even loopback traffic to a proxy of the environment. */
const direct: NonNullable<ExistingServerTestWorkflowEnvironmentOptions['plugins']>[number] = {
  name: 'temporal-chaos.direct',
  configureConnection: (options) => ({
    ...options,
    channelArgs: { ...options.channelArgs, 'grpc.enable_http_proxy': 0 },
  }),
}
