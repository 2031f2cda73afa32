// Provides a backend's binaries or images, once for all clusters of a session.
import type { Config } from '../config/config.ts'
import { UsageError } from '../core/errors.ts'
import type { BackendName } from '../config/backends.ts'
import { provision } from './provision/provision.ts'
import { startProcessCluster } from './backends/process/process-cluster.ts'
import type { Session } from '../processes/session.ts'
import type { Cluster } from './cluster.ts'

export interface BackendOptions {
  readonly name: BackendName
  readonly config: Config
  readonly session: Session
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
  /** Where this machine should reach the frontend, if nothing else listens there. @default null, anywhere */
  readonly frontendPort?: number | null
}

/** @throws as `startProcessCluster` or `startDockerCluster` does */
export type StartCluster = (onProgress?: (text: string) => void) => Promise<Cluster>

/**
 * @throws as `provision` does, or ChaosError `CHAOS_ENGINE_MISSING`, `CHAOS_ENGINE_REFUSED`,
 *   `CHAOS_IMAGE_MISSING`
 */
export async function openBackend(options: BackendOptions): Promise<StartCluster> {
  const { name, session, signal, frontendPort = null } = options
  if (name === 'docker') return openDocker(options)
  if (name === 'external') throw noExternalCluster()
  if (name === 'dev-server') throw noDevServer()
  const binaries = await provision(options)
  return (onProgress) =>
    startProcessCluster({ session, binaries, signal, frontendPort, ...(onProgress ? { onProgress } : {}) })
}

/** Only the configuration of a project declares one. */
export function noExternalCluster(): UsageError {
  return new UsageError(
    'no external cluster is declared',
    'Give the `cluster` of your chaos.config an `address` or a `profile`, or leave --backend out.',
    'CHAOS_CONFIG_MISSING',
  )
}

/** Only the configuration of a project declares one. */
export function noDevServer(): UsageError {
  return new UsageError(
    'no development server is declared',
    'Give the `cluster` of your chaos.config `"devServer": true`, or leave --backend out.',
    'CHAOS_CONFIG_MISSING',
  )
}

/** Loaded only here: the engine's client takes half a second to load. */
async function openDocker({
  config,
  session,
  env,
  signal,
  onProgress,
  frontendPort = null,
}: BackendOptions): Promise<StartCluster> {
  const { openEngine } = await import('../containers/engine/client.ts')
  const { chooseImages } = await import('../containers/images/choose-images.ts')
  const { removeLeftovers } = await import('../containers/cleanup/remove-leftovers.ts')
  const { startDockerCluster } = await import('./backends/docker/docker-cluster.ts')
  const engine = await openEngine(env)
  if (config.pull) {
    const { pullMissing } = await import('../containers/images/pull-images.ts')
    await pullMissing(engine, config, { signal, onProgress })
  }
  const images = await chooseImages(engine, config)
  for (const name of await removeLeftovers(engine.docker))
    onProgress(`removed ${name}, which a dead session had left`)
  return (told) =>
    startDockerCluster({
      session,
      engine,
      images,
      ui: config.ui,
      signal,
      frontendPort,
      ...(told ? { onProgress: told } : {}),
    })
}
