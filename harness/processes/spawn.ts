// Starts one child process in a group of its own and reports how it ended.
import { closeSync, openSync } from 'node:fs'
import { execa, type Options, type ResultPromise } from 'execa'
import { monotonicMs } from '../core/clock.ts'
import { ChaosError, messageOf } from '../core/errors.ts'
import type { Exit, Spawned, SpawnOptions } from './session.ts'

/**
 * @param env the child's whole environment
 * @throws ChaosError `CHAOS_SPAWN_FAILED`
 */
export async function spawnChild(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: SpawnOptions,
): Promise<Spawned> {
  using opened = new DisposableStack()
  const outputTo = (logFile: string) => opened.adopt(openLog(logFile, file, options), closeSync)
  // The types of execa stop at 9; it hands any descriptor on as it is.
  const output = options.logFile === undefined ? 'pipe' : (outputTo(options.logFile) as 9)
  const errors = options.errorFile === undefined ? output : (outputTo(options.errorFile) as 9)
  const settings: Options = {
    // A group and terminal session of its own: a Ctrl-C in the terminal must not reach it before the heal
    // does.
    detached: true,
    cleanup: false,
    reject: false,
    extendEnv: false,
    env,
    stdin: 'ignore',
    stdout: output,
    stderr: errors,
    // Kept for the result otherwise, without end in a worker that lives long.
    buffer: { ipc: false },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...options.user,
    ...(options.ipc === true ? { ipc: true } : {}),
  }
  const subprocess = execa(file, args, settings) as ResultPromise
  if (subprocess.pid === undefined) throw spawnFailed(file, options, (await subprocess).cause)
  return new Child(subprocess.pid, subprocess)
}

class Child implements Spawned {
  readonly pid: number
  readonly subprocess: ResultPromise
  readonly exited: Promise<Exit>
  exit: Exit | null = null

  constructor(pid: number, subprocess: ResultPromise) {
    this.pid = pid
    this.subprocess = subprocess
    // Not the promise of execa: that one also waits for the ends of the pipes, which grandchildren may hold.
    this.exited = new Promise((resolve) => {
      subprocess.nodeChildProcess.once('exit', (code, signal) => {
        this.exit = { code, signal, atMs: monotonicMs() }
        resolve(this.exit)
      })
    })
  }

  signal(signal: NodeJS.Signals): void {
    if (this.exit !== null) return
    try {
      process.kill(-this.pid, signal)
    } catch (thrown) {
      // It has exited and the event is on its way.
      if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown
    }
  }
}

function openLog(logFile: string, file: string, options: SpawnOptions): number {
  try {
    return openSync(logFile, 'a', 0o600)
  } catch (thrown) {
    throw spawnFailed(file, options, thrown)
  }
}

function spawnFailed(file: string, { cwd }: SpawnOptions, cause: unknown): ChaosError {
  const place = cwd === undefined ? '' : ` in ${cwd}`
  return new ChaosError(`cannot start ${file}${place}: ${messageOf(cause)}`, {
    code: 'CHAOS_SPAWN_FAILED',
    hint: `Check that ${file} exists, is meant for this machine and is executable (chmod +x).`,
    cause,
  })
}
