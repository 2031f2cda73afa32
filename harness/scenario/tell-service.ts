// A service of the stack as a story speaks of it.
import { setTimeout as delay } from 'node:timers/promises'
import type { Deadline } from '../deadline.ts'
import { disconnectService, killService, pauseService, stopService } from '../faults/service.ts'
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
  /** When each target was struck last, on the run's clock. */
  readonly lastStruck: ReadonlyMap<string, number>
  /** The service serves again. */
  readonly onHealed: () => void
  /** It was started, and serves: nobody is connected to it yet. */
  readonly onStarted: (service: Service) => void
}

export function tellService(telling: ServiceTelling): StoryService {
  const { service, deadline, recorder, step, strike, lastStruck, onHealed, onStarted } = telling

  /** Done when it serves again, with the proof on the timeline. */
  async function back(
    operation: 'start' | 'resume' | 'reconnect',
    options: StartOptions = {},
  ): Promise<void> {
    await step(`${operation} ${service.name}`, async () => {
      const downForMs = recorder.nowMs - (lastStruck.get(service.name) ?? recorder.nowMs)
      const waitMs = waitOf(options, service.startMs, downForMs)
      if (waitMs > 0) await delay(waitMs, undefined, { signal: deadline.signal })
      const evidence = await service[operation]()
      recorder.mark({ kind: 'serving', target: service.name, evidence })
      if (operation === 'start') onStarted(service)
      onHealed()
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

/**
 * How long to wait before a heal is begun.
 * @param startMs what the service's last start took
 * @param downForMs how long it has been down
 */
export function waitOf({ afterMs = 0, outageMs }: StartOptions, startMs: number, downForMs: number): number {
  return outageMs === undefined ? afterMs : Math.max(0, outageMs - startMs - downForMs)
}
