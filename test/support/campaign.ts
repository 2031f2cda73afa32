// Runs real campaigns for the tests of the engine: a real server, a real database, real workers.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
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
  /** All runs, ordered by scenario and number. */
  readonly runs: readonly RunResult[]
}

/** Reads binaries other than the provisioned ones from the environment, like the command line. */
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

/** The only run of a campaign with one. */
export function onlyRun({ runs, stopped }: TestOutcome): RunResult {
  const [run] = runs
  if (run !== undefined && runs.length === 1) return run
  throw new Error(`expected one run, got ${runs.length}`, { cause: stopped?.error })
}

export interface SharedCampaign {
  outcome(): TestOutcome
  /** @param run the run's number, from 1 */
  runOf(scenario: Scenario, run?: number): RunResult
  /** The folder of its record. */
  folderOf(scenario: Scenario): string
}

/** One campaign for all tests of a block, on one cluster: each test looks at the run of its own scenario. */
export function sharedCampaign(campaign: TestCampaign): SharedCampaign {
  let outcome: TestOutcome | undefined
  beforeAll(async () => {
    outcome = await runTestCampaign(campaign)
  }, 300_000)
  afterAll(() => outcome?.[Symbol.asyncDispose]())
  const ended = () => {
    if (outcome !== undefined) return outcome
    throw new Error('the campaign has not ended')
  }
  function runOf({ name }: Scenario, run = 1): RunResult {
    const { result, stopped } = ended()
    const found = result.scenarios.find((one) => one.name === name)?.runs.find((one) => one.run === run)
    if (found !== undefined) return found
    throw new Error(`${name} #${run} was not run`, { cause: stopped?.error })
  }
  return {
    outcome: ended,
    runOf,
    folderOf: (scenario) => path.join(ended().folder, runOf(scenario).folder),
  }
}
