// Where the workers of runs live.
import type { Config } from '../config/config.ts'
import { ChaosError, UsageError } from '../core/errors.ts'
import type { Session } from '../processes/session.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { processHost } from '../worker/hosts/process-host.ts'
import type { WorkerHost } from '../worker/worker-process.ts'
import { inCheckout } from '../containers/images/build-hint.ts'

/** A place for workers of a run on this cluster. */
export type HostFor = (cluster: Cluster) => Promise<WorkerHost>

export function processHosts(session: Session): HostFor {
  return async (cluster) => processHost(session, cluster.endpoint.address)
}

/** @throws ChaosError `CHAOS_IMAGE_MISSING`, `CHAOS_ENGINE_MISSING` */
export async function hostsFor(config: Config, session: Session, env: NodeJS.ProcessEnv): Promise<HostFor> {
  if (config.worker === 'process') return processHosts(session)
  // Loaded only here: what speaks to an engine takes half a second to load.
  const { containerHost } = await import('../worker/hosts/container-host.ts')
  const { ownWorkerImage } = await import('../containers/images/images.ts')
  const { hasImage } = await import('../containers/images/choose-images.ts')
  const { openEngine } = await import('../containers/engine/client.ts')
  const image = config.workerImage ?? (await ownWorkerImage())
  if (image === null) {
    throw new UsageError(
      'workers in containers need an image, and the package has none',
      'Name yours with --worker-image, or leave --worker container out.',
      'CHAOS_IMAGE_MISSING',
    )
  }
  const { docker } = await openEngine(env)
  if (!(await hasImage(docker, image))) {
    throw new ChaosError(`the container engine has no image ${image}`, {
      code: 'CHAOS_IMAGE_MISSING',
      hint: inCheckout(
        'Build it with "pnpm images worker"; it is made from this checkout, and again when that changes.',
      ),
    })
  }
  return async (cluster) => {
    const { containerNetwork } = cluster
    if (containerNetwork !== undefined) return containerHost(session, containerNetwork, image)
    throw new ChaosError('workers in containers need a cluster of containers', { code: 'CHAOS_USAGE' })
  }
}
