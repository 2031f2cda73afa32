// Signals that arrive before a campaign can react to them: nothing was started yet, so the command just ends.
import { exitCodes } from '../core/exit-codes.ts'

export const interruptingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function exitOnSignals(): void {
  for (const signal of interruptingSignals) process.on(signal, exitInterrupted)
}

/** From now on somebody else reacts to signals. */
export function stopExitingOnSignals(): void {
  for (const signal of interruptingSignals) process.off(signal, exitInterrupted)
}

function exitInterrupted(): never {
  process.exit(exitCodes.interrupted.code)
}
