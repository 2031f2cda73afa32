// The worker, as scenarios use it.
import { setTimeout as delay } from 'node:timers/promises'
import type { Deadline } from '../../core/deadline.ts'
import { killWorker } from '../../faults/kill-worker.ts'
import { pauseWorker } from '../../faults/pause-worker.ts'
import { terminateWorker } from '../../faults/terminate-worker.ts'
import type { Worker } from '../../worker/worker.ts'
import type { Step } from '../context.ts'
import type { ScenarioWorker } from '../targets.ts'
import type { FaultLog } from './fault-log.ts'
import type { TimelineWriter } from './timeline-writer.ts'
import { incarnationOf } from './worker-faults.ts'

export interface ScenarioWorkerOptions {
  readonly worker: Worker
  readonly deadline: Deadline
  readonly timeline: TimelineWriter
  readonly step: Step
  readonly faults: FaultLog
  /** The worker is up again. */
  readonly onHealed: () => void
}

export function createScenarioWorker(options: ScenarioWorkerOptions): ScenarioWorker {
  const { worker, deadline, timeline, step, faults, onHealed } = options
  return {
    handle: worker,
    kill: () => faults.inject(killWorker(worker)),
    terminate: (how) => faults.inject(terminateWorker(worker, how)),
    pause: () => faults.inject(pauseWorker(worker)),
    resume: () =>
      step(`resume ${worker.name}`, async () => {
        const frozen = faults.newest(
          (fault) => fault.effect === 'frozen' && incarnationOf(worker, fault) !== undefined,
        )
        const incarnation = frozen && incarnationOf(worker, frozen)
        await faults.beforeHeal((fault) => fault === frozen)
        await frozen?.heal()
        if (incarnation?.process.exit === null) {
          const { label, process } = incarnation
          timeline.mark({ kind: 'serving', target: label, evidence: { pid: process.pid } })
        }
        onHealed()
      }),
    startNext: () =>
      step(`start ${worker.name} beside ${worker.current.label}`, () => worker.startNext(deadline)),
    async drainPrevious(how) {
      await faults.inject(terminateWorker(worker, { ...how, incarnation: worker.previous }))
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
