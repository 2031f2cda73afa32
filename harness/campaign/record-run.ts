// Performs one run and records everything that can be observed of it. Nothing is judged here.
import { RunClock } from '../core/clock.ts'
import { Deadline } from '../core/deadline.ts'
import { ChaosError, messageOf } from '../core/errors.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { ObservationEntry } from '../record/observation.ts'
import { RunRecorder } from '../record/recorder.ts'
import { runScenario } from '../scenario/run-scenario.ts'
import { RunChoices } from '../scenario/choose.ts'
import type { FaultPermit } from '../scenario/fault-permit.ts'
import { Workflows } from '../scenario/workflows.ts'
import { looksBetween, observeRun, observeRunStart } from './observe-run.ts'
import type { PlannedRun } from './plan.ts'
import type { RunEnvironment } from './run-environment.ts'
import { headerOf } from './run-header.ts'
import { writePlan } from './write-plan.ts'
import { openRunSystem, type RunSystem } from './run-system.ts'

/**
 * @param golden what the record says of the run's golden run
 * @throws if the record cannot be written, or the reason of the campaign's signal
 */
export async function recordRun(
  environment: RunEnvironment,
  planned: PlannedRun,
  folder: string,
  golden?: ObservationEntry,
): Promise<void> {
  const { campaign, slot, tools } = environment
  // The run's clock starts after this: waiting for other runs is no part of the run.
  using start = await tools.permits.acquireStart(AbortSignal.any([campaign.signal, slot.cluster.health]))
  const clock = new RunClock()
  await using recorder = await RunRecorder.open(folder, headerOf(environment, planned, clock), clock)
  if (golden !== undefined) recorder.observe(golden)
  await observeRunStart(environment, planned, recorder)
  await using system = await openRunSystem({ environment, planned, recorder, clock })
  using resources = tools.sampler.watch(() => [
    ...tools.watched(),
    ...slot.cluster.watched(),
    ...system.workers.watched,
  ])
  const isShared = planned.scenario.isolation === 'shared'
  const load = recorder.stream('machine', { buffered: true })
  using machine = tools.machine.watch({
    own: () => [...system.workers.watched, ...(isShared ? [] : slot.cluster.watched())],
    shared: () => (isShared ? slot.cluster.watched() : []),
    nowMs: () => clock.nowMs(),
    write: (line) => load.write(line),
  })
  const runs = await perform({ environment, planned, recorder, system, start })
  machine.sample()
  await tools.permits.whenIdle(campaign.signal)
  await observeRun({
    environment,
    planned,
    taskQueues: system.workers.taskQueues,
    runs,
    recorder,
    clock,
    resources: resources.peaks(),
    machineUnobserved: machine.unobserved,
  })
  await recorder.flush()
  if (recorder.failure !== undefined) throw recorder.failure
}

interface Performing {
  readonly environment: RunEnvironment
  readonly planned: PlannedRun
  readonly recorder: RunRecorder
  readonly system: RunSystem
  /** For the first start of the workers. */
  readonly start: Disposable
}

/** Runs the scenario to its end, however it ends. @returns all workflow runs that are known then */
async function perform(performing: Performing): Promise<readonly WorkflowRun[]> {
  const { environment, planned, recorder, system, start } = performing
  const { campaign, slot, tools } = environment
  const { deadlineMs } = planned.scenario
  const over = new AbortController()
  const signal = AbortSignal.any([campaign.signal, slot.cluster.health, system.workers.health, over.signal])
  await using owned = new AsyncDisposableStack()
  let workflows: Workflows | undefined
  let unfinished: string | null = null
  try {
    await system.workers.start(Deadline.after(deadlineMs, signal))
    start[Symbol.dispose]()
    campaign.onStep(planned, 'wait for other runs')
    // A golden run takes one as well: it must not disturb a run whose recovery is measured.
    using permit = await tools.permits.acquire(signal)
    // The scenario's time begins here: waiting for other runs is no part of it.
    const deadline = Deadline.after(deadlineMs, signal)
    workflows = owned.use(openWorkflows(performing, deadline))
    await playScenario(performing, { workflows, deadline, permit })
  } catch (thrown) {
    campaign.signal.throwIfAborted()
    recorder.error(thrown)
    unfinished = `The scenario did not come to its end: ${messageOf(thrown)}`
  }
  recorder.end()
  await writePlan(environment, planned, recorder.folder, unfinished)
  start[Symbol.dispose]()
  // Whatever a failed scenario left under way must stop here.
  over.abort(new ChaosError('the run is over', { code: 'CHAOS_RUN_OVER' }))
  // Capturing ends before the final look: a later event would be missing from that.
  await owned.disposeAsync()
  return workflows?.runs ?? []
}

function openWorkflows({ environment, recorder, system }: Performing, deadline: Deadline): Workflows {
  const { campaign, slot, tools } = environment
  const { observer } = slot
  const { runQueue, workers, ledger } = system
  const { profile } = campaign
  const queueFor = (name?: string) => workers.queueFor(name)
  return new Workflows({
    observer,
    recorder,
    runQueue,
    queueFor,
    profile,
    deadline,
    follow: tools.follow,
    onPromised: (effects) => ledger.expect(effects),
  })
}

/** What a scenario gets besides, once it may begin. */
interface Begun {
  readonly workflows: Workflows
  readonly deadline: Deadline
  readonly permit: FaultPermit
}

async function playScenario(performing: Performing, begun: Begun): Promise<void> {
  const { environment, planned, recorder, system } = performing
  const { campaign, slot } = environment
  const choices = choicesFor(performing)
  await runScenario({
    ...begun,
    scenario: planned.scenario,
    cluster: slot.cluster,
    observer: slot.observer,
    ledger: system.ledger,
    workers: system.workers,
    recorder,
    profile: campaign.profile,
    choose: choices.choose,
    onStep: (step) => campaign.onStep(planned, step),
    lookBetween: looksBetween(environment, planned, recorder),
  })
  choices.assertGivenWereAsked()
}

function choicesFor({ environment, planned, recorder }: Performing): RunChoices {
  const { scenario, run, seed, choices } = planned
  return new RunChoices({
    campaignSeed: environment.campaign.seed,
    scenario: scenario.name,
    run,
    seed,
    given: choices,
    onChoice: (choice) => void recorder.mark({ kind: 'choice', ...choice }),
  })
}
