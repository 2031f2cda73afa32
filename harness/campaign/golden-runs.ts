// The golden runs of a campaign: the same work without faults. Runs with the same choices share one. The
// first of them executes it, on its own cluster and with other workers.
import { createHash } from 'node:crypto'
import path from 'node:path'
import { alignedHistories } from '../analysis/aligned-history.ts'
import { comparableStateOf } from '../analysis/golden/project.ts'
import { activityWaits } from '../analysis/usual-waits.ts'
import { judgeRecord } from '../checks/judge-record.ts'
import { messageOf } from '../core/errors.ts'
import { sha256Of } from '../core/sha256.ts'
import { sealFile } from '../record/files.ts'
import type { ObservationEntry } from '../record/observation.ts'
import { readRecord } from '../record/reader.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { findingsOf } from '../result/check-result.ts'
import { dryRun } from '../scenario/dry-run.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { withoutFaults } from '../scenario/without-faults.ts'
import type { PlannedRun } from './plan.ts'
import { recordRun } from './record-run.ts'
import type { RunEnvironment } from './run-environment.ts'
import { writeVerdict } from './verdict-file.ts'

export class GoldenRuns {
  readonly #isWanted: (scenario: Scenario) => boolean
  readonly #byFolder = new Map<string, Promise<ObservationEntry>>()

  /** @param isWanted whether runs of a scenario are held against a golden run */
  constructor(isWanted: (scenario: Scenario) => boolean) {
    this.#isWanted = isWanted
  }

  /**
   * What the record of a run says of its golden run, which is executed now unless there is one already. One
   * that is not sound is no reference, and the record says why.
   * @returns undefined if none is wanted
   * @throws the reason of the campaign's signal
   */
  async referenceFor(
    environment: RunEnvironment,
    planned: PlannedRun,
  ): Promise<ObservationEntry | undefined> {
    if (!this.#isWanted(planned.scenario)) return undefined
    // What the dry run throws, the run itself throws as well, and tells.
    const digest = await digestOf(environment, planned).catch(() => String(planned.run))
    const folder = path.join('golden', planned.scenario.name, digest)
    const known = this.#byFolder.get(folder)
    if (known !== undefined) return known
    const made = execute(environment, planned, folder).catch((thrown: unknown) => {
      environment.campaign.signal.throwIfAborted()
      return unavailable(`its golden run could not be executed: ${messageOf(thrown)}`)
    })
    this.#byFolder.set(folder, made)
    return made
  }
}

/** Of what decides a run without faults. The workflows' arguments follow from the scenario and its choices. */
async function digestOf({ campaign }: RunEnvironment, planned: PlannedRun): Promise<string> {
  const { scenario, run, seed, choices } = planned
  const { seed: campaignSeed, profile } = campaign
  const { facts, incomplete } = await dryRun(scenario, { campaignSeed, run, seed, given: choices, profile })
  const made = facts.choices.map(({ name, value }) => [name, value])
  // If the dry run stops early, further choices are unknown: only the same run surely makes the same ones.
  const others = incomplete === null ? null : seed
  const what = [scenario.name, scenario.version, profile.name, made, others]
  return createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16)
}

async function execute(
  environment: RunEnvironment,
  planned: PlannedRun,
  name: string,
): Promise<ObservationEntry> {
  const { campaign } = environment
  const folder = path.join(campaign.folder, name)
  const scenario = { ...withoutFaults(planned.scenario), probes: false }
  const told = {
    ...campaign,
    onStep: (_: PlannedRun, step: string) => campaign.onStep(planned, `golden run: ${step}`),
  }
  await recordRun({ ...environment, campaign: told }, { ...planned, scenario, isGolden: true }, folder)
  campaign.signal.throwIfAborted()
  const record = await readRecord(folder)
  const why = await whyUnsound(record, folder, planned.scenario)
  if (why !== undefined) return unavailable(`its golden run is no reference: ${why}`)
  return {
    kind: 'golden',
    folder: name,
    sealSha256: await sha256Of(path.join(folder, sealFile)),
    state: { ...comparableStateOf(record), activityWaitsMs: activityWaits(alignedHistories(record)) },
  }
}

/** Without faults nothing may be wrong but that there was no fault. @returns the first thing that is */
async function whyUnsound(
  record: RunRecord,
  folder: string,
  { checks }: Scenario,
): Promise<string | undefined> {
  const result = judgeRecord(record, folder, checks)
  await writeVerdict(folder, result)
  const [error] = entriesOf(record.timeline, 'error')
  if (error !== undefined) return error.message
  return findingsOf(result.checks).find(({ kind }) => kind !== 'assumption')?.message
}

function unavailable(why: string): ObservationEntry {
  return { kind: 'unavailable', observation: 'golden', why }
}
