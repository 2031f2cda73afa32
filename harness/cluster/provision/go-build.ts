// The second source: a build by the machine's Go from the module pinned in docker/temporal.
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { assets } from '../../core/assets.ts'
import { ChaosError } from '../../core/errors.ts'
import { onAbort } from '../../core/on-abort.ts'
import type { Spawned } from '../../processes/session.ts'
import { goEnvironment } from './go-environment.ts'
import { GoProgress } from './go-progress.ts'
import { findGo, type Go } from './go.ts'
import { everySecond } from './progress.ts'
import { binariesIn, temporalVersion } from '../../config/temporal-release.ts'
import type { BinarySource, BinarySourceContext } from './binary-source.ts'

/** The main packages of both binaries; Go names each program after the last part. */
const packages = ['go.temporal.io/server/cmd/server', 'go.temporal.io/server/cmd/tools/sql']

export const goBuild: BinarySource = { name: 'build', fetch: buildWithGo }

async function buildWithGo(context: BinarySourceContext): Promise<string> {
  const go = await findGo(context.env, context.signal)
  const out = join(context.staging.work, 'out')
  const temporary = join(context.staging.work, 'go')
  await mkdir(out)
  await mkdir(temporary)
  await runBuild(go, out, temporary, context)
  const to = binariesIn(context.staging.outputDir)
  await rename(join(out, 'server'), to['temporal-server'])
  await rename(join(out, 'sql'), to['temporal-sql-tool'])
  return `built with ${go.version}`
}

async function runBuild(go: Go, out: string, temporary: string, context: BinarySourceContext): Promise<void> {
  const { signal, onProgress } = context
  const progress = new GoProgress()
  const flags = ['-v', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', out]
  signal.throwIfAborted()
  const build = await context.session.spawn(go.path, ['build', ...flags, ...packages], {
    cwd: assets.goModule,
    env: goEnvironment(context.env, context.platform, temporary),
  })
  const what = `building Temporal ${temporalVersion} with ${go.version}`
  using _ticker = everySecond((elapsed) => onProgress(`${what}: ${progress.text}, ${elapsed}`))
  using _kill = onAbort(signal, () => build.signal('SIGKILL'))
  await readLines(build, (line) => progress.read(line))
  const exit = await build.exited
  signal.throwIfAborted()
  if (exit.code === 0) return
  const ended = exit.code === null ? `was ended by ${exit.signal}` : `ended with exit code ${exit.code}`
  throw new ChaosError(`go build ${ended}: ${progress.complaint ?? 'without a word'}`, {
    code: 'CHAOS_BUILD_FAILED',
  })
}

async function readLines(build: Spawned, read: (line: string) => void): Promise<void> {
  const stderr: Readable | null = build.subprocess.stderr
  if (stderr === null) return
  for await (const line of createInterface({ input: stderr, crlfDelay: Number.POSITIVE_INFINITY })) read(line)
}
