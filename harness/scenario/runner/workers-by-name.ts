// The workers as a scenario's context names them, in a real run and in a dry one.
import { ChaosError } from '../../core/errors.ts'
import { knownNames } from '../../core/known-names.ts'
import type { ScenarioContext } from '../context.ts'
import type { ScenarioWorker } from '../targets.ts'

/** @param make called once for each, in this order; the first is the context's `worker` */
export function workersByName<Named extends { readonly name: string }>(
  all: readonly Named[],
  make: (one: Named) => ScenarioWorker,
): Pick<ScenarioContext, 'worker' | 'workers'> {
  const made = all.map((one) => [one.name, make(one)] as const)
  const first = made[0]?.[1]
  if (first === undefined) throw new ChaosError('a run has no worker', { code: 'CHAOS_WORKER_NOT_STARTED' })
  const kind = { what: 'worker', code: 'CHAOS_UNKNOWN_WORKER' } as const
  return { worker: first, workers: knownNames(Object.fromEntries(made), kind) }
}

/** The name of the step that starts a workflow. */
export function startStep(what: string, taskQueue: string | undefined): string {
  return taskQueue === undefined ? `start ${what}` : `start ${what} on the task queue ${taskQueue}`
}
