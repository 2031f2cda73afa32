import { consoleText } from '../../core/console-text.ts'
import type { ChaosError } from '../../core/errors.ts'

export function describeError({ message, code, hint }: ChaosError): string {
  return `${consoleText(message)} [${code}]${hint === undefined ? '' : `\n${consoleText(hint)}`}`
}

/** Why a campaign ended early; empty if it did not. */
export function describeStop(error: ChaosError | undefined): string {
  return error === undefined ? '' : `stopped: ${describeError(error)}`
}

/** Why reports could not be written; empty if they were. */
export function describeUnreported(error: ChaosError | undefined): string {
  return error === undefined ? '' : `the reports are not complete: ${describeError(error)}`
}
