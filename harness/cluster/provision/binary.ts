// Runs a binary with --version: proof that it exists, runs on this machine, and is the right version.
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { execa } from 'execa'
import { shortened } from '../../core/shortened.ts'
import { ChaosError } from '../../core/errors.ts'
import { temporalVersion, type BinaryName } from '../../config/temporal-release.ts'

const answerLimitMs = 10_000

/** Before "version 1.32.2" in the answer to `--version`. */
const namesInVersion = { 'temporal-server': 'temporal', 'temporal-sql-tool': 'temporal-sql-tool' } as const

/**
 * @throws ChaosError `CHAOS_BINARY_UNUSABLE` if it is missing, not executable, does not run here or is of
 *   another version; the signal's reason if that is aborted
 */
export async function checkBinary(name: BinaryName, file: string, signal: AbortSignal): Promise<void> {
  await checkExecutable(file)
  const found = await askVersion(name, file, signal)
  if (found !== temporalVersion) throw unusable(file, `is version ${found}, not ${temporalVersion}`)
}

/** @throws ChaosError `CHAOS_BINARY_UNUSABLE` if it is not an executable file */
export async function checkExecutable(file: string): Promise<void> {
  const found = await stat(file).catch((thrown: unknown) => {
    throw unusable(file, statTrouble(thrown), thrown)
  })
  if (!found.isFile()) throw unusable(file, 'is not a file')
  if ((found.mode & 0o111) === 0) throw unusable(file, 'is not executable')
  try {
    await access(file, constants.X_OK)
  } catch (thrown) {
    throw unusable(file, 'may not be executed by you, or lies on a file system mounted noexec', thrown)
  }
}

async function askVersion(name: BinaryName, file: string, signal: AbortSignal): Promise<string> {
  const result = await execa(file, ['--version'], {
    reject: false,
    stdin: 'ignore',
    timeout: answerLimitMs,
    killSignal: 'SIGKILL',
    cancelSignal: signal,
  })
  signal.throwIfAborted()
  if (result.timedOut) throw unusable(file, `did not answer --version within ${answerLimitMs / 1000} s`)
  if (result.exitCode === undefined)
    throw unusable(file, `does not run here (${result.code ?? result.signal})`)
  if (result.exitCode !== 0) throw unusable(file, `failed at --version with exit code ${result.exitCode}`)
  const [, program, version] = /^(\S+) version v?(\S+)$/m.exec(result.stdout) ?? []
  if (program !== namesInVersion[name] || version === undefined) {
    throw unusable(file, `is no ${name}: at --version it says ${JSON.stringify(excerpt(result.stdout))}`)
  }
  return version
}

function statTrouble(thrown: unknown): string {
  const code = (thrown as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read (${code})`
}

function excerpt(text: string): string {
  return shortened(text, 80)
}

function unusable(file: string, what: string, cause?: unknown): ChaosError {
  return new ChaosError(`${file} ${what}`, {
    code: 'CHAOS_BINARY_UNUSABLE',
    ...(cause === undefined ? {} : { cause }),
  })
}
