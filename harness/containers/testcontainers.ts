// The one file that knows testcontainers, version 12. It finds the engine, the prefix of image names and the
// credentials, so that `DOCKER_*` and `TESTCONTAINERS_*` keep their meaning. Everything else asks the engine
// by dockerode.
import { getContainerRuntimeClient, ImageName, type ContainerRuntimeClient } from 'testcontainers'
import { ownRepositories } from './images/images.ts'
import { getAuthConfig } from 'testcontainers/build/container-runtime/index.js'

/** testcontainers reads this once: the host at which published ports are reached. */
const hostVariable = 'TESTCONTAINERS_HOST_OVERRIDE'

/** testcontainers' name for Docker Hub, which has no registry in its images' names. */
const hub = 'https://index.docker.io/v1/'

/**
 * testcontainers' own search for an engine.
 * @param env the process's own: testcontainers reads no other
 * @param host where published ports are reached; undefined if testcontainers finds that by asking the engine
 */
export function findRuntime(
  env: NodeJS.ProcessEnv,
  host: string | undefined,
): Promise<ContainerRuntimeClient> {
  if (host !== undefined) env[hostVariable] ??= host
  return getContainerRuntimeClient()
}

/**
 * The name by which an engine knows an image: with the prefix that `TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX`
 * gives to images of Docker Hub. Images of our own have none.
 */
export function nameInEngine(image: string): string {
  return image.startsWith(ownRepositories) ? image : ImageName.fromString(image).string
}

/**
 * The credentials that `docker login` has left for an image's registry; undefined if there are none.
 * @param defaultRegistry the engine's own word for Docker Hub
 */
export function credentialsFor(
  image: string,
  defaultRegistry: string | undefined,
): ReturnType<typeof getAuthConfig> {
  return getAuthConfig(ImageName.fromString(image).registry ?? (defaultRegistry || hub))
}
