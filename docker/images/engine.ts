// Builds and imports images by the same engine client as the harness, with the same errors.
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type Dockerode from 'dockerode'
import { ChaosError } from '../../harness/core/errors.ts'
import { platformOf } from '../../harness/config/temporal-release.ts'
import { everySecond } from '../../harness/cluster/provision/progress.ts'
import { explain, engineStatus } from '../../harness/containers/engine/failures.ts'
import { openEngine } from '../../harness/containers/engine/client.ts'
import { followStream } from '../../harness/containers/engine/call-engine.ts'
import { hasImage } from '../../harness/containers/images/choose-images.ts'
import { pullImage } from '../../harness/containers/images/pull-images.ts'
import { nameInEngine } from '../../harness/containers/testcontainers.ts'
import type { Site } from './image.ts'
import { recipeLabel } from './recipe.ts'

const linesKept = 12

/**
 * The engine has to run the same kind of machine as this one: the images' programs are built here.
 * @throws ChaosError `CHAOS_ENGINE_MISSING`, `CHAOS_ENGINE_REFUSED`, `CHAOS_ENGINE_PLATFORM`
 */
export async function openBuildEngine(env: NodeJS.ProcessEnv): Promise<Dockerode> {
  const { docker } = await openEngine(env)
  const { Os, Arch } = await docker.version()
  const { os = process.platform, arch = process.arch } = platformOf() ?? {}
  if (Os === os && Arch === arch) return docker
  throw new ChaosError(`the engine runs ${Os}/${Arch}, but the images built here are for ${os}/${arch}`, {
    code: 'CHAOS_ENGINE_PLATFORM',
    hint: 'Build where the engine runs, or use the official images.',
  })
}

/** Undefined if the engine has no image of that name. */
export async function findImage(
  docker: Dockerode,
  name: string,
): Promise<{ readonly id: string; readonly recipe: string } | undefined> {
  try {
    const { Id, Config } = await docker.getImage(nameInEngine(name)).inspect()
    const labels: Readonly<Record<string, string>> | null = Config.Labels
    return { id: Id, recipe: labels?.[recipeLabel] ?? '' }
  } catch (thrown) {
    if (engineStatus(thrown) === 404) return undefined
    throw explain(name, thrown, 'inspect')
  }
}

interface BuildOptions {
  readonly name: string
  readonly aliases: readonly string[]
  /** Pulled if the engine does not have it. */
  readonly base: string
  readonly recipe: string
  /** The folder with the Dockerfile and everything that it copies. */
  readonly context: string
}

/**
 * @throws ChaosError `CHAOS_IMAGE_BUILD_FAILED`, `CHAOS_IMAGE_MISSING`, `CHAOS_DISK_FULL`,
 *   `CHAOS_ENGINE_LOST`
 */
export async function buildImage(site: Site, options: BuildOptions): Promise<void> {
  const { docker, signal } = site
  const { name, aliases, base, recipe, context } = options
  if (!(await hasImage(docker, base))) await pullImage(docker, base, signal)
  const src = await filesIn(context)
  await asked(site, { doing: 'build', name }, () =>
    docker.buildImage(
      { context, src },
      {
        t: name,
        labels: { [recipeLabel]: recipe },
        buildargs: { BASE: nameInEngine(base) },
        // Our Dockerfiles fetch nothing: all that they need is in the context.
        networkmode: 'none',
        forcerm: true,
        abortSignal: signal,
      },
    ),
  )
  for (const alias of aliases) await docker.getImage(name).tag(nameAndTag(alias))
}

/** Makes an image of an archive of a whole file system. @throws ChaosError as `buildImage` does */
export async function importImage(
  site: Site,
  name: string,
  archive: string,
  changes: readonly string[],
): Promise<void> {
  const { docker, signal } = site
  await asked(site, { doing: 'import', name }, () =>
    docker.importImage(createReadStream(archive), { ...nameAndTag(name), changes, abortSignal: signal }),
  )
}

/** Removes images whose name went to a newer build. An image that a container still uses stays. */
export async function removeReplaced(docker: Dockerode): Promise<void> {
  try {
    await docker.pruneImages({ filters: { label: [recipeLabel], dangling: ['true'] } })
  } catch (thrown) {
    throw explain('replaced images', thrown, 'remove')
  }
}

async function asked(
  { docker, signal, onProgress }: Site,
  { doing, name }: { readonly doing: 'build' | 'import'; readonly name: string },
  ask: () => Promise<NodeJS.ReadableStream>,
): Promise<void> {
  let step = ''
  const lines: string[] = []
  using _ = everySecond((elapsed) => onProgress(`${doing}ing ${name}${step}, ${elapsed}`))
  try {
    await followStream(docker, await ask(), (text) => {
      lines.push(...text.split('\n').filter((line) => line.trim() !== ''))
      lines.splice(0, lines.length - linesKept)
      const next = /^Step (\S.*)/.exec(text)?.[1]?.slice(0, 60)
      if (next !== undefined) step = `: ${next}`
    })
  } catch (thrown) {
    signal.throwIfAborted()
    const hint = lines.length === 0 ? {} : { hint: `Its last output:\n${lines.join('\n')}` }
    throw explain(name, thrown, doing, { code: 'CHAOS_IMAGE_BUILD_FAILED', ...hint })
  }
}

/**
 * Every file by itself: dockerode applies .dockerignore to the names in this list only, not to what is below
 * a folder.
 */
async function filesIn(context: string): Promise<string[]> {
  const entries = await readdir(context, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  return files.map(({ parentPath, name }) => relative(context, join(parentPath, name)))
}

function nameAndTag(name: string): { readonly repo: string; readonly tag: string } {
  const colon = name.lastIndexOf(':')
  return { repo: name.slice(0, colon), tag: name.slice(colon + 1) }
}
