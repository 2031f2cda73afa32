// A service of the cluster, as scenarios use it.
import { setTimeout as delay } from 'node:timers/promises'
import type { Service } from '../../cluster/service.ts'
import type { Deadline } from '../../core/deadline.ts'
import { disconnectService, killService, pauseService, stopService } from '../../faults/service.ts'
import type { Evidence } from '../../record/evidence.ts'
import type { Step } from '../context.ts'
import type { ScenarioService, StartOptions } from '../targets.ts'
import type { FaultLog } from './fault-log.ts'
import type { TimelineWriter } from './timeline-writer.ts'

export interface ScenarioServiceOptions {
  readonly service: Service
  readonly deadline: Deadline
  readonly timeline: TimelineWriter
  readonly step: Step
  readonly faults: FaultLog
  /** The service serves again. */
  readonly onHealed: () => void
  /** The service was started and serves. Nobody is connected to it yet. */
  readonly onStarted: () => void
}

export function createScenarioService(options: ScenarioServiceOptions): ScenarioService {
  const { service, deadline, timeline, step, faults, onHealed, onStarted } = options

  /** Resolves once the service serves again, with the proof on the timeline. */
  async function back(
    operation: 'start' | 'resume' | 'reconnect',
    { afterMs = 0, outageMs }: StartOptions = {},
  ): Promise<void> {
    await step(`${operation} ${service.name}`, async () => {
      const waitMs = outageMs === undefined ? afterMs : service.startDelayMs(outageMs)
      if (waitMs > 0) await delay(waitMs, undefined, { signal: deadline.signal })
      const onServing = (evidence: Evidence) => {
        timeline.mark({ kind: 'serving', target: service.name, evidence })
        if (operation === 'start') onStarted()
        onHealed()
      }
      await faults.beforeHeal(({ target }) => target.kind === 'service' && target.name === service.name)
      if (operation === 'start') await service.start(onServing)
      else onServing(await service[operation]())
    })
  }
  return {
    handle: service,
    kill: () => faults.inject(killService(service)),
    stop: (graceMs) => faults.inject(stopService(service, graceMs)),
    pause: () => faults.inject(pauseService(service)),
    resume: (how) => back('resume', how),
    disconnect: () => faults.inject(disconnectService(service)),
    reconnect: (how) => back('reconnect', how),
    start: (how) => back('start', how),
  }
}
