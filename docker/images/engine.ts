// The few things that are asked of the Docker engine, through its own command.
import { execa } from 'execa'
import { ChaosError } from '../../harness/core/errors.ts'
import { platformOf } from '../../harness/config/temporal-release.ts'
import type { Site } from './image.ts'
import { recipeLabel } from './recipe.ts'
import { run, toolEnvironment } from './run.ts'
import { engineHint, engineTrouble } from './trouble.ts'

/**
 * What goes into the images is made for this machine, so the engine has to be of its kind.
 * @throws ChaosError `CHAOS_ENGINE_MISSING`, `CHAOS_ENGINE_REFUSED`, `CHAOS_ENGINE_PLATFORM`
 */
export async function checkEngine(signal: AbortSignal): Promise<void> {
  const engine = await ask(['version', '--format', '{{.Server.Os}}/{{.Server.Arch}}'], signal)
  const { os = process.platform, arch = process.arch } = platformOf() ?? {}
  if (engine === `${os}/${arch}`) return
  throw new ChaosError(`the engine runs ${engine}, but what is built here is for ${os}/${arch}`, {
    code: 'CHAOS_ENGINE_PLATFORM',
    hint: 'Build where the engine runs, or use the official images.',
  })
}

/** An image as the engine has it; undefined where it has none of that name. */
export async function findImage(
  name: string,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly recipe: string; readonly bytes: number } | undefined> {
  const format = `{{.Id}} {{.Size}} {{index .Config.Labels "${recipeLabel}"}}`
  const answer = await ask(['image', 'inspect', '--format', format, name], signal, /no such image/i)
  if (answer === undefined) return undefined
  const [id = '', bytes, recipe = ''] = answer.split(' ')
  return { id, recipe, bytes: Number(bytes) }
}

export async function buildImage(
  site: Site,
  { name, aliases, base, recipe, context }: BuildOptions,
): Promise<void> {
  const names = [name, ...aliases].flatMap((tag) => ['--tag', tag])
  const labels = ['--label', `${recipeLabel}=${recipe}`]
  // Our Dockerfiles fetch nothing: all that they need is in the context.
  const rest = ['--network', 'none', '--force-rm', '--build-arg', `BASE=${base}`, context]
  await run(site, {
    file: 'docker',
    args: ['build', ...names, ...labels, ...rest],
    env: toolEnvironment(site.env),
    doing: `building ${name}`,
    code: 'CHAOS_IMAGE_BUILD_FAILED',
    stepOf: (line) => /^(?:Step|#\d+) (\S.*)/.exec(line)?.[1]?.slice(0, 60),
    troubleOf: engineTrouble,
  })
}

/** Removes what a newer build has taken the name from; what a container still uses stays. */
export async function removeReplaced(site: Site): Promise<void> {
  const ours = ['--filter', `label=${recipeLabel}`, '--filter', 'dangling=true']
  await ask(['image', 'prune', '--force', ...ours], site.signal)
}

interface BuildOptions {
  readonly name: string
  readonly aliases: readonly string[]
  readonly base: string
  readonly recipe: string
  readonly context: string
}

/** Makes an image of an archive of a whole file system. */
export async function importImage(
  site: Site,
  name: string,
  archive: string,
  changes: readonly string[],
): Promise<void> {
  await run(site, {
    file: 'docker',
    args: ['import', ...changes.flatMap((change) => ['--change', change]), archive, name],
    env: toolEnvironment(site.env),
    doing: `importing ${name}`,
    code: 'CHAOS_IMAGE_BUILD_FAILED',
    troubleOf: engineTrouble,
  })
}

/** @returns the answer; undefined where it is the refusal that is `expected` */
async function ask(
  args: readonly string[],
  signal: AbortSignal,
  expected?: RegExp,
): Promise<string | undefined> {
  const answer = await execa('docker', args, { reject: false, stdin: 'ignore', cancelSignal: signal })
  signal.throwIfAborted()
  if (!answer.failed) return answer.stdout.trim()
  if (expected?.test(answer.stderr) === true) return undefined
  if (answer.code === 'ENOENT')
    throw new ChaosError('there is no docker on the PATH', { code: 'CHAOS_ENGINE_MISSING', hint: engineHint })
  throw (
    engineTrouble(answer.stderr) ??
    new ChaosError(`docker ${args[0]} failed: ${answer.stderr || answer.shortMessage}`, {
      code: 'CHAOS_ENGINE_REFUSED',
    })
  )
}
