// Pulls images for --pull, with the credentials that `docker login` has left.
import type Dockerode from 'dockerode'
import { z } from 'zod'
import { Deadline } from '../../core/deadline.ts'
import { hasImage, imagesMissing, inspectImages, wantedImages, type ImageSettings } from './choose-images.ts'
import { explain } from '../engine/failures.ts'
import type { Engine } from '../engine/client.ts'
import { followStream } from '../engine/call-engine.ts'
import { credentialsFor, nameInEngine } from '../testcontainers.ts'
import { inCheckout } from './build-hint.ts'

/** Some hundred MB, also over a slow line. */
const pulledWithinMs = 60 * 60_000

export interface PullOptions {
  /** Ends it early. */
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
}

/**
 * Pulls the images that a cluster needs and the engine does not have: the user's, else the official ones.
 * @throws what `signal` was aborted with; ChaosError `CHAOS_IMAGE_MISSING` if an image cannot be pulled,
 *   `CHAOS_DISK_FULL`, `CHAOS_ENGINE_LOST`
 */
export async function pullMissing(
  { docker }: Pick<Engine, 'docker'>,
  settings: ImageSettings,
  { signal, onProgress }: PullOptions,
): Promise<void> {
  const { missing } = await inspectImages({ docker }, settings)
  const wanted = missing.length === 0 ? [] : wantedImages(settings)
  for (const image of wanted) {
    if (await hasImage(docker, image)) continue
    onProgress(`pulling ${nameInEngine(image)}`)
    await pullImage(docker, image, signal)
    if (!(await hasImage(docker, image))) throw imagesMissing([nameInEngine(image)])
  }
}

/**
 * @throws what `signal` was aborted with; ChaosError `CHAOS_IMAGE_MISSING`, `CHAOS_DISK_FULL`,
 *   `CHAOS_ENGINE_LOST`
 */
export async function pullImage(docker: Dockerode, image: string, signal: AbortSignal): Promise<void> {
  const name = nameInEngine(image)
  const abandoned = new AbortController()
  try {
    const either = AbortSignal.any([signal, abandoned.signal])
    await Deadline.after(pulledWithinMs, signal).race(pulled(docker, name, either), {
      what: `${name} to be pulled`,
      code: 'CHAOS_IMAGE_MISSING',
    })
  } catch (thrown) {
    signal.throwIfAborted()
    throw explain(name, thrown, 'pull', otherwise)
  } finally {
    abandoned.abort()
  }
}

/** @param name with its registry, if it has one */
async function pulled(docker: Dockerode, name: string, abortSignal: AbortSignal): Promise<void> {
  const { IndexServerAddress } = infoSchema.parse(await docker.info())
  const authconfig = await credentialsFor(name, IndexServerAddress)
  abortSignal.throwIfAborted()
  const stream = await docker.pull(name, { abortSignal, ...(authconfig ? { authconfig } : {}) })
  await followStream(docker, stream)
}

const infoSchema = z.object({ IndexServerAddress: z.string().optional() })

const otherwise = {
  code: 'CHAOS_IMAGE_MISSING',
  hint: `Check the name and the way to the registry${inCheckout(', or build our own images with "pnpm images"')}.`,
} as const
