// The look at everything when a run's scenario is over. What the run left open ends here, too.
import type { RunClock } from '../core/clock.ts'
import { Deadline } from '../core/deadline.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { StartContext } from '../observations/observation.ts'
import { observeBetween, observeStart, runObservations } from '../observations/run-observations.ts'
import { serverZeroMs } from '../record/header.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Resource } from '../record/resource.ts'
import type { PolledQueue } from '../temporal/pollers.ts'
import { endOpenWorkflows } from './end-open-workflows.ts'
import type { PlannedRun } from './plan.ts'
import type { RunEnvironment } from './run-environment.ts'

const lookWithinMs = 30_000

export interface ObserveRunOptions {
  readonly environment: RunEnvironment
  readonly planned: PlannedRun
  /** What the run's workers poll. */
  readonly taskQueues: readonly PolledQueue[]
  /** All workflow runs that the scenario knew. */
  readonly runs: readonly WorkflowRun[]
  readonly recorder: RunRecorder
  readonly clock: RunClock
  readonly resources: Resource[]
  /** Why the machine's load could not be observed; null if it was. */
  readonly machineUnobserved: string | null
}

export async function observeRun(options: ObserveRunOptions): Promise<void> {
  const { environment, planned, taskQueues, runs, recorder, clock, resources, machineUnobserved } = options
  const { signal } = environment.campaign
  const { cluster, observer, clockOffset } = environment.slot
  const { health } = cluster
  const ending = AbortSignal.any([signal, health])
  const deadline = Deadline.after(lookWithinMs, ending)
  const histories = await runObservations({
    ...startContext(environment, recorder),
    database: cluster.database ?? null,
    // What a golden run shows is its state. Replays of its histories would only take time from other runs.
    replayer: planned.isGolden === true ? null : environment.tools.launcherFor(planned.scenario).replayer,
    serverLogSince: cluster.logs?.serverSince ?? null,
    taskQueues,
    runs,
    clock,
    serverZeroMs: serverZeroMs({ wallAtZeroMs: clock.wallAtZeroMs, clockOffsetMs: clockOffset?.offsetMs }),
    resources,
    machineUnobserved,
    deadline,
    health,
    own: planned.scenario.observations,
  })
  await endOpenWorkflows({ observer, histories, recorder, deadline: Deadline.after(lookWithinMs, ending) })
}

/** Before the workers start. @throws the reason of the campaign's signal */
export async function observeRunStart(
  environment: RunEnvironment,
  planned: PlannedRun,
  recorder: RunRecorder,
): Promise<void> {
  await observeStart(startContext(environment, recorder), planned.scenario.observations)
}

/** Looks in the middle of a run, one after the other. @returns what to call when a fault has struck or is healed */
export function looksBetween(
  environment: RunEnvironment,
  planned: PlannedRun,
  recorder: RunRecorder,
): (when: 'struck' | 'healed') => Promise<void> {
  const context = startContext(environment, recorder)
  let last = Promise.resolve()
  return (when) => (last = last.then(() => observeBetween(context, planned.scenario.observations, when)))
}

function startContext({ campaign, slot, tools }: RunEnvironment, recorder: RunRecorder): StartContext {
  const { cluster, observer } = slot
  return {
    observer,
    recorder,
    dynamicConfigFile: cluster.dynamicConfigFile ?? null,
    tables: tools.tables,
    signal: campaign.signal,
  }
}
