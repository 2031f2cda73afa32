// A look at a project: some of its scenarios run once, without faults, and their records are read back.
import path from 'node:path'
import type { BackendName } from '../../config/backends.ts'
import type { Project } from '../../config/project/project.ts'
import { readRecord } from '../../record/reader.ts'
import type { RunRecord } from '../../record/record.ts'
import { entriesOf, type EntryOf } from '../../record/timeline.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { runCampaign, type CampaignOptions, type CampaignOutcome } from '../campaign.ts'
import { planCampaign } from '../plan.ts'

export interface LookOptions extends Pick<
  CampaignOptions,
  'config' | 'id' | 'folder' | 'env' | 'signal' | 'onProgress' | 'overrides'
> {
  readonly project: Project
  readonly seed: number
  readonly backend: BackendName
}

export interface SeenRun {
  /** The folder of its record. */
  readonly folder: string
  readonly record: RunRecord
  /** The first thing that went wrong; undefined if nothing did. */
  readonly error: EntryOf<'error'> | undefined
}

export interface Look {
  readonly outcome: CampaignOutcome
  /** One for each scenario, in their order; empty if the campaign was stopped. */
  readonly runs: readonly SeenRun[]
}

/** @throws what `readRecord` throws */
export async function look(options: LookOptions, scenarios: readonly Scenario[]): Promise<Look> {
  const { seed, backend, folder } = options
  const plan = planCampaign(scenarios, { runs: 1, run: undefined, budget: undefined }, seed, backend)
  const outcome = await runCampaign({ ...options, plan, onEvent: async () => {} })
  if (outcome.stopped !== null) return { outcome, runs: [] }
  const runs: SeenRun[] = []
  for (const { name } of scenarios) {
    const place = path.join(folder, 'runs', name, '1')
    const record = await readRecord(place)
    runs.push({ folder: place, record, error: entriesOf(record.timeline, 'error')[0] })
  }
  return { outcome, runs }
}
