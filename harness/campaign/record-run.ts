// Performs one run and records everything that can be observed of it. Nothing is judged here.
import { RunClock } from '../core/clock.ts'
import { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import { runObservations } from '../observations/run-observations.ts'
import { RunRecorder } from '../record/recorder.ts'
import { runScenario } from '../scenario/run-scenario.ts'
import { RunChoices } from '../scenario/choose.ts'
import { Workflows } from '../scenario/workflows.ts'
import type { Turn } from '../worker/start-turns.ts'
import { endOpenWorkflows } from './end-open-workflows.ts'
import type { PlannedRun } from './plan.ts'
import type { RunEnvironment } from './run-environment.ts'
import { headerOf } from './run-header.ts'
import { openRunSystem, type RunSystem } from './run-system.ts'

const lookWithinMs = 30_000

/** @throws if the record cannot be written, or the reason of the campaign's signal */
export async function recordRun(
  environment: RunEnvironment,
  planned: PlannedRun,
  folder: string,
): Promise<void> {
  const { campaign, slot, tools } = environment
  // The run's clock starts after this: waiting for other runs is no part of the run.
  using turn = await tools.turns.first(AbortSignal.any([campaign.signal, slot.cluster.health]))
  const clock = new RunClock()
  await using recorder = await RunRecorder.open(folder, headerOf(environment, planned, clock), clock)
  await using system = await openRunSystem({ environment, planned, recorder, clock })
  using resources = tools.sampler.watch(() => [
    { name: 'harness', pid: process.pid },
    ...slot.cluster.watched(),
    ...system.worker.watched,
  ])
  const runs = await perform({ environment, planned, recorder, system, turn })
  await tools.turns.calm(campaign.signal)
  const { cluster, observer } = slot
  const look = Deadline.after(lookWithinMs, AbortSignal.any([campaign.signal, cluster.health]))
  const histories = await runObservations({
    observer,
    replayer: tools.replayer,
    serverLogSince: (sinceMs) => cluster.serverLogSince(sinceMs),
    runs,
    recorder,
    clock,
    resources: resources.peaks(),
    deadline: look,
    signal: campaign.signal,
    health: cluster.health,
    own: planned.scenario.observations,
  })
  await endOpenWorkflows({ observer, histories, recorder, deadline: look })
  await recorder.flush()
  if (recorder.failure !== undefined) throw recorder.failure
}

interface Performing {
  readonly environment: RunEnvironment
  readonly planned: PlannedRun
  readonly recorder: RunRecorder
  readonly system: RunSystem
  readonly turn: Turn
}

/** Runs the scenario to its end, however it ends. @returns all workflow runs that are known then */
async function perform(performing: Performing): Promise<Workflows['runs']> {
  const { environment, planned, recorder, system, turn } = performing
  const { campaign, slot, tools } = environment
  const { worker, taskQueue } = system
  const over = new AbortController()
  const signal = AbortSignal.any([campaign.signal, slot.cluster.health, worker.health, over.signal])
  const deadline = Deadline.after(planned.scenario.deadlineMs, signal)
  const { observer } = slot
  const { profile } = campaign
  const { follow } = tools
  await using workflows = new Workflows({ observer, recorder, taskQueue, profile, deadline, follow })
  const choices = choicesFor(performing)
  try {
    await worker.start(deadline)
    await runScenario({
      scenario: planned.scenario,
      cluster: slot.cluster,
      observer,
      ledger: system.ledger,
      worker,
      workflows,
      recorder,
      profile,
      choose: choices.choose,
      deadline,
      onStep: (step) => campaign.onStep(planned, step),
      turn,
    })
    choices.assertGivenWereAsked()
  } catch (thrown) {
    campaign.signal.throwIfAborted()
    recorder.error(thrown)
  }
  recorder.mark({ kind: 'ended' })
  turn[Symbol.dispose]()
  // Whatever a failed scenario left under way must stop here.
  over.abort(new ChaosError('the run is over', { code: 'CHAOS_RUN_OVER' }))
  // Capturing ends before the final look: a later event would be missing from that.
  await workflows[Symbol.asyncDispose]()
  return workflows.runs
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
