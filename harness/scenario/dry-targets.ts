// The worker and the services of a dry run: the controls of a real run around targets that are not there.
import type { Service } from '../cluster/service.ts'
import type { Deadline } from '../core/deadline.ts'
import type { Fault } from '../faults/fault.ts'
import type { Worker } from '../worker/worker.ts'
import type { Step } from './context.ts'
import type { FaultLog } from './runner/fault-log.ts'
import { createScenarioService } from './runner/service-controls.ts'
import type { TimelineWriter } from './runner/timeline-writer.ts'
import { createScenarioWorker } from './runner/worker-controls.ts'
import type { ScenarioService, ScenarioWorker } from './targets.ts'
import { standIn, type OnUnknown } from './unknown-answer.ts'

export interface DryTargetOptions {
  /** Writes the step down and does nothing of its work. */
  readonly step: Step
  readonly inject: (fault: Fault) => Promise<void>
  readonly onUnknown: OnUnknown
}

const nothing = () => {}

export function dryWorker(name: string, options: DryTargetOptions): ScenarioWorker {
  let newest = 1
  const incarnation = (number: number) =>
    standIn(
      `the state of ${name}`,
      {
        number,
        label: `${name}#${number}`,
        process: standIn(`the process of ${name}`, {}, options.onUnknown),
      },
      options.onUnknown,
    )
  const worker = standIn<Worker>(
    `the state of ${name}`,
    {
      name,
      get current() {
        return incarnation(newest)
      },
      get previous() {
        return incarnation(newest - 1)
      },
    },
    options.onUnknown,
  )
  const controls = createScenarioWorker({ ...surroundings(options), worker })
  return {
    ...controls,
    async restart(restartOptions) {
      await controls.restart(restartOptions)
      newest += 1
    },
    async startNext() {
      await controls.startNext()
      newest += 1
    },
  }
}

export function dryService(name: string, options: DryTargetOptions): ScenarioService {
  const service = standIn<Service>(`the state of ${name}`, { name, startOrder: 0 }, options.onUnknown)
  return createScenarioService({ ...surroundings(options), service, onStarted: nothing })
}

/** What controls take besides their target. */
function surroundings({ step, inject, onUnknown }: DryTargetOptions) {
  const deadline = standIn<Deadline>('the deadline', {}, onUnknown)
  const timeline = standIn<TimelineWriter>('the timeline', {}, onUnknown)
  const faults = standIn<FaultLog>('the faults', { inject }, onUnknown)
  return { deadline, timeline, faults, step, onHealed: nothing }
}
