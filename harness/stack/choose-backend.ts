// Which backend makes a campaign's stacks: as the user says, else containers where they can be had at once.
import type { Config } from '../config.ts'
import { toChaosError, UsageError } from '../errors.ts'
import { mayHaveEngine } from './docker/engine-place.ts'
import type { BackendName } from '../backends.ts'

export interface ChosenBackend {
  readonly name: BackendName
  /** Why, as it reads after the name. */
  readonly why: string
}

type BackendConfig = Pick<
  Config,
  'backend' | 'worker' | 'serverImage' | 'adminToolsImage' | 'postgresImage' | 'uiImage' | 'ui' | 'pull'
>

/** Asks an engine only where there may be one; pulls and starts nothing. @throws UsageError where settings exclude each other */
export async function chooseBackend(config: BackendConfig, env: NodeJS.ProcessEnv): Promise<ChosenBackend> {
  if (config.backend === 'process' && config.worker === 'container') {
    throw new UsageError('--worker container needs a stack of containers', 'Add --backend docker.')
  }
  if (config.backend !== 'auto') return { name: config.backend, why: 'as you said' }
  const engine = await engineOrWhyNot(config, env)
  if (engine.isThere) return { name: 'docker', why: engine.why }
  if (config.worker === 'process') return { name: 'process', why: engine.why }
  throw new UsageError(`--worker container needs a stack of containers: ${engine.why}`)
}

async function engineOrWhyNot(
  config: BackendConfig,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly isThere: boolean; readonly why: string }> {
  if (!mayHaveEngine(env)) return { isThere: false, why: 'there is no container engine' }
  try {
    const { openEngine } = await import('./docker/engine.ts')
    const engine = await openEngine(env)
    const { surveyImages } = await import('./docker/choose-images.ts')
    const { images, missing } = await surveyImages(engine, config)
    if (missing.length === 0)
      return { isThere: true, why: `engine ${engine.version} answers and has ${images.server}` }
    return { isThere: false, why: `the container engine lacks ${missing.join(', ')}` }
  } catch (thrown) {
    return { isThere: false, why: toChaosError(thrown).message }
  }
}
