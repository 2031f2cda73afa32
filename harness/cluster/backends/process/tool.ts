// Runs a program that exits by itself (initdb, temporal-sql-tool), and explains its failure.
import { ChaosError, type ErrorCode } from '../../../core/errors.ts'
import { onAbort } from '../../../core/on-abort.ts'
import type { Session, SpawnOptions } from '../../../processes/session.ts'
import { temporaryDisk, diskFullOr } from '../../../core/disk-full.ts'
import { endOf, logTail } from '../../../processes/log-tail.ts'
import { discard } from './process-end.ts'

/** Enough for the reason. Earlier output is about steps that succeeded. */
const saidLines = 6

export interface Tool {
  readonly session: Session
  readonly file: string
  readonly args: readonly string[]
  readonly options: SpawnOptions & { readonly logFile: string }
  readonly signal: AbortSignal
  /** Its purpose, as it reads after "cannot": "create the database temporal". */
  readonly task: string
  readonly code: ErrorCode
}

/**
 * @throws ChaosError with `code` if it fails, `CHAOS_DISK_FULL` if the disk is full,
 *   or what the signal was aborted with
 */
export async function runTool(tool: Tool): Promise<void> {
  tool.signal.throwIfAborted()
  const child = await tool.session.spawn(tool.file, tool.args, tool.options)
  // SIGTERM comes first, so that the processes that initdb starts free their shared memory.
  using _ = onAbort(tool.signal, () => void discard(child, 'SIGTERM'))
  const exit = await child.exited
  tool.signal.throwIfAborted()
  if (exit.code === 0) return
  const said = await logTail(tool.options.logFile, saidLines)
  const ending = exit.signal === null ? `exited with ${exit.code}` : `was ended by ${exit.signal}`
  throw new ChaosError(
    `cannot ${tool.task}: ${tool.file} ${ending}\n${said}`,
    diskFullOr(await endOf(tool.options.logFile), temporaryDisk, { code: tool.code }),
  )
}
