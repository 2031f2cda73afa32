// The worker as a scenario speaks of it.
import { setTimeout as delay } from 'node:timers/promises'
import type { Deadline } from '../core/deadline.ts'
import type { Fault } from '../faults/fault.ts'
import { killWorker } from '../faults/kill-worker.ts'
import { pauseWorker } from '../faults/pause-worker.ts'
import { terminateWorker } from '../faults/terminate-worker.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Worker } from '../worker/worker.ts'
import type { Step, ScenarioWorker } from './context.ts'

/** Injects a fault; it is healed at the end of the run. */
export type Inject = (fault: Fault) => Promise<void>

export interface ScenarioWorkerOptions {
  readonly worker: Worker
  readonly deadline: Deadline
  readonly recorder: RunRecorder
  readonly step: Step
  readonly inject: Inject
  /** The worker is dead. */
  readonly onKilled: () => void
  /** The worker is up again. */
  readonly onHealed: () => void
}

export function createScenarioWorker(options: ScenarioWorkerOptions): ScenarioWorker {
  const { worker, deadline, recorder, step, inject, onKilled, onHealed } = options
  let paused: Fault | undefined
  return {
    handle: worker,
    async kill() {
      await inject(killWorker(worker))
      onKilled()
    },
    terminate: (options) => inject(terminateWorker(worker, options)),
    pause() {
      paused = pauseWorker(worker)
      return inject(paused)
    },
    resume: () =>
      step(`resume ${worker.name}`, async () => {
        await paused?.heal()
        const { identity, life } = worker.current
        recorder.mark({ kind: 'serving', target: identity, evidence: { pid: life.pid } })
        onHealed()
      }),
    startReplacement: () =>
      step(`start ${worker.name} beside ${worker.current.identity}`, () => worker.startNext(deadline)),
    async drainPrevious(options) {
      const incarnation = worker.previous
      await inject(terminateWorker(worker, { ...options, incarnation }))
      onHealed()
    },
    restart: ({ afterMs = 0 } = {}) =>
      step(`restart ${worker.name}`, async () => {
        if (afterMs > 0) await delay(afterMs, undefined, { signal: deadline.signal })
        await worker.start(deadline)
        onHealed()
      }),
  }
}
