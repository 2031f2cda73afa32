// Asks for the pid of a worker that runs already.
import type { ProjectProgram } from '../../../config/project/program-schema.ts'
import type { AttachStart } from '../../../config/project/worker-schema.ts'
import { Deadline } from '../../../core/deadline.ts'
import { declaredProgram } from '../../../processes/declared-program.ts'
import { userEnvironment } from '../../../processes/environment.ts'
import { ChaosError } from '../../../core/errors.ts'
import type { ProcessId } from '../../../processes/process-row.ts'
import type { Session } from '../../../processes/session.ts'
import { attachable, attachError } from './attachable.ts'

const answersWithinMs = 10_000
const foundWithinMs = 5_000
/** Also the resolution of how long a worker was away that its supervisor restarts. */
export const askEveryMs = 100

export interface AttachPlace {
  readonly session: Session
  /** Their folders are relative to it. */
  readonly folder: string
  /** Of the commands. */
  readonly env: Readonly<Record<string, string>>
}

/** Their commands get the user's environment, with the variables of Temporal: the harness leads these workers nowhere. */
export function attachPlace(session: Session, folder: string, env: NodeJS.ProcessEnv): AttachPlace {
  const temporal = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith('TEMPORAL_') && value !== undefined ? [[name, value] as const] : [],
  )
  return { session, folder, env: { ...userEnvironment(env), ...Object.fromEntries(temporal) } }
}

/**
 * @param what the worker, for messages
 * @throws ChaosError `CHAOS_ATTACH_NO_PID` if the command says none; as `attachable`; `CHAOS_SPAWN_FAILED`
 */
export async function askPid(
  what: string,
  { pid }: Pick<AttachStart, 'pid'>,
  place: AttachPlace,
  signal: AbortSignal,
): Promise<ProcessId> {
  return attachable(what, typeof pid === 'number' ? pid : await printedPid(what, pid, place, signal))
}

/** As `askPid`, for a worker that may just be between two processes, since nothing serves it yet. */
export async function findPid(
  what: string,
  start: Pick<AttachStart, 'pid'>,
  place: AttachPlace,
  signal: AbortSignal,
): Promise<ProcessId> {
  try {
    return await Deadline.after(foundWithinMs, signal).poll((within) => askPid(what, start, place, within), {
      what,
      everyMs: askEveryMs,
      code: 'CHAOS_ATTACH_NO_PID',
      stopOn: (thrown) => typeof start.pid === 'number' || isFinal(thrown),
    })
  } catch (thrown) {
    throw thrown instanceof ChaosError && thrown.cause instanceof ChaosError ? thrown.cause : thrown
  }
}

/** Whether asking once more is pointless. */
export function isFinal(thrown: unknown): boolean {
  return thrown instanceof ChaosError && ['CHAOS_ATTACH_REFUSED', 'CHAOS_SPAWN_FAILED'].includes(thrown.code)
}

async function printedPid(
  what: string,
  program: ProjectProgram,
  { session, folder, env }: AttachPlace,
  signal: AbortSignal,
): Promise<number> {
  const { command } = program
  const { file, args, place } = declaredProgram(program, folder, env)
  const spawned = await session.spawn(file, args, place)
  try {
    const { stdout, stderr, exitCode } = await Deadline.after(answersWithinMs, signal).race(
      spawned.subprocess,
      { what: `${command.join(' ')} to print the pid of ${what}`, code: 'CHAOS_ATTACH_NO_PID' },
    )
    const printed = String(stdout ?? '').trim()
    if (/^\d{1,10}$/.test(printed) && Number(printed) > 0) return Number(printed)
    const said = [printed, String(stderr ?? '').trim()].filter((text) => text !== '').join('\n')
    throw attachError(
      `${command.join(' ')} does not print the pid of ${what}, one number: it ended with exit code ${exitCode ?? 'unknown'} and printed ${said === '' ? 'nothing' : `\n${said}`}`,
      'CHAOS_ATTACH_NO_PID',
    )
  } finally {
    spawned.signal('SIGKILL')
  }
}
