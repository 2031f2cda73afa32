// Ctrl-C and its kin: the first one heals and reports, the second one gives up at once.
import { ChaosError } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Aborts the returned signal at the first SIGINT, SIGTERM or SIGHUP. A second one ends the process at once: the
 * guard then removes what is left.
 */
export function onInterruption(notice: (text: string) => void): AbortSignal {
  const interrupted = new AbortController()
  for (const signal of signals) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) process.exit(exitCodes.interrupted.code)
      notice(`${signal}: healing and writing what there is; once more gives up at once`)
      interrupted.abort(
        new ChaosError(`interrupted by ${signal}`, { code: 'CHAOS_INTERRUPTED', kind: 'harness' }),
      )
    })
  }
  return interrupted.signal
}
