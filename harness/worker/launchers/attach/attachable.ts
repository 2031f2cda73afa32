// Which process the harness may strike without having started it.
import { ChaosError, type ErrorCode } from '../../../core/errors.ts'
import type { ProcessId } from '../../../processes/process-row.ts'
import { parentOf, startOf } from '../../../processes/process-table.ts'

const hint = 'Name the process of the worker itself in worker.attach.pid.'

/**
 * @param what the worker, for the message
 * @throws ChaosError `CHAOS_ATTACH_NO_PROCESS` if no process has this pid, `CHAOS_ATTACH_REFUSED` if it must not be struck
 */
export function attachable(what: string, pid: number): ProcessId {
  if (pid === 1) throw refused(`${what} has the pid 1, which is the first process of the whole machine`)
  if (isSelfOrAbove(pid)) {
    throw refused(`${what} has the pid ${pid}, which is this command itself, or what started it`)
  }
  const started = startOf(pid)
  if (started === undefined) {
    throw attachError(`${what} has the pid ${pid}, and there is no such process`, 'CHAOS_ATTACH_NO_PROCESS')
  }
  if (!maySignal(pid)) {
    throw refused(`${what} has the pid ${pid}, which belongs to another user: it cannot be signalled`)
  }
  return { pid, started }
}

export function attachError(message: string, code: ErrorCode, cause?: unknown): ChaosError {
  return new ChaosError(message, { code, kind: 'usage', hint, cause })
}

function refused(message: string): ChaosError {
  return attachError(message, 'CHAOS_ATTACH_REFUSED')
}

function isSelfOrAbove(pid: number): boolean {
  for (let at: number | undefined = process.pid; at !== undefined && at > 1; at = parentOf(at)) {
    if (at === pid) return true
  }
  return false
}

function maySignal(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    // If it has ended meanwhile, whoever waits for it sees that.
    return (thrown as NodeJS.ErrnoException).code !== 'EPERM'
  }
}
