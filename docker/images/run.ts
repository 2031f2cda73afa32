// Runs a program of the build to its end and keeps its last lines for the error. The program belongs to the
// session: the session's guard ends it if the build is killed.
import { createInterface } from 'node:readline'
import { diskFullOr, type Disk } from '../../harness/core/disk-full.ts'
import { ChaosError, type ErrorCode } from '../../harness/core/errors.ts'
import { onAbort } from '../../harness/core/on-abort.ts'
import { proxyEnvironment } from '../../harness/processes/environment.ts'
import type { Spawned } from '../../harness/processes/session.ts'
import { everySecond } from '../../harness/cluster/provision/progress.ts'
import type { Site } from './image.ts'

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** Added to the few variables that every child of a session gets. */
  readonly env?: Readonly<Record<string, string>>
  /** What it does, as it reads before ", 12 s". */
  readonly doing: string
  /** What its failure is called. */
  readonly code: ErrorCode
  /** The step that a line of output reports; undefined if it reports none. */
  readonly stepOf?: (line: string) => string | undefined
  /** What its output means, if that is known. */
  readonly failureOf?: (output: string) => ChaosError | undefined
}

const linesKept = 12

const buildDisk: Disk = { whenFull: 'The build needs about 2 GB in the temporary folder (TMPDIR).' }

/**
 * @returns what it wrote to stdout and stderr, its last lines only
 * @throws ChaosError with the command's code, or what its output is known to mean; the signal's reason
 */
export async function run(site: Site, command: Command): Promise<string> {
  const { file, args, cwd } = command
  const env = { ...proxyEnvironment(process.env), ...command.env }
  site.signal.throwIfAborted()
  const child = await site.session.spawn(file, args, { env, ...(cwd === undefined ? {} : { cwd }) })
  using _kill = onAbort(site.signal, () => child.signal('SIGKILL'))
  let step = ''
  using _ = everySecond((elapsed) => site.onProgress(`${command.doing}${step}, ${elapsed}`))
  const lines = await lastLines(child, (line) => {
    const next = command.stepOf?.(line)
    if (next !== undefined) step = `: ${next}`
  })
  const { code, signal } = await child.exited
  site.signal.throwIfAborted()
  const output = lines.join('\n')
  if (code === 0) return output
  throw (
    command.failureOf?.(output) ??
    new ChaosError(
      `${command.doing} failed (${file}: ${code ?? signal}):\n${output}`,
      diskFullOr(output, buildDisk, { code: command.code }),
    )
  )
}

async function lastLines({ subprocess }: Spawned, onLine: (line: string) => void): Promise<string[]> {
  const kept: string[] = []
  const { stdout, stderr } = subprocess
  const read = async (stream: typeof stdout) => {
    if (stream === null || stream === undefined) return
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue
      onLine(line)
      kept.push(line)
      if (kept.length > linesKept) kept.shift()
    }
  }
  await Promise.all([read(stdout), read(stderr)])
  return kept
}

const passedOn = /^(XDG_|npm_config_|NPM_CONFIG_|PNPM_HOME$|NODE_AUTH_TOKEN$)/

/** The user's settings of the package manager. */
export function toolEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && passedOn.test(name) ? [[name, value] as const] : [],
  )
  return Object.fromEntries(kept)
}
