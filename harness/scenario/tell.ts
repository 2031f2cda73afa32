// Tells a story: gives it the context that puts each of its calls on the timeline and undoes its faults at the end.
import type { Deadline } from '../deadline.ts'
import { ChaosError } from '../errors.ts'
import type { Fault, Injected } from '../faults/fault.ts'
import type { Moment } from '../moments/moment.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Service, Stack } from '../stack/stack.ts'
import type { Worker } from '../worker/worker.ts'
import type { Choose } from './choose.ts'
import type { Scenario } from './scenario.ts'
import type { Story, StoryService } from './story.ts'
import { tellService } from './tell-service.ts'
import { tellWorker } from './tell-worker.ts'
import type { Workflows } from './workflows.ts'

export interface Telling {
  readonly scenario: Scenario
  readonly stack: Stack
  readonly worker: Worker
  readonly workflows: Workflows
  readonly recorder: RunRecorder
  readonly choose: Choose
  readonly deadline: Deadline
}

/**
 * Tells the scenario's story once. However it ends, every fault that was injected and not yet undone is undone,
 * the last one first.
 * @throws what the story threw
 */
export async function tell(telling: Telling): Promise<void> {
  const { scenario, stack, worker, workflows, recorder, choose, deadline } = telling
  await using healing = new AsyncDisposableStack()
  let steps = 0
  let faults = 0

  async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
    deadline.signal.throwIfAborted()
    recorder.mark({ kind: 'step', step: (steps += 1), name })
    return work()
  }

  async function strike(fault: Fault): Promise<Injected> {
    const { name, target } = fault
    return step(`strike ${name} ${target}`, async () => {
      const why = fault.available()
      if (why !== null) {
        throw new ChaosError(`${name} cannot strike ${target}: ${why}`, {
          code: 'CHAOS_FAULT_UNAVAILABLE',
          kind: 'assumption',
        })
      }
      const number = (faults += 1)
      recorder.mark({ kind: 'fault', fault: number, name, target })
      const injected = await fault.inject()
      recorder.mark({ kind: 'fault-confirmed', fault: number, evidence: injected.evidence })
      healing.defer(() => injected.undo())
      return injected
    })
  }

  async function reach(moment: Moment): Promise<void> {
    await step(`reach ${moment.name}`, async () => {
      const event = await workflows.captureOf(moment.run).until((events) => moment.find(events), deadline, {
        what: moment.name,
        code: 'CHAOS_MOMENT_NOT_REACHED',
        kind: 'assumption',
      })
      const { eventId } = event
      recorder.mark({ kind: 'moment', name: moment.name, ...moment.run, eventId, lasting: moment.lasting })
    })
  }

  function strikable(service: Service): StoryService {
    if (scenario.strikes === 'stack') return tellService(service, recorder, step, strike)
    throw new ChaosError(
      `${scenario.name} asks for ${service.name} but does not say that it strikes the stack`,
      {
        code: 'CHAOS_STACK_SHARED',
        hint: "Give the scenario `strikes: 'stack'`: its runs then get the stack alone.",
      },
    )
  }

  const story: Story = {
    worker: tellWorker({ worker, deadline, recorder, step, strike }),
    get server() {
      return strikable(stack.server)
    },
    get postgres() {
      return strikable(stack.postgres)
    },
    choose,
    reach,
    start: (workload, input) =>
      step(`start ${workload.workflow}`, () => workflows.start(workload, input, step)),
    async strike(fault) {
      await strike(fault)
    },
  }
  await scenario.story(story)
}
