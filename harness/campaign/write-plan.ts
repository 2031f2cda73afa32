// Writes the plan of a run into its folder, from what the timeline says that the run did.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readTimeline } from '../record/reader.ts'
import { planFactsOf, planOf } from '../scenario/plan-facts.ts'
import { formatPlan, planFile } from '../scenario/plan-file.ts'
import type { PlannedRun } from './plan.ts'
import type { RunEnvironment } from './run-environment.ts'

/** @param incomplete as in a plan */
export async function writePlan(
  { campaign, slot }: RunEnvironment,
  planned: PlannedRun,
  folder: string,
  incomplete: string | null,
): Promise<void> {
  const basis = {
    ...planned,
    campaignSeed: campaign.seed,
    profile: campaign.profile.name,
    backend: slot.cluster.backend,
  }
  const plan = planOf(basis, planFactsOf(await readTimeline(folder)), incomplete)
  await writeFile(path.join(folder, planFile), formatPlan(plan))
}
