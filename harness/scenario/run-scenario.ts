// Tells a scenario: gives it the context that puts each of its calls on the timeline and undoes its faults at the end.
import { Deadline } from '../core/deadline.ts'
import { formatDuration } from '../core/duration.ts'
import { ChaosError } from '../core/errors.ts'
import type { Fault } from '../faults/fault.ts'
import { faultLabel } from '../record/fault.ts'
import type { Moment } from '../moments/moment.ts'
import { markHandled } from '../core/mark-handled.ts'
import { afterKill } from './after-kill.ts'
import { recordExpectation } from './expectation.ts'
import { healAll } from './heal.ts'
import { untilDescribed } from './pending-activity.ts'
import { Probes } from './probes.ts'
import { skipTime } from './skip-time.ts'
import type { ScenarioContext, ScenarioService } from './context.ts'
import { createScenarioService } from './service-controls.ts'
import { createScenarioWorker } from './worker-controls.ts'
import type { ScenarioRunOptions } from './run-options.ts'
import type { Service } from '../cluster/service.ts'

/**
 * Tells the scenario's scenario once. However it ends, every fault that it injected is undone, the last one first.
 * @throws what the scenario threw; an undo that fails is put on the timeline
 */
export async function runScenario(options: ScenarioRunOptions): Promise<void> {
  const { scenario, cluster, observer, worker, workflows, recorder, profile, choose, deadline, permit } =
    options
  const injected: Fault[] = []
  let steps = 0
  let underWay = 0

  async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
    deadline.signal.throwIfAborted()
    recorder.mark({ kind: 'step', step: (steps += 1), name })
    options.onStep(name)
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
    }
  }

  async function inject(fault: Fault): Promise<void> {
    const { kind, target, effect } = fault
    const label = faultLabel(fault)
    await step(`inject ${label}`, async () => {
      const why = fault.available()
      if (why !== null) {
        throw new ChaosError(`${label} cannot be injected: ${why}`, {
          code: 'CHAOS_FAULT_UNAVAILABLE',
          kind: 'assumption',
        })
      }
      permit.retake()
      const number = injected.push(fault)
      recorder.mark({ kind: 'fault', fault: number, faultKind: kind, target, effect })
      const evidence = await fault.inject()
      recorder.mark({ kind: 'fault-confirmed', fault: number, evidence })
    })
  }

  async function reach(moment: Moment): Promise<void> {
    await step(`reach ${moment.name}`, async () => {
      // While something is down, the machine has nothing to do for this run.
      if (injected.length > 0) permit.lend()
      const capture = workflows.captureOf(moment.run)
      // Before a fault a moment that does not come leaves the promise untested; after one it is what was promised.
      const kind = injected.length === 0 ? 'assumption' : 'liveness'
      const waiting = { what: moment.name, code: 'CHAOS_MOMENT_NOT_REACHED', kind } as const
      const event = await workflows.orPending(capture, (events) => moment.find(events), waiting)
      await untilDescribed(observer, moment, event, deadline, kind)
      recorder.mark({ kind: 'moment', ...placeOf(moment), eventId: event.eventId })
    })
  }

  async function stillIn(moment: Moment): Promise<void> {
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
    const services = [cluster.server, cluster.postgres]
    const isAllUp = worker.isUp && services.every(serves)
    if (!isAllUp || asked === injected.length) return
    asked = injected.length
    const answered = probes?.ask(asked)
    // A worker that polls is over it, a cluster that answers.
    const isOver = scenario.isolation === 'own-cluster' ? answered : undefined
    void Promise.resolve(isOver).then(() => permit[Symbol.dispose]())
  }

  const over = new AbortController()
  const untilOver = () =>
    Deadline.after(deadline.remainingMs, AbortSignal.any([deadline.signal, over.signal]))
  const watching: Promise<void>[] = []
  const afterKills: Promise<void>[] = []
  const beside: Promise<unknown>[] = []
  function onKilled(): void {
    const after = afterKill({ ...options, deadline: untilOver(), faultIndex: injected.length, step })
    afterKills.push(markHandled(after))
  }
  /** Its pollers try again by a backoff of their own: when they come back is a part of the waiting. */
  function onStarted({ name }: Service): void {
    if (name !== 'temporal-server' || !worker.isUp) return
    // A worker that never polls again is told by what it leaves undone.
    watching.push(worker.notePolling(untilOver()).catch(() => undefined))
  }

  function strikable(service: Service): ScenarioService {
    if (scenario.isolation === 'own-cluster')
      return createScenarioService({ service, deadline, recorder, step, inject, onHealed, onStarted })
    throw new ChaosError(
      `${scenario.name} asks for ${service.name} but does not say that it strikes the cluster`,
      {
        code: 'CHAOS_CLUSTER_SHARED',
        hint: "Give the scenario `strikes: 'cluster'`: its runs then get the cluster alone.",
      },
    )
  }

  const context: ScenarioContext = {
    worker: createScenarioWorker({ worker, deadline, recorder, step, inject, onKilled, onHealed }),
    get server() {
      return strikable(cluster.server)
    },
    get postgres() {
      return strikable(cluster.postgres)
    },
    choose,
    profile,
    reach,
    stillIn,
    background(work) {
      beside.push(work)
      return markHandled(work)
    },
    inject,
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
      options.ledger.effects().find((effect) => effect.key === key && effect.outcome === 'new'),
    expectThat: (sentence, seen) => recordExpectation(recorder, sentence, seen),
    start: (workload, input) =>
      step(`start ${workload.workflow}`, () => workflows.start(workload, input, step)),
  }
  try {
    await scenario.run(context)
    await Promise.all([...afterKills, ...beside])
    if (underWay > 0)
      throw new ChaosError('the scenario ended before its own steps', { code: 'CHAOS_STEP_NOT_AWAITED' })
    await probes?.finish()
  } finally {
    over.abort()
    await Promise.allSettled([...watching, ...afterKills])
    await healAll(injected, (thrown) => recorder.error(thrown))
  }
}

function serves({ isUp, isPaused, isDisconnected }: Service): boolean {
  return isUp && !isPaused && !isDisconnected
}

function placeOf({ name, run, lasting }: Moment) {
  return { name, ...run, lasting }
}
