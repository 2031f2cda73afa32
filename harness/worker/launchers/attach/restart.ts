// Runs the user's own command that starts an attached worker again.
import type { ProjectProgram } from '../../../config/project/program-schema.ts'
import type { Deadline } from '../../../core/deadline.ts'
import { ChaosError } from '../../../core/errors.ts'
import { declaredProgram } from '../../../processes/declared-program.ts'
import { logTail } from '../../../processes/log-tail.ts'
import { killTree } from '../../../processes/process-tree.ts'
import { spawnChild } from '../../../processes/spawn.ts'
import type { AttachPlace } from './ask-pid.ts'

/**
 * Done once the command has ended. What it starts is the user's: it carries no mark of the session, and outlives it.
 * @throws ChaosError `CHAOS_ATTACH_RESTART_FAILED` with the end of what it printed; `CHAOS_SPAWN_FAILED`
 */
export async function restartWorker(
  what: string,
  program: ProjectProgram,
  { folder, env }: Pick<AttachPlace, 'folder' | 'env'>,
  logFile: string,
  deadline: Deadline,
): Promise<void> {
  const { file, args, place } = declaredProgram(program, folder, env)
  const spawned = await spawnChild(file, args, place.env, { cwd: place.cwd, logFile })
  const line = program.command.join(' ')
  try {
    const exit = await deadline.race(spawned.exited, {
      what: `${line} to end, which should start ${what} and leave it running`,
      code: 'CHAOS_ATTACH_RESTART_FAILED',
      hint: `Let it start the worker in the background. What it printed: ${logFile}`,
    })
    if (exit.code === 0) return
    throw new ChaosError(
      `${line}, which should start ${what} again, ended with ${exit.signal ?? `exit code ${exit.code}`}:\n${await logTail(logFile)}`,
      { code: 'CHAOS_ATTACH_RESTART_FAILED', hint: `What it printed: ${logFile}` },
    )
  } finally {
    // Only a command that has not ended in time is still there.
    if (spawned.exit === null) killTree(spawned.pid)
  }
}
