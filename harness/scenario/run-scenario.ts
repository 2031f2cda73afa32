// Tells a story: gives it the context that puts each of its calls on the timeline and undoes its faults at the end.
import { Deadline } from '../core/deadline.ts'
import { formatDuration } from '../core/duration.ts'
import { ChaosError } from '../core/errors.ts'
import type { Fault } from '../faults/fault.ts'
import type { Moment } from '../moments/moment.ts'
import { waitedForLater } from '../core/mark-handled.ts'
import { afterKill } from './after-kill.ts'
import { heal } from './heal.ts'
import { untilDescribed } from './pending-activity.ts'
import { Probes } from './probes.ts'
import { skipTime } from './skip-time.ts'
import type { Story, StoryService } from './context.ts'
import { tellService } from './service-controls.ts'
import { tellWorker } from './worker-controls.ts'
import type { Telling } from './run-options.ts'
import type { Service } from '../cluster/service.ts'

/**
 * Tells the scenario's story once. However it ends, every fault that it injected is undone, the last one first.
 * @throws what the story threw; an undo that fails is put on the timeline
 */
export async function tell(telling: Telling): Promise<void> {
  const { scenario, stack, observer, worker, workflows, recorder, profile, choose, deadline, turn } = telling
  const struck: Fault[] = []
  let steps = 0
  let underWay = 0

  async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
    deadline.signal.throwIfAborted()
    recorder.mark({ kind: 'step', step: (steps += 1), name })
    telling.onStep(name)
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
    }
  }

  async function strike(fault: Fault): Promise<void> {
    const { name, target } = fault
    await step(`strike ${name} ${target}`, async () => {
      const why = fault.available()
      if (why !== null) {
        throw new ChaosError(`${name} cannot strike ${target}: ${why}`, {
          code: 'CHAOS_FAULT_UNAVAILABLE',
          kind: 'assumption',
        })
      }
      const number = struck.push(fault)
      recorder.mark({ kind: 'fault', fault: number, name, target })
      const evidence = await fault.inject()
      recorder.mark({ kind: 'fault-confirmed', fault: number, evidence })
    })
  }

  async function reach(moment: Moment): Promise<void> {
    await step(`reach ${moment.name}`, async () => {
      using _waiting = turn.waiting()
      const capture = workflows.captureOf(moment.run)
      // Before a fault a moment that does not come leaves the promise untested; after one it is what was promised.
      const kind = struck.length === 0 ? 'assumption' : 'liveness'
      const waiting = { what: moment.name, code: 'CHAOS_MOMENT_NOT_REACHED', kind } as const
      const event = await workflows.orPending(capture, (events) => moment.find(events), waiting)
      await untilDescribed(observer, moment, event, deadline, kind)
      recorder.mark({ kind: 'moment', ...placeOf(moment), eventId: event.eventId })
    })
  }

  async function holds(moment: Moment): Promise<void> {
    await step(`assume ${moment.name}, still`, async () => {
      const event = moment.find(workflows.captureOf(moment.run).events)
      const atMs = recorder.mark({ kind: 'held', ...placeOf(moment), eventId: event?.eventId ?? null })
      if (event !== undefined && moment.lasting) return
      throw new ChaosError(`${moment.name}: not so ${atMs.toFixed(0)} ms into the run`, {
        code: 'CHAOS_MOMENT_NOT_HELD',
        kind: 'assumption',
      })
    })
  }

  const probes = scenario.probes ? await Probes.open({ workflows, recorder, deadline }) : undefined
  let asked = 0
  /** Once nothing is down any more, and once for each fault. */
  function onHealed(): void {
    const services = [stack.server, stack.postgres]
    const isAllUp = worker.isUp && services.every(serves)
    if (!isAllUp || asked === struck.length) return
    asked = struck.length
    const answered = probes?.ask(asked)
    // A worker that polls is over it, a stack that answers.
    const isOver = scenario.strikes === 'stack' ? answered : undefined
    void Promise.resolve(isOver).then(() => turn[Symbol.dispose]())
  }

  const over = new AbortController()
  const untilOver = () =>
    Deadline.after(deadline.remainingMs, AbortSignal.any([deadline.signal, over.signal]))
  const watching: Promise<void>[] = []
  const afterKills: Promise<void>[] = []
  const beside: Promise<unknown>[] = []
  function onKilled(): void {
    const after = afterKill({ ...telling, deadline: untilOver(), strike: struck.length, step })
    afterKills.push(waitedForLater(after))
  }
  /** Its pollers try again by a backoff of their own: when they come back is a part of the waiting. */
  function onStarted({ name }: Service): void {
    if (name !== 'temporal-server' || !worker.isUp) return
    // A worker that never polls again is told by what it leaves undone.
    watching.push(worker.notePolling(untilOver()).catch(() => undefined))
  }

  function strikable(service: Service): StoryService {
    if (scenario.strikes === 'stack')
      return tellService({ service, deadline, recorder, step, strike, onHealed, onStarted })
    throw new ChaosError(
      `${scenario.name} asks for ${service.name} but does not say that it strikes the stack`,
      {
        code: 'CHAOS_STACK_SHARED',
        hint: "Give the scenario `strikes: 'stack'`: its runs then get the stack alone.",
      },
    )
  }

  const story: Story = {
    worker: tellWorker({ worker, deadline, recorder, step, strike, onKilled, onHealed }),
    get server() {
      return strikable(stack.server)
    },
    get postgres() {
      return strikable(stack.postgres)
    },
    choose,
    profile,
    reach,
    holds,
    meanwhile(work) {
      beside.push(work)
      return waitedForLater(work)
    },
    strike,
    skipTime: (workflow, durationMs) =>
      step(`skip ${formatDuration(durationMs)} of ${workflow.workflowId}`, () =>
        skipTime({
          observer,
          recorder,
          capture: workflows.captureOf(workflow.current()),
          deadline,
          durationMs,
        }),
      ),
    effectOf: (key) =>
      telling.world.effects().find((effect) => effect.key === key && effect.outcome === 'new'),
    claim: (sentence, isSo) => void recorder.mark({ kind: 'claim', sentence, isSo }),
    start: (workload, input) =>
      step(`start ${workload.workflow}`, () => workflows.start(workload, input, step)),
  }
  try {
    telling.onStep('wait for its turn')
    await turn.toStrike(deadline.signal)
    await scenario.story(story)
    await Promise.all([...afterKills, ...beside])
    if (underWay > 0)
      throw new ChaosError('the story ended before its own steps', { code: 'CHAOS_STEP_NOT_AWAITED' })
    await probes?.finish()
  } finally {
    over.abort()
    await Promise.allSettled([...watching, ...afterKills])
    await heal(struck, (thrown) => recorder.error(thrown))
  }
}

function serves({ isUp, isPaused, isDisconnected }: Service): boolean {
  return isUp && !isPaused && !isDisconnected
}

function placeOf({ name, run, lasting }: Moment) {
  return { name, ...run, lasting }
}
