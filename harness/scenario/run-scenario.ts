// Runs a scenario once: assembles its parts, and heals every fault at the end.
import { assertCapable } from '../cluster/capabilities.ts'
import { formatDuration } from '../core/duration.ts'
import { markHandled } from '../core/mark-handled.ts'
import { withCallSignal } from '../temporal/observer.ts'
import type { Worker } from '../worker/worker.ts'
import { needsOf } from './availability.ts'
import type { ScenarioContext } from './context.ts'
import { recordExpectation } from './expectation.ts'
import { Probes } from './probes.ts'
import type { ScenarioRunOptions } from './run-options.ts'
import { BackgroundWork } from './runner/background-work.ts'
import { FaultLog, type FaultHooks } from './runner/fault-log.ts'
import { assertStillIn, reachMoment } from './runner/moment-steps.ts'
import { untilOutlivingClosed } from './runner/outliving-children.ts'
import { ProbeRounds } from './runner/probe-rounds.ts'
import { QueryRounds } from './runner/query-rounds.ts'
import { isServing, scenarioServices } from './runner/scenario-services.ts'
import { asksOf } from './runner/service-asker.ts'
import { Steps } from './runner/steps.ts'
import { serveAtEnd, watchServing } from './runner/serving.ts'
import { TargetWatch } from './runner/target-watch.ts'
import { createScenarioWorker } from './runner/worker-controls.ts'
import { afterWorkerDeath } from './runner/worker-death.ts'
import { workerFaultHooks } from './runner/worker-faults.ts'
import { startStep, workersByName } from './runner/workers-by-name.ts'
import { skipTime } from './skip-time.ts'
import { workloadsByName } from './workloads-by-name.ts'

interface Parts {
  readonly steps: Steps
  readonly background: BackgroundWork
  readonly faults: FaultLog
  readonly rounds: ProbeRounds
  readonly queries: QueryRounds
}

/**
 * Heals every injected fault, however the scenario ends.
 * @throws the scenario's own error; a fault that cannot be healed is an error on the timeline
 */
export async function runScenario(options: ScenarioRunOptions): Promise<void> {
  const { scenario, cluster, workers, workflows, recorder, deadline, onStep } = options
  assertCapable(cluster, needsOf(scenario), scenario.name)
  const steps = new Steps({ timeline: recorder, signal: deadline.signal, onStep })
  const background = new BackgroundWork(deadline)
  const queries = queryRoundsOf(options)
  const faults = faultLogOf(options, { steps, background, queries })
  const isProbed = scenario.probes && workers.canBeProbed
  const probes = isProbed ? await Probes.open({ workflows, recorder, deadline }) : undefined
  if (scenario.probes && !isProbed) {
    const why = 'the worker does not run the workflows that the harness probes with'
    recorder.observe({ kind: 'unavailable', observation: 'probe', why })
  }
  const rounds = probeRoundsOf(options, { faults, probes, queries })
  try {
    await using _background = background
    await using _queries = queries
    const serving = { run: options, faults, isAllUp: () => isAllUp(options) }
    const play = async () => {
      await scenario.run(contextOf(options, { steps, background, faults, rounds, queries }))
      await background.finish()
      steps.assertAllOver()
      // The targets of the probes would wait for a worker that does nothing any more.
      if (await serveAtEnd(serving)) await rounds.finish()
    }
    await Promise.race([markHandled(play()), watchServing(serving, background)])
  } finally {
    await faults.healAll()
  }
  await untilOutlivingClosed({ workflows, timeline: recorder, deadline })
  await queries.finish()
}

function queryRoundsOf({ workflows, recorder, observer, workers }: ScenarioRunOptions): QueryRounds {
  return new QueryRounds({
    recorder,
    eventsOf: (run) => workflows.captureOf(run).events,
    ask: ({ workflowId, runId }, query, signal) =>
      withCallSignal(signal, observer, () =>
        observer.client.workflow.getHandle(workflowId, runId).query(query),
      ),
    isUp: () => workers.isUp,
  })
}

function faultLogOf(
  options: ScenarioRunOptions,
  { steps: { step }, background, queries }: Pick<Parts, 'steps' | 'background' | 'queries'>,
): FaultLog {
  const { workers, recorder, permit, cluster, observer, deadline, lookBetween } = options
  const targets = new TargetWatch({
    timeline: recorder,
    workers: workers.all,
    asks: asksOf(cluster, observer),
  })
  const onDeath = (worker: Worker, faultIndex: number) =>
    background.require((deadline) => afterWorkerDeath({ ...options, worker, deadline, faultIndex, step }))
  const { onInjecting, onInjected } = workerFaultHooks({ workers: workers.all, onDeath })
  const hooks: FaultHooks = {
    onInjecting(fault) {
      permit.retake()
      queries.pause()
      onInjecting(fault)
    },
    onInjected,
    async onConfirmed(fault, number) {
      await targets.struck(fault, number)
      background.require(() => lookBetween('struck'))
    },
    onHealing: (number) => targets.lastLook(number),
    untilBack: (fault) => targets.untilBack(fault, deadline),
  }
  return new FaultLog({ timeline: recorder, step, hooks })
}

function isAllUp({ workers, cluster }: ScenarioRunOptions): boolean {
  return workers.isUp && (cluster.controls?.services ?? []).every(isServing)
}

function probeRoundsOf(
  options: ScenarioRunOptions,
  { faults, probes, queries }: Pick<Parts, 'faults' | 'queries'> & { probes: Probes | undefined },
): ProbeRounds {
  const { scenario, permit } = options
  return new ProbeRounds({
    probes,
    faultCount: () => faults.count,
    isAllUp: () => isAllUp(options),
    onAllUp(answered) {
      void answered.then(() => queries.resume())
      // A worker has recovered once it polls; a cluster once it answers.
      const recovered = scenario.isolation === 'own-cluster' ? answered : Promise.resolve()
      void recovered.then(() => permit[Symbol.dispose]())
    },
  })
}

function contextOf(options: ScenarioRunOptions, parts: Parts): ScenarioContext {
  const { observer, workers, workflows, recorder, profile, choose, deadline, permit, ledger } = options
  const { steps, background, faults, rounds, queries } = parts
  const { step } = steps
  const onHealed = () => {
    rounds.onHealed()
    background.require(() => options.lookBetween('healed'))
  }
  const shared = { deadline, timeline: recorder, step, faults, onHealed }
  const services = scenarioServices({ ...shared, run: options, background })
  const moments = { ...shared, workflows, observer }
  return {
    ...workersByName(workers.all, (worker) => createScenarioWorker({ ...shared, worker })),
    get server() {
      return services.server()
    },
    get postgres() {
      return services.postgres()
    },
    choose,
    profile,
    async reach(moment) {
      // While a target is down, the machine has no work for this run.
      if (faults.count > 0) permit.lend()
      await reachMoment(moments, moment)
    },
    stillIn: (moment) => assertStillIn(moments, moment),
    background: (work) => background.add(work),
    inject: (fault) => faults.inject(fault),
    async heal(fault) {
      await faults.heal(fault)
      onHealed()
    },
    skipTime(workflow, durationMs) {
      const name = `skip ${formatDuration(durationMs)} of ${workflow.workflowId}`
      return step(name, () => {
        const capture = workflows.captureOf(workflow.current())
        return skipTime({ observer, recorder, capture, deadline, durationMs })
      })
    },
    effectOf: (key) => ledger.effects().find((effect) => effect.key === key && effect.outcome === 'new'),
    expectThat: (sentence, seen) => recordExpectation(recorder, sentence, seen),
    workloads: workloadsByName(),
    start: (workload, ...[input, options]) =>
      step(startStep(workload.workflow, options?.taskQueue), async () => {
        // The type lets nobody leave out what must be there.
        const workflow = await workflows.start(workload, input ?? ({} as never), step, options)
        queries.watch(workflow, workload.queries ?? {})
        return workflow
      }),
  }
}
