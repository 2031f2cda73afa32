// Starts the workers of a project once, to see whether they come to serve.
import path from 'node:path'
import { ChaosError } from '../../core/errors.ts'
import { readRecord } from '../../record/reader.ts'
import { entriesOf } from '../../record/timeline.ts'
import { exploredFrom, type Explored } from '../../scenario/generic/explored.ts'
import { idleScenario } from '../../scenario/generic/generic-scenarios.ts'
import { runCampaign, type CampaignOutcome } from '../campaign.ts'
import { planCampaign } from '../plan.ts'
import type { ExploreOptions } from './explore.ts'

export interface SeenWorker {
  readonly name: string
  readonly identities: readonly string[]
  readonly queues: Explored['queues'][string]
  readonly readyAfterMs: number
}

export interface WorkersCheck {
  readonly outcome: CampaignOutcome
  readonly workers: readonly SeenWorker[]
}

/** @throws ChaosError `CHAOS_WORKER_NOT_READY`, `CHAOS_WORKER_DIED`, … with the end of the worker's log */
export async function checkWorkers(options: Omit<ExploreOptions, 'names' | 'out'>): Promise<WorkersCheck> {
  const { project, config, seed, backend, folder } = options
  const scenario = idleScenario(project)
  const plan = planCampaign([scenario], { runs: 1, run: undefined, budget: undefined }, seed, backend)
  const outcome = await runCampaign({ ...options, config, plan, onEvent: async () => {} })
  if (outcome.stopped !== null) return { outcome, workers: [] }
  const record = await readRecord(path.join(folder, 'runs', scenario.name, '1'))
  const [error] = entriesOf(record.timeline, 'error')
  if (error !== undefined) {
    const { code, message, hint } = error
    throw new ChaosError(message, {
      code: code as `CHAOS_${string}`,
      ...(hint === undefined ? {} : { hint }),
    })
  }
  const { queues } = exploredFrom(record, scenario.name, project.version)
  const incarnations = entriesOf(record.timeline, 'incarnation')
  const workers = Object.keys(project.workers).map((name) => {
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
  return { outcome, workers }
}
