// A service of the stack as a story speaks of it.
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../clock.ts'
import type { Deadline } from '../deadline.ts'
import { disconnectService, killService, pauseService, stopService } from '../faults/service.ts'
import type { Fault } from '../faults/fault.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Service } from '../stack/stack.ts'
import type { StartOptions, Step, StoryService } from './story.ts'
import type { Strike } from './tell-worker.ts'

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
  let downMs = 0

  /** Done when it serves again, with the proof on the timeline. */
  async function back(
    operation: 'start' | 'resume' | 'reconnect',
    options: StartOptions = {},
  ): Promise<void> {
    await step(`${operation} ${service.name}`, async () => {
      const waitMs = waitOf(options, service.startMs, monotonicMs() - downMs)
      if (waitMs > 0) await delay(waitMs, undefined, { signal: deadline.signal })
      const evidence = await service[operation]()
      recorder.mark({ kind: 'serving', target: service.name, evidence })
      if (operation === 'start') onStarted(service)
      onHealed()
    })
  }
  const takeDown = (fault: Fault) => {
    downMs = monotonicMs()
    return strike(fault)
  }
  return {
    handle: service,
    kill: () => takeDown(killService(service)),
    stop: (graceMs) => takeDown(stopService(service, graceMs)),
    pause: () => strike(pauseService(service)),
    resume: (options) => back('resume', options),
    disconnect: () => strike(disconnectService(service)),
    reconnect: (options) => back('reconnect', options),
    start: (options) => back('start', options),
  }
}

/**
 * How long to wait before a heal is begun.
 * @param startMs what the service's last start took
 * @param downForMs how long it has been down
 */
export function waitOf({ afterMs = 0, outageMs }: StartOptions, startMs: number, downForMs: number): number {
  return outageMs === undefined ? afterMs : Math.max(0, outageMs - startMs - downForMs)
}
