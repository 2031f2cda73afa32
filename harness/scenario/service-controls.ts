// A service of the cluster as a scenario speaks of it.
import { setTimeout as delay } from 'node:timers/promises'
import type { Deadline } from '../core/deadline.ts'
import { disconnectService, killService, pauseService, stopService } from '../faults/service.ts'
import type { Evidence } from '../record/evidence.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { StartOptions, Step, ScenarioService } from './context.ts'
import type { Inject } from './worker-controls.ts'
import type { Service } from '../cluster/service.ts'

export interface ScenarioServiceOptions {
  readonly service: Service
  readonly deadline: Deadline
  readonly recorder: RunRecorder
  readonly step: Step
  readonly inject: Inject
  /** The service serves again. */
  readonly onHealed: () => void
  /** It was started, and serves: nobody is connected to it yet. */
  readonly onStarted: (service: Service) => void
}

export function createScenarioService(options: ScenarioServiceOptions): ScenarioService {
  const { service, deadline, recorder, step, inject, onHealed, onStarted } = options

  /** Done when it serves again, with the proof on the timeline. */
  async function back(
    operation: 'start' | 'resume' | 'reconnect',
    { afterMs = 0, outageMs }: StartOptions = {},
  ): Promise<void> {
    await step(`${operation} ${service.name}`, async () => {
      const waitMs = outageMs === undefined ? afterMs : service.startDelayMs(outageMs)
      if (waitMs > 0) await delay(waitMs, undefined, { signal: deadline.signal })
      const onServing = (evidence: Evidence) => {
        recorder.mark({ kind: 'serving', target: service.name, evidence })
        if (operation === 'start') onStarted(service)
        onHealed()
      }
      if (operation === 'start') await service.start(onServing)
      else onServing(await service[operation]())
    })
  }
  return {
    handle: service,
    kill: () => inject(killService(service)),
    stop: (graceMs) => inject(stopService(service, graceMs)),
    pause: () => inject(pauseService(service)),
    resume: (options) => back('resume', options),
    disconnect: () => inject(disconnectService(service)),
    reconnect: (options) => back('reconnect', options),
    start: (options) => back('start', options),
  }
}
