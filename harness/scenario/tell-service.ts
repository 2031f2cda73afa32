// A service of the stack as a story speaks of it.
import { killService, pauseService, stopService } from '../faults/service.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Service } from '../stack/stack.ts'
import type { Step, StoryService } from './story.ts'
import type { Strike } from './tell-worker.ts'

export function tellService(
  service: Service,
  recorder: RunRecorder,
  step: Step,
  strike: Strike,
): StoryService {
  /** Done when it serves again, with the proof on the timeline. */
  async function back(name: string, operation: 'start' | 'resume'): Promise<void> {
    await step(name, async () => {
      const evidence = await service[operation]()
      recorder.mark({ kind: 'serving', target: service.name, evidence })
    })
  }
  return {
    handle: service,
    kill: () => strike(killService(service)),
    stop: (graceMs) => strike(stopService(service, graceMs)),
    pause: () => strike(pauseService(service)),
    resume: () => back(`resume ${service.name}`, 'resume'),
    start: () => back(`start ${service.name}`, 'start'),
  }
}
