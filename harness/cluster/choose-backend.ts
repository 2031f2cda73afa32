// Chooses the backend of a campaign: the user's choice, else containers if an engine has the images already.
import type { Config } from '../config/config.ts'
import { toChaosError, UsageError } from '../core/errors.ts'
import { mayHaveEngine } from '../containers/engine/docker-host.ts'
import type { BackendName } from '../config/backends.ts'
import { defaultValue, flagName } from '../config/setting.ts'
import { settings, settingsIn, type ContainerSettingName } from '../config/settings.ts'
import { inCheckout } from '../containers/images/build-hint.ts'

export interface ChosenBackend {
  readonly name: BackendName
  /** The reason, worded to follow the name. */
  readonly why: string
}

const needContainers = settingsIn('containers')

type BackendConfig = Pick<Config, 'backend' | ContainerSettingName>

/** Pulls and starts nothing. @throws UsageError if settings exclude each other */
export async function chooseBackend(config: BackendConfig, env: NodeJS.ProcessEnv): Promise<ChosenBackend> {
  if (config.backend === 'process') {
    const needy = givenFlag(config, needContainers)
    if (needy !== undefined) throw new UsageError(needs(needy), 'Add --backend docker, or leave it out.')
  }
  if (config.backend === 'external' || config.backend === 'dev-server')
    return { name: config.backend, why: 'as chaos.config declares it' }
  if (config.backend !== 'auto') return { name: config.backend, why: 'as configured' }
  const engine = await engineOrWhyNot(config, env)
  if (engine.isThere) return { name: 'docker', why: engine.why }
  // Beside `auto`, --pull only says what to do if there is an engine.
  const needy = givenFlag(
    config,
    needContainers.filter((name) => name !== 'pull'),
  )
  if (needy === undefined) return { name: 'process', why: engine.why }
  throw new UsageError(`${needs(needy)}: ${engine.why}`)
}

/** The first of `names` that differs from its default, as a flag. */
function givenFlag(config: BackendConfig, names: readonly ContainerSettingName[]): string | undefined {
  const given = names.find((name) => config[name] !== defaultValue(settings[name]))
  if (given === undefined) return undefined
  const value = config[given]
  return typeof value === 'string' ? `${flagName(settings[given])} ${value}` : flagName(settings[given])
}

function needs(flag: string): string {
  return `${flag} needs a cluster of containers`
}

async function engineOrWhyNot(
  config: BackendConfig,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly isThere: boolean; readonly why: string }> {
  if (!mayHaveEngine(env)) return { isThere: false, why: 'there is no container engine' }
  try {
    const { openEngine } = await import('../containers/engine/client.ts')
    const engine = await openEngine(env)
    const { inspectImages } = await import('../containers/images/choose-images.ts')
    return countImages(engine.version, await inspectImages(engine, config), config.pull)
  } catch (thrown) {
    return { isThere: false, why: toChaosError(thrown).message }
  }
}

/** @param pull whether missing images will be pulled */
export function countImages(
  version: string,
  { images, missing }: { readonly images: { readonly server: string }; readonly missing: readonly string[] },
  pull: boolean,
): { readonly isThere: boolean; readonly why: string } {
  if (missing.length === 0) {
    return { isThere: true, why: `engine ${version} answers and has ${images.server}` }
  }
  if (pull) return { isThere: true, why: `engine ${version} answers, and --pull gets the images` }
  const ways = `${inCheckout('"pnpm images" builds our own, ')}--pull gets the official ones`
  return { isThere: false, why: `the container engine lacks ${missing.join(', ')} (${ways})` }
}
