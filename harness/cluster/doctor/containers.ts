// Checks for the `docker` backend. A campaign can do without containers, so nothing is ever `missing`.
import type { Config } from '../../config/config.ts'
import { toChaosError } from '../../core/errors.ts'
import { mayHaveEngine } from '../../containers/engine/docker-host.ts'
import type { Engine } from '../../containers/engine/client.ts'
import type { ImageSettings } from '../../containers/images/choose-images.ts'
import { ok, warning, type Check } from './check.ts'
import { inCheckout } from '../../containers/images/build-hint.ts'

const engineName = 'container engine'
const processHint =
  'Only --backend docker needs one; without it, clusters are local processes.' +
  inCheckout(
    ' On Debian: "apt-get install docker.io debootstrap debian-archive-keyring", start dockerd, "pnpm images" (docs/backends.md).',
  )

/** Pulls and starts nothing. */
export async function checkContainers(
  config: ImageSettings & Pick<Config, 'workerImage'>,
  env: NodeJS.ProcessEnv,
): Promise<Check[]> {
  if (!mayHaveEngine(env)) return [warning(engineName, 'none', processHint)]
  try {
    // Loaded only here: the engine's client takes half a second to load.
    const { openEngine } = await import('../../containers/engine/client.ts')
    const engine = await openEngine(env)
    const found = ok(engineName, `${engine.version} at ${engine.host}, ${engine.cpus} CPUs`)
    return [found, await checkImages(engine, config), await checkWorkerImage(engine, config)]
  } catch (thrown) {
    const { message, hint } = toChaosError(thrown)
    return [warning(engineName, message, hint ?? processHint)]
  }
}

async function checkImages(engine: Engine, config: ImageSettings): Promise<Check> {
  const { missingImagesHint, inspectImages } = await import('../../containers/images/choose-images.ts')
  const { images, missing } = await inspectImages(engine, config)
  if (missing.length > 0) return warning('images', `not there: ${missing.join(', ')}`, missingImagesHint)
  return ok('images', `${images.server}, ${images.adminTools}, ${images.postgres}`)
}

async function checkWorkerImage(
  engine: Engine,
  { workerImage: given }: Pick<Config, 'workerImage'>,
): Promise<Check> {
  const { hasImage } = await import('../../containers/images/choose-images.ts')
  const { ownWorkerImage } = await import('../../containers/images/images.ts')
  const name = 'worker image'
  const image = given ?? (await ownWorkerImage())
  if (image === null) return ok(name, 'none in the package: --worker container needs --worker-image')
  if (await hasImage(engine.docker, image)) return ok(name, image)
  return warning(
    name,
    `not there: ${image}`,
    `Only --worker container needs it${inCheckout('; "pnpm images worker" builds it')}.`,
  )
}
