// Ctrl-C and other signals: the first one heals and reports, the second one ends the process at once.
import { ChaosError } from '../core/errors.ts'
import { exitCodes } from '../core/exit-codes.ts'
import { brokenLauncher, launchersOf } from '../processes/launchers.ts'
import { interruptingSignals, stopExitingOnSignals } from './early-signals.ts'
import { outputUnwritable } from './output.ts'
import type { Uncaught } from './uncaught.ts'

/** How often the harness looks whether the package manager that started it is still there. */
const launchersEveryMs = 2_000

export interface InterruptionOptions {
  readonly notice: (text: string) => void
  readonly uncaught: Uncaught
  /** The command goes on if the package manager that started it ends. */
  readonly detached: boolean
}

/**
 * Aborts the returned signal at the first SIGINT, SIGTERM or SIGHUP, if the output cannot be written, if the
 * package manager that started the command ends, or for an uncaught error. A second signal ends the process at
 * once; the guard then removes everything that is left.
 */
export function onInterruption({ notice, uncaught, detached }: InterruptionOptions): AbortSignal {
  const interrupted = new AbortController()
  const interrupt = (by: string) => {
    interrupted.abort(new ChaosError(`interrupted by ${by}`, { code: 'CHAOS_INTERRUPTED' }))
  }
  for (const signal of interruptingSignals) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) process.exit(exitCodes.interrupted.code)
      notice(`${signal}: healing faults and writing reports; a second signal ends the process at once`)
      interrupt(signal)
    })
  }
  stopExitingOnSignals()
  if (!detached) {
    onLauncherEnd((name) => {
      notice(`${name}, which started this command, has ended: healing faults and writing reports`)
      interrupt(`the end of ${name}`)
    })
  }
  uncaught.onFirstError((error) => interrupted.abort(error))
  // `pnpm chaos | head`: nobody reads the output any more, but the running faults must still be healed.
  process.stdout.on('error', (thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'EPIPE') interrupt('a closed output')
    else interrupted.abort(outputUnwritable(thrown))
  })
  return interrupted.signal
}

/**
 * npm and pnpm do not pass a signal on to what they started, so `kill` of `npx pnpm chaos` would leave the
 * campaign running with nobody to see it.
 */
function onLauncherEnd(ended: (name: string) => void): void {
  const launchers = launchersOf(process.pid)
  if (launchers.length === 0) return
  const timer = setInterval(() => {
    const name = brokenLauncher(launchers)
    if (name === undefined) return
    clearInterval(timer)
    ended(name)
  }, launchersEveryMs)
  timer.unref()
}
