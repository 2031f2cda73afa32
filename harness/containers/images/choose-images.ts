// Which images a cluster is made of: those that the user names, else the official ones where they are there, else our own.
import type Dockerode from 'dockerode'
import type { Config } from '../../config/config.ts'
import { ChaosError } from '../../core/errors.ts'
import { engineStatus } from '../engine/failures.ts'
import type { Engine } from '../engine/client.ts'
import { nameInEngine } from '../testcontainers.ts'
import {
  officialImages,
  ownImages,
  stackImageNames,
  type StackImageName,
  type ClusterImages,
} from './images.ts'

export type ImageSettings = Pick<
  Config,
  'serverImage' | 'adminToolsImage' | 'postgresImage' | 'uiImage' | 'ui'
>

/** @throws ChaosError `CHAOS_IMAGE_MISSING` with all that are */
export async function chooseImages(engine: Engine, settings: ImageSettings): Promise<ClusterImages> {
  const inspectSources = await surveyImages(engine, settings)
  if (inspectSources.missing.length === 0) return inspectSources.images
  throw imagesMissing(inspectSources.missing)
}

export interface ImageSurvey {
  readonly images: ClusterImages
  /** Those of `images` that the engine does not have, by the names that it is asked for. */
  readonly missing: readonly string[]
}

/** What `chooseImages` would choose, and what it lacks. Pulls nothing. */
export async function surveyImages(
  { docker }: Pick<Engine, 'docker'>,
  settings: ImageSettings,
): Promise<ImageSurvey> {
  const has = (image: string) => hasImage(docker, image)
  const names = neededNames(settings)
  // All from one place: who has built ours once and pulled one of the others later gets no mixture.
  const official = await Promise.all(names.map((name) => has(given(settings, name) ?? officialImages[name])))
  const fallback = official.every(Boolean) ? officialImages : ownImages
  const images = Object.fromEntries(
    stackImageNames.map((name) => [name, given(settings, name) ?? fallback[name]]),
  ) as unknown as ClusterImages
  const found = await Promise.all(names.map(async (name) => ({ name, isThere: await has(images[name]) })))
  return {
    images,
    missing: found.flatMap(({ name, isThere }) => (isThere ? [] : [nameInEngine(images[name])])),
  }
}

/** By name, whether or not they are there: the user's, else the official ones. */
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
  'Nothing is pulled unasked: --pull gets the official images; "pnpm images" builds our own where nothing can be pulled.'

function neededNames({ ui }: ImageSettings): StackImageName[] {
  return stackImageNames.filter((name) => name !== 'ui' || ui)
}

function given(settings: ImageSettings, name: StackImageName): string | undefined {
  return settings[`${name}Image`]
}
