// A service of the stack as a story speaks of it.
import { setTimeout as delay } from 'node:timers/promises'
import type { Deadline } from '../core/deadline.ts'
import { disconnectService, killService, pauseService, stopService } from '../faults/service.ts'
import type { Evidence } from '../record/evidence.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { StartOptions, Step, StoryService } from './context.ts'
import type { Strike } from './worker-controls.ts'
import type { Service } from '../cluster/service.ts'

export interface ServiceTelling {
  readonly service: Service
  readonly deadline: Deadline
  readonly recorder: RunRecorder
  readonly step: Step
  readonly strike: Strike
  /** The service serves again. */
  readonly onHealed: () => void
  /** It was started, and serves: nobody is connected to it yet. */
  readonly onStarted: (service: Service) => void
}

export function tellService(telling: ServiceTelling): StoryService {
  const { service, deadline, recorder, step, strike, onHealed, onStarted } = telling

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
    kill: () => strike(killService(service)),
    stop: (graceMs) => strike(stopService(service, graceMs)),
    pause: () => strike(pauseService(service)),
    resume: (options) => back('resume', options),
    disconnect: () => strike(disconnectService(service)),
    reconnect: (options) => back('reconnect', options),
    start: (options) => back('start', options),
  }
}
