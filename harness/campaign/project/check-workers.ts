// Starts the workers of a project once, to see whether they come to serve.
import { ChaosError } from '../../core/errors.ts'
import { entriesOf } from '../../record/timeline.ts'
import { queuesSeen, type Explored } from '../../scenario/generic/explored.ts'
import { idleScenario } from '../../scenario/generic/generic-scenarios.ts'
import { look, type Look, type LookOptions, type SeenRun } from './look.ts'

export interface SeenWorker {
  readonly name: string
  readonly identities: readonly string[]
  readonly queues: Explored['queues'][string]
  readonly readyAfterMs: number
}

export interface WorkersCheck extends Pick<Look, 'outcome'> {
  readonly workers: readonly SeenWorker[]
}

/** @throws ChaosError `CHAOS_WORKER_NOT_READY`, `CHAOS_WORKER_DIED`, … with the end of the worker's log */
export async function checkWorkers(options: LookOptions): Promise<WorkersCheck> {
  const { project } = options
  const { outcome, runs } = await look(options, [idleScenario(project)])
  return { outcome, workers: runs.flatMap((run) => workersIn(run, Object.keys(project.workers))) }
}

function workersIn({ record, error }: SeenRun, names: readonly string[]): SeenWorker[] {
  if (error !== undefined) {
    const { code, message, hint } = error
    throw new ChaosError(message, {
      code: code as `CHAOS_${string}`,
      ...(hint === undefined ? {} : { hint }),
    })
  }
  const queues = queuesSeen(record)
  const incarnations = entriesOf(record.timeline, 'incarnation')
  return names.map((name) => {
    const its = incarnations.filter(({ worker }) => worker === name)
    const spawned = its.find(({ phase }) => phase === 'spawned')
    const ready = its.find(({ phase }) => phase === 'ready')
    return {
      name,
      identities: ready?.identities ?? [],
      queues: queues[name] ?? [],
      readyAfterMs: (ready?.atMs ?? 0) - (spawned?.atMs ?? 0),
    }
  })
}
