// Pulls what the user asked for with --pull, with the credentials that `docker login` has left.
import { ChaosError, messageOf } from '../../errors.ts'
import { hasImage, surveyImages, wantedImages, type ImageSettings } from './choose-images.ts'
import type { Engine } from './engine.ts'

/**
 * The images that a stack would be made of and that are missing: those that the user names, else the official ones.
 * @throws ChaosError `CHAOS_IMAGE_MISSING` where one can be had neither here nor there
 */
export async function pullChosen(
  engine: Engine,
  settings: ImageSettings,
  onProgress: (text: string) => void,
): Promise<void> {
  const { missing } = await surveyImages(engine, settings)
  const wanted = missing.length === 0 ? [] : wantedImages(settings)
  const { getContainerRuntimeClient, ImageName } = await import('testcontainers')
  const client = await getContainerRuntimeClient()
  for (const image of wanted) {
    if (await hasImage(engine.docker, image)) continue
    onProgress(`pulling ${image}`)
    try {
      await client.image.pull(ImageName.fromString(image))
    } catch (thrown) {
      throw new ChaosError(`cannot pull ${image}: ${messageOf(thrown)}`, {
        code: 'CHAOS_IMAGE_MISSING',
        hint: 'Check the name and the way to the registry, or build our own images with "pnpm images".',
        cause: thrown,
      })
    }
  }
}
