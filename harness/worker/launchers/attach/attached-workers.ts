// Starts of workers that run already: the first one takes what is there; later ones follow the worker to its next process.
import path from 'node:path'
import type { AttachStart } from '../../../config/project/worker-schema.ts'
import { Deadline } from '../../../core/deadline.ts'
import { ChaosError } from '../../../core/errors.ts'
import { AttachedProcess } from '../../hosts/attached-process.ts'
import type { ProcessId } from '../../../processes/process-row.ts'
import { isRunning } from '../../../processes/process-table.ts'
import type { LaunchRequest } from '../../launcher.ts'
import type { WorkerProcess } from '../../worker-process.ts'
import { askEveryMs, askPid, isFinal, type AttachPlace } from './ask-pid.ts'
import { logKeeper } from './keep-log.ts'
import { restartWorker } from './restart.ts'

export interface AttachedWorker {
  readonly start: AttachStart
  readonly readyWithinMs: number
}

/** What a command has seen of its attached workers. Its campaigns follow each other, and share it. */
export type KnownProcesses = Map<string, ProcessId>

export class AttachedWorkers implements AsyncDisposable {
  readonly #place: AttachPlace
  readonly #known: KnownProcesses
  /** Those that a fault has ended, and that only their own command starts again. */
  readonly #toRestart = new Map<string, { readonly worker: AttachedWorker; readonly logFile: string }>()

  constructor(place: AttachPlace, known: KnownProcesses) {
    this.#place = place
    this.#known = known
  }

  /**
   * @throws ChaosError `CHAOS_WORKER_NOT_READY` if no new process comes in time; `CHAOS_ATTACH_REFUSED`,
   *   `CHAOS_ATTACH_RESTART_FAILED`, `CHAOS_SPAWN_FAILED`
   */
  async start(worker: AttachedWorker, request: LaunchRequest): Promise<WorkerProcess> {
    const { start, readyWithinMs } = worker
    const { worker: name, label, logFile, deadline } = request
    const within = Deadline.after(Math.min(readyWithinMs, deadline.remainingMs), deadline.signal)
    const before = this.#known.get(name)
    if (before !== undefined && request.incarnation > 1 && isRunning(before)) {
      throw new ChaosError(`${label} cannot be started: ${name} still runs as pid ${before.pid}`, {
        code: 'CHAOS_ATTACH_ONE_ONLY',
        hint: 'The harness starts no second process of a worker that it is attached to.',
      })
    }
    const isAgain = before !== undefined && !isRunning(before)
    if (isAgain) await this.#restart(name, worker, logFile, within)
    const log = start.log === undefined ? undefined : path.resolve(this.#place.folder, start.log)
    const keepLog = await logKeeper(log, logFile)
    const target = await this.#nextProcess(request, start, before, within)
    this.#known.set(name, target)
    if (start.restart !== undefined) this.#toRestart.set(name, { worker, logFile })
    const { session } = this.#place
    return new AttachedProcess({ target, session, wasRunning: request.incarnation === 1, keepLog })
  }

  /** Starts those again that were ended and not yet started again: nobody else would. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const [name, { worker, logFile }] of this.#toRestart) {
      const known = this.#known.get(name)
      if (known === undefined || isRunning(known)) continue
      await this.#restart(name, worker, logFile, Deadline.after(worker.readyWithinMs))
    }
  }

  async #restart(
    name: string,
    { start }: AttachedWorker,
    logFile: string,
    deadline: Deadline,
  ): Promise<void> {
    this.#toRestart.delete(name)
    if (start.restart === undefined) return
    const output = logFile.replace(/(?:\.log)?$/, '.restart.log')
    await restartWorker(`the worker ${name}`, start.restart, this.#place, output, deadline)
  }

  /** The living process of the worker, once there is one that is not the one before. */
  #nextProcess(
    { worker: name, label }: LaunchRequest,
    start: AttachStart,
    before: ProcessId | undefined,
    deadline: Deadline,
  ): Promise<ProcessId> {
    return deadline.poll((signal) => askPid(`the worker ${name}`, start, this.#place, signal), {
      what:
        before === undefined ? `a process of the worker ${name}` : `the next process of the worker ${name}`,
      everyMs: askEveryMs,
      code: 'CHAOS_WORKER_NOT_READY',
      kind: 'unmet',
      subject: label,
      hint:
        start.restart === undefined
          ? 'Its supervisor has to start it again, and worker.attach.pid has to name the new process. If nobody starts it, declare worker.attach.restart.'
          : 'worker.attach.pid has to name the process that worker.attach.restart has started.',
      stopOn: isFinal,
    })
  }
}
