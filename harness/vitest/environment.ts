// Temporal's own test environment on the suite's cluster, for tests other than scenarios.
import {
  TestWorkflowEnvironment,
  type ExistingServerTestWorkflowEnvironmentOptions,
} from '@temporalio/testing'
import { sharedCluster } from './provided.ts'

export type TemporalEnvironment = TestWorkflowEnvironment & AsyncDisposable

/**
 * `TestWorkflowEnvironment.createFromExistingServer` on the suite's cluster: `client` for tests,
 * `nativeConnection` for their workers. Ends by `teardown()`, or by itself with `await using`. Other tests
 * work on the same server: use your own task queues and workflow ids.
 * @throws UsageError `CHAOS_NO_SHARED_STACK`
 */
export async function temporalEnvironment(
  options: Pick<ExistingServerTestWorkflowEnvironmentOptions, 'client' | 'plugins'> = {},
): Promise<TemporalEnvironment> {
  const { address, namespace } = sharedCluster().endpoint
  const plugins = [direct, ...(options.plugins ?? [])]
  const environment = await TestWorkflowEnvironment.createFromExistingServer({
    ...options,
    address,
    namespace,
    plugins,
  })
  return Object.assign(environment, { [Symbol.asyncDispose]: () => environment.teardown() })
}

/** grpc-js would send even loopback traffic to the proxy of the environment. */
const direct: NonNullable<ExistingServerTestWorkflowEnvironmentOptions['plugins']>[number] = {
  name: 'temporal-chaos.direct',
  configureConnection: (options) => ({
    ...options,
    channelArgs: { ...options.channelArgs, 'grpc.enable_http_proxy': 0 },
  }),
}
