// Keeps a suite from being green although its setup never finished.
import { exitCodes } from '../core/exit-codes.ts'

/**
 * The result of `work`. Until it settles, this process ends with the exit code for "nothing was proved": Node
 * ends a process in the middle of an `await` if nothing is left that could continue it, and says 0.
 */
export async function redUntilSettled<T>(work: () => Promise<T>): Promise<T> {
  const before = process.exitCode
  process.exitCode = exitCodes.unproven.code
  try {
    return await work()
  } finally {
    process.exitCode = before
  }
}
