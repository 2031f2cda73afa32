// The name under which testcontainers asks an engine for an image.
import { ImageName } from 'testcontainers'
import { ownRepositories } from './images.ts'

const prefixVariable = 'TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX'

/**
 * With the prefix that testcontainers takes from the environment for images of Docker Hub. Our own images are of no registry
 * and have none.
 */
export function nameInEngine(image: string): string {
  return image.startsWith(ownRepositories) ? image : ImageName.fromString(image).string
}

/** What is made in `make` takes the names of images as they are. */
export function asNamed<T>(make: () => T): T {
  const prefix = process.env[prefixVariable]
  delete process.env[prefixVariable]
  try {
    return make()
  } finally {
    if (prefix !== undefined) process.env[prefixVariable] = prefix
  }
}
