// Looks at the targets of faults from outside, from each injection to its heal: a fault must not be the only one to say
// that it had its effect.
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../core/clock.ts'
import type { Deadline } from '../../core/deadline.ts'
import type { Fault } from '../../faults/fault.ts'
import type { FaultEffect } from '../../record/fault.ts'
import type { ProcessesSeen } from '../../worker/worker-process.ts'
import type { Worker } from '../../worker/worker.ts'
import { linkTo, ServiceAsker, type Ask } from './service-asker.ts'
import type { TimelineWriter } from './timeline-writer.ts'
import { incarnationOf } from './worker-faults.ts'

export interface TargetWatchOptions {
  readonly timeline: TimelineWriter
  readonly workers: readonly Pick<Worker, 'incarnationOf'>[]
  /** How each service is asked whether it serves, by its name. */
  readonly asks: ReadonlyMap<string, Ask>
}

type Look = () => Promise<ProcessesSeen>

/** What becomes of the processes of a worker. After another effect, they say nothing. */
const isAsMeant: Readonly<Partial<Record<FaultEffect, (seen: ProcessesSeen) => boolean>>> = {
  dead: ({ alive }) => alive === 0,
  stopped: ({ alive }) => alive === 0,
  frozen: ({ alive, stopped }) => stopped === alive,
}

/** Whether an answer of a service disproves the effect. */
const silences: Readonly<Record<FaultEffect, boolean>> = {
  dead: true,
  stopped: true,
  frozen: true,
  cut: true,
  slow: false,
  refused: false,
}

/** The end of a process may show a little later than its killer says. */
const patience = { forMs: 1_000, everyMs: 20 }

export class TargetWatch {
  readonly #options: TargetWatchOptions
  /** By the number of the fault. */
  readonly #looks = new Map<number, Look>()
  readonly #askers = new Map<number, ServiceAsker>()

  constructor(options: TargetWatchOptions) {
    this.#options = options
  }

  /** The fault is confirmed. Resolves after the first look at its target. @param number of the fault, from 1 */
  async struck(fault: Fault, number: number): Promise<void> {
    if (fault.target.kind === 'worker') await this.#watchWorker(fault, number)
    if (fault.target.kind === 'service') await this.#watchService(fault, number)
  }

  /** The fault is about to be healed, or the run to end: the last look. */
  async lastLook(number: number): Promise<void> {
    this.#askers.get(number)?.stop()
    this.#askers.delete(number)
    const look = this.#looks.get(number)
    if (look !== undefined) this.#note(number, await look())
    this.#looks.delete(number)
  }

  /** Resolves once the target of a healed fault is seen to run or to answer. */
  async untilBack(fault: Fault, deadline: Deadline): Promise<void> {
    const { target } = fault
    const look = this.#lookAt(fault)
    const ask = target.kind === 'service' ? this.#options.asks.get(target.name) : undefined
    const isBack = async (signal: AbortSignal) => {
      if (look !== undefined) return isRunning(await look())
      await ask?.(signal)
      return true
    }
    await deadline.poll(async (signal) => ((await isBack(signal)) ? true : undefined), {
      what: `${target.name} to be back after the heal of ${fault.kind}`,
      everyMs: patience.everyMs,
      code: 'CHAOS_HEAL_UNSEEN',
    })
  }

  #lookAt(fault: Fault): Look | undefined {
    const incarnations = this.#options.workers.map((worker) => incarnationOf(worker, fault))
    const incarnation = incarnations.find((one) => one !== undefined)
    return incarnation && (() => incarnation.process.look())
  }

  async #watchWorker(fault: Fault, number: number): Promise<void> {
    const isShown = isAsMeant[fault.effect]
    if (isShown === undefined) return
    const look = this.#lookAt(fault)
    if (look === undefined) {
      this.#unwatched(number, `the run has no worker ${fault.target.name}`)
      return
    }
    this.#looks.set(number, look)
    const fromMs = monotonicMs()
    let seen = await look()
    while (!isShown(seen) && monotonicMs() - fromMs < patience.forMs) {
      await delay(patience.everyMs)
      seen = await look()
    }
    this.#note(number, seen)
  }

  async #watchService({ target: { name }, effect }: Fault, number: number): Promise<void> {
    if (!silences[effect]) return
    const { timeline, asks } = this.#options
    const asked = effect === 'cut' ? linkTo(name) : name
    const ask = asks.get(asked)
    if (ask === undefined) {
      this.#unwatched(number, `the harness cannot ask ${asked} whether it serves`)
      return
    }
    const asker = new ServiceAsker({
      ask,
      nowMs: () => timeline.nowMs,
      onAsked: (asked) => void timeline.mark({ kind: 'target-asked', fault: number, ...asked }),
    })
    this.#askers.set(number, asker)
    await asker.first
  }

  #note(fault: number, { alive, stopped, pids }: ProcessesSeen): void {
    this.#options.timeline.mark({ kind: 'target-seen', fault, alive, stopped, pids: [...pids] })
  }

  #unwatched(fault: number, why: string): void {
    this.#options.timeline.mark({ kind: 'target-unwatched', fault, why })
  }
}

function isRunning({ alive, stopped }: ProcessesSeen): boolean {
  return alive > 0 && stopped === 0
}
