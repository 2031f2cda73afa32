// Chooses the images of a cluster: the user's, else the official ones if the engine has them all, else our
// own.
import type Dockerode from 'dockerode'
import type { Config } from '../../config/config.ts'
import { ChaosError } from '../../core/errors.ts'
import { engineStatus } from '../engine/failures.ts'
import type { Engine } from '../engine/client.ts'
import { nameInEngine } from '../testcontainers.ts'
import { inCheckout } from './build-hint.ts'
import {
  officialImages,
  ownImages,
  clusterImageNames,
  type ClusterImageName,
  type ClusterImages,
} from './images.ts'

export type ImageSettings = Pick<
  Config,
  'serverImage' | 'adminToolsImage' | 'postgresImage' | 'uiImage' | 'ui'
>

/** @throws ChaosError `CHAOS_IMAGE_MISSING` that names all missing images */
export async function chooseImages(engine: Engine, settings: ImageSettings): Promise<ClusterImages> {
  const inspected = await inspectImages(engine, settings)
  if (inspected.missing.length === 0) return inspected.images
  throw imagesMissing(inspected.missing)
}

export interface InspectedImages {
  readonly images: ClusterImages
  /** Those of `images` that the engine does not have, by the engine's names for them. */
  readonly missing: readonly string[]
}

/** The images that `chooseImages` would choose, and those that are missing. Pulls nothing. */
export async function inspectImages(
  { docker }: Pick<Engine, 'docker'>,
  settings: ImageSettings,
): Promise<InspectedImages> {
  const has = (image: string) => hasImage(docker, image)
  const names = neededNames(settings)
  // All official or all our own: a mixture would come about if somebody pulled one image after building ours.
  const official = await Promise.all(names.map((name) => has(given(settings, name) ?? officialImages[name])))
  const fallback = official.every(Boolean) ? officialImages : ownImages
  const images = Object.fromEntries(
    clusterImageNames.map((name) => [name, given(settings, name) ?? fallback[name]]),
  ) as unknown as ClusterImages
  const found = await Promise.all(names.map(async (name) => ({ name, isThere: await has(images[name]) })))
  return {
    images,
    missing: found.flatMap(({ name, isThere }) => (isThere ? [] : [nameInEngine(images[name])])),
  }
}

/** The user's images, else the official ones, whether or not the engine has them. */
export function wantedImages(settings: ImageSettings): string[] {
  return neededNames(settings).map((name) => given(settings, name) ?? officialImages[name])
}

export async function hasImage(docker: Dockerode, image: string): Promise<boolean> {
  try {
    await docker.getImage(nameInEngine(image)).inspect()
    return true
  } catch (thrown) {
    if (engineStatus(thrown) === 404) return false
    throw thrown
  }
}

export function imagesMissing(missing: readonly string[]): ChaosError {
  return new ChaosError(`the container engine has no image ${missing.join(', ')}`, {
    code: 'CHAOS_IMAGE_MISSING',
    hint: missingImagesHint,
  })
}

export const missingImagesHint =
  'Nothing is pulled unasked: --pull gets the official images' +
  inCheckout('; "pnpm images" builds our own where nothing can be pulled') +
  '.'

function neededNames({ ui }: ImageSettings): ClusterImageName[] {
  return clusterImageNames.filter((name) => name !== 'ui' || ui)
}

function given(settings: ImageSettings, name: ClusterImageName): string | undefined {
  return settings[`${name}Image`]
}
