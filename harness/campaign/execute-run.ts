// Executes one run: its record is written first, and judged from the disk.
import path from 'node:path'
import { judgeRecord } from '../checks/judge-record.ts'
import { readRecord } from '../record/reader.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { brokenRun } from './broken-run.ts'
import type { GoldenRuns } from './golden-runs.ts'
import type { PlannedRun } from './plan.ts'
import { recordRun } from './record-run.ts'
import type { RunEnvironment } from './run-environment.ts'
import { writeVerdict } from './verdict-file.ts'

/**
 * Executes and judges one run. If the harness fails in it, the verdict says so: that is no exception.
 * @param golden executes the run's golden run before it, unless there is one already
 * @throws the reason of the campaign's signal if the user interrupted
 */
export async function executeRun(
  environment: RunEnvironment,
  planned: PlannedRun,
  golden?: GoldenRuns,
): Promise<RunResult> {
  const { campaign } = environment
  const name = path.join('runs', planned.scenario.name, String(planned.run))
  const folder = path.join(campaign.folder, name)
  try {
    const reference = await golden?.referenceFor(environment, planned)
    await recordRun(environment, planned, folder, reference)
    campaign.signal.throwIfAborted()
    const result = judgeRecord(await readRecord(folder), name, planned.scenario.checks)
    await writeVerdict(folder, result)
    return result
  } catch (thrown) {
    campaign.signal.throwIfAborted()
    return brokenRun(planned, name, thrown)
  }
}
