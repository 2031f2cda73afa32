// Finds the machine's Go, if it can fetch the version that Temporal needs.
import { tmpdir } from 'node:os'
import { execa } from 'execa'
import which from 'which'
import { ChaosError } from '../../core/errors.ts'

export interface Go {
  readonly path: string
  /** `go1.26.8` */
  readonly version: string
}

const answerLimitMs = 10_000

/** @throws ChaosError `CHAOS_GO_MISSING` if there is none, or none that can switch toolchains (before 1.21) */
export async function findGo(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Go> {
  const path = await which('go', { path: env['PATH'] ?? '', nothrow: true })
  if (path === null) throw missing('there is no go on the PATH')
  const version = await versionOf(path, env, signal)
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version) ?? []
  if (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 21)) {
    throw missing(
      `${path} is ${version}; Go 1.21 is the first that can fetch the Go that Temporal is built with`,
    )
  }
  return { path, version }
}

async function versionOf(path: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const result = await execa(path, ['version'], {
    // Its own version, asked where no go.mod could make it fetch another.
    cwd: tmpdir(),
    env: { ...env, GOTOOLCHAIN: 'local' },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: answerLimitMs,
    killSignal: 'SIGKILL',
    cancelSignal: signal,
  })
  signal.throwIfAborted()
  const version = /\bgo\d+\.\d+\S*/.exec(result.stdout ?? '')?.[0]
  if (result.failed) throw missing(`${path} does not run: ${result.originalMessage ?? result.shortMessage}`)
  if (version === undefined) throw missing(`${path} does not say its version`)
  return version
}

function missing(message: string): ChaosError {
  return new ChaosError(message, { code: 'CHAOS_GO_MISSING' })
}
