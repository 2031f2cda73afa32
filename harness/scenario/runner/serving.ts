// Whether the workers serve while they should: watched during the scenario, and asked at its end.
import { markHandled } from '../../core/mark-handled.ts'
import type { ScenarioRunOptions } from '../run-options.ts'
import type { BackgroundWork } from './background-work.ts'
import type { FaultLog } from './fault-log.ts'
import { watchQueues } from './queue-watch.ts'
import { askStillServing, patienceMs } from './still-serving.ts'

export interface ServingOptions {
  readonly run: ScenarioRunOptions
  readonly faults: Pick<FaultLog, 'isQuiet'>
  readonly isAllUp: () => boolean
}

/** @returns a promise that only rejects: with `CHAOS_QUEUE_UNPOLLED` (kind unmet) if tasks wait and nobody polls */
export function watchServing(options: ServingOptions, background: BackgroundWork): Promise<never> {
  const { run, faults, isAllUp } = options
  const { observer, recorder, workers, workflows, scenario } = run
  const { promise, reject } = Promise.withResolvers<never>()
  background.watch((deadline) =>
    watchQueues(
      {
        observer,
        timeline: recorder,
        taskQueues: workers.taskQueues,
        budgetMs: scenario.budgetMs,
        isQuiet: () => faults.isQuiet && isAllUp(),
        up: () => workers.all.map(({ current }) => current.label),
        openRuns: () => workflows.openRuns,
      },
      deadline,
    ).catch((thrown: unknown) => {
      // If the run is ended, whatever the scenario waits for says why.
      if (!deadline.signal.aborted) reject(thrown)
    }),
  )
  return markHandled(promise)
}

/** Asks at the end of the scenario. @returns whether all that could be asked was answered */
export async function serveAtEnd({ run, faults }: ServingOptions): Promise<boolean> {
  const { observer, recorder, workers, workflows, scenario, deadline } = run
  const { budgetMs } = scenario
  const unavailable = (why: string) => {
    recorder.observe({ kind: 'unavailable', observation: 'still-serving', why })
    return true
  }
  if (!faults.isQuiet) return unavailable('a fault was under way at the end of the scenario')
  if (deadline.remainingMs < budgetMs + patienceMs) return unavailable('no time was left to ask at the end')
  const up = workers.all.filter(({ isUp }) => isUp)
  return askStillServing({
    observer,
    timeline: recorder,
    workflows,
    workers: up,
    canBeProbed: workers.canBeProbed && up.length === workers.all.length,
    budgetMs,
    deadline,
  })
}
