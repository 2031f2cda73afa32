// Ctrl-C and other signals: the first one heals and reports, the second one ends the process at once.
import { ChaosError } from '../core/errors.ts'
import { exitCodes } from '../core/exit-codes.ts'
import type { Uncaught } from './uncaught.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Aborts the returned signal at the first SIGINT, SIGTERM or SIGHUP, when the output is closed, or for an
 * uncaught error. A second signal ends the process at once; the guard then removes everything that is left.
 */
export function onInterruption(notice: (text: string) => void, uncaught: Uncaught): AbortSignal {
  const interrupted = new AbortController()
  const interrupt = (by: string) => {
    interrupted.abort(new ChaosError(`interrupted by ${by}`, { code: 'CHAOS_INTERRUPTED' }))
  }
  for (const signal of signals) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) process.exit(exitCodes.interrupted.code)
      notice(`${signal}: healing faults and writing reports; a second signal ends the process at once`)
      interrupt(signal)
    })
  }
  uncaught.onFirstError((error) => interrupted.abort(error))
  // `pnpm chaos | head`: nobody reads the output any more, but the running faults must still be healed.
  process.stdout.on('error', (thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'EPIPE') throw thrown
    interrupt('a closed output')
  })
  return interrupted.signal
}
