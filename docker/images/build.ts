// `pnpm images`: builds the container images of the Docker backend from packages alone. Nothing is pulled.
import { Progress } from '../../harness/report/console/progress.ts'
import { ChaosError, toChaosError } from '../../harness/core/errors.ts'
import { exitCodes } from '../../harness/core/exit-codes.ts'
import { paintFor } from '../../harness/report/console/paint.ts'
import { readArguments, usage, type Wanted } from './arguments.ts'
import { buildAll, inspectImages } from './build-all.ts'
import { openBuildEngine } from './engine.ts'
import { openSession } from '../../harness/sessions/open-session.ts'

const interrupted = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // The session's guard cleans up.
    if (interrupted.signal.aborted) process.exit(exitCodes.interrupted.code)
    interrupted.abort(new ChaosError(`interrupted by ${name}`, { code: 'CHAOS_INTERRUPTED' }))
  })
}
const { signal } = interrupted

try {
  const wanted = readArguments(process.argv.slice(2))
  if (wanted.help) console.log(usage)
  else if (wanted.list) await list(wanted)
  else await build(wanted)
} catch (thrown) {
  const { message, code, kind, hint } = toChaosError(thrown)
  process.stderr.write(`${message} [${code}]\n${hint === undefined ? '' : `${hint}\n`}`)
  if (signal.aborted) process.exitCode = exitCodes.interrupted.code
  else process.exitCode = kind === 'usage' ? exitCodes.usage.code : exitCodes.unproven.code
}

async function list(wanted: Wanted): Promise<void> {
  const docker = await openBuildEngine(process.env)
  for (const { image, state } of await inspectImages(docker, wanted)) {
    console.log(`${state.padEnd(12)} ${image.key.padEnd(12)} ${image.name}`)
  }
}

async function build(wanted: Wanted): Promise<void> {
  const docker = await openBuildEngine(process.env)
  const stream = process.stderr
  using progress = new Progress({ stream, isLive: stream.isTTY, paint: paintFor(stream) })
  await using session = await openSession({ onNotice: (text) => progress.line(text) })
  const onProgress = (text: string) => progress.preparing(text)
  await buildAll({ session, docker, env: process.env, signal, onProgress }, wanted, (name, how) =>
    progress.line(`✔ ${name} ${how}`),
  )
}
