// Which backend makes a campaign's clusters: as the user says, else containers where they can be had at once.
import { settings, type Config, type SettingName } from '../config/config.ts'
import { toChaosError, UsageError } from '../core/errors.ts'
import { mayHaveEngine } from '../containers/engine/engine-place.ts'
import type { BackendName } from '../config/backends.ts'

export interface ChosenBackend {
  readonly name: BackendName
  /** Why, as it reads after the name. */
  readonly why: string
}

/** What cannot be done without containers. */
const needContainers = [
  'worker',
  'ui',
  'serverImage',
  'adminToolsImage',
  'postgresImage',
  'uiImage',
  'workerImage',
] as const satisfies SettingName[]

type BackendConfig = Pick<Config, 'backend' | 'pull' | (typeof needContainers)[number]>

/** Asks an engine only where there may be one; pulls and starts nothing. @throws UsageError where settings exclude each other */
export async function chooseBackend(config: BackendConfig, env: NodeJS.ProcessEnv): Promise<ChosenBackend> {
  if (config.backend === 'process') {
    // To pull where there is an engine is no mistake beside `auto`; here it never is.
    const needy = config.pull ? flagOf('pull') : needyFlag(config)
    if (needy !== undefined) throw new UsageError(needs(needy), 'Add --backend docker, or leave it out.')
  }
  if (config.backend !== 'auto') return { name: config.backend, why: 'as you said' }
  const engine = await engineOrWhyNot(config, env)
  if (engine.isThere) return { name: 'docker', why: engine.why }
  const needy = needyFlag(config)
  if (needy === undefined) return { name: 'process', why: engine.why }
  throw new UsageError(`${needs(needy)}: ${engine.why}`)
}

/** The first setting given that only containers have, as it is typed. */
function needyFlag(config: BackendConfig): string | undefined {
  const needy = needContainers.find((name) => config[name] !== settings[name].schema.parse(undefined))
  return needy === undefined ? undefined : flagOf(needy, config[needy])
}

function flagOf(name: SettingName, value?: unknown): string {
  const flag = settings[name].flag.split(' ')[0] ?? ''
  return typeof value === 'string' ? `${flag} ${value}` : flag
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
    const { openEngine } = await import('../containers/engine/engine.ts')
    const engine = await openEngine(env)
    const { surveyImages } = await import('../containers/images/choose-images.ts')
    return countImages(engine.version, await surveyImages(engine, config), config.pull)
  } catch (thrown) {
    return { isThere: false, why: toChaosError(thrown).message }
  }
}

/** @param pull whether those that are missing will be there */
export function countImages(
  version: string,
  { images, missing }: { readonly images: { readonly server: string }; readonly missing: readonly string[] },
  pull: boolean,
): { readonly isThere: boolean; readonly why: string } {
  if (missing.length === 0) {
    return { isThere: true, why: `engine ${version} answers and has ${images.server}` }
  }
  if (pull) return { isThere: true, why: `engine ${version} answers, and --pull gets the images` }
  const ways = '"pnpm images" builds our own, --pull gets the official ones'
  return { isThere: false, why: `the container engine lacks ${missing.join(', ')} (${ways})` }
}
