// Runs real campaigns for the tests of the engine: a real server, a real database, real workers.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  campaignId,
  runCampaign,
  type CampaignEvent,
  type CampaignOutcome,
} from '../../harness/campaign/campaign.ts'
import type { RunParts } from '../../harness/campaign/run-parts.ts'
import { planCampaign } from '../../harness/campaign/plan.ts'
import { readConfig } from '../../harness/config/config.ts'
import type { RunResult } from '../../harness/result/campaign-result.ts'
import type { Scenario } from '../../harness/scenario/scenario.ts'
import type { SettingName } from '../../harness/config/settings.ts'

export interface TestCampaign {
  readonly scenarios: readonly Scenario[]
  readonly flags?: Partial<Record<SettingName, unknown>>
  readonly overrides?: Partial<RunParts>
  readonly signal?: AbortSignal
  readonly onEvent?: (event: CampaignEvent) => Promise<void>
}

export interface TestOutcome extends CampaignOutcome, AsyncDisposable {
  readonly folder: string
  /** All runs, in the order of scenarios and numbers. */
  readonly runs: readonly RunResult[]
}

/** Binaries that are not the provisioned ones are taken from the environment, as the command line takes them. */
export async function runTestCampaign(options: TestCampaign): Promise<TestOutcome> {
  const {
    scenarios,
    flags = {},
    overrides = {},
    signal = new AbortController().signal,
    onEvent = async () => {},
  } = options
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  const config = readConfig({ runs: 1, seed: 1, ...flags }, process.env)
  const plan = planCampaign(scenarios, config, config.seed ?? 1, 'process')
  const onProgress = () => {}
  const id = campaignId(new Date())
  const outcome = await runCampaign({
    plan,
    config,
    id,
    folder,
    env: process.env,
    signal,
    onEvent,
    onProgress,
    overrides,
  })
  return {
    ...outcome,
    folder,
    runs: outcome.result.scenarios.flatMap(({ runs }) => runs),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The only run of a campaign of one. */
export function onlyRun({ runs, stopped }: TestOutcome): RunResult {
  const [run] = runs
  if (run !== undefined && runs.length === 1) return run
  throw new Error(`expected one run, got ${runs.length}`, { cause: stopped?.error })
}
