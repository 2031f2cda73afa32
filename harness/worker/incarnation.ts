// One start of a worker: its process, the identities that it polls by, and how its end is reported.
import { readFile } from 'node:fs/promises'
import { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import { unproven } from '../processes/process-tree.ts'
import type { WorkerProcess } from './worker-process.ts'

export interface Incarnation {
  /** Counts the starts of its worker, from 1. */
  readonly number: number
  /** For people, and the name of a fault's target: `worker-1#2`. */
  readonly label: string
  readonly process: WorkerProcess
  readonly logFile: string
  /** How the service knows its pollers; empty until it is ready. */
  identities: readonly string[]
  /** Its end is the harness's doing. */
  exitExpected: boolean
  /** Done once its exit is on the timeline. */
  watching: Promise<void>
}

const logLines = 20
const lookEveryMs = 50

/** That it ended by itself, with the end of its log. */
export async function deathOf({ label, process, logFile }: Incarnation): Promise<ChaosError> {
  const exit = await process.exited
  await process.closed
  const log = await readFile(logFile, 'utf8').catch((thrown: unknown) => String(thrown))
  const tail = log.trimEnd().split('\n').slice(-logLines).join('\n')
  const how = exit.signal ?? `exit code ${exit.code ?? 'unknown'}`
  return new ChaosError(`worker ${label} (pid ${process.pid}) ended by itself: ${how}\n${tail}`, {
    code: 'CHAOS_WORKER_DIED',
    kind: 'unmet',
    subject: label,
    hint: `Its log is ${logFile}.`,
  })
}

/** Whether nothing of an incarnation is left after that time at the latest. */
export async function leavesWithin({ process }: Incarnation, withinMs: number): Promise<boolean> {
  const within = Deadline.after(withinMs)
  const nothingLeft = async () => ((await process.look()).alive === 0 ? true : undefined)
  try {
    await within.race(process.exited, unproven('the worker to exit'))
    // What a launch script started may drain longer than the script.
    await within.poll(nothingLeft, { ...unproven('the worker to leave'), everyMs: lookEveryMs })
    return true
  } catch (thrown) {
    if (thrown instanceof ChaosError && thrown.code === 'CHAOS_FAULT_UNPROVEN') return false
    throw thrown
  }
}
