// Judges stored records again, without Temporal or any server.
import path from 'node:path'
import { askedCheck } from '../checks/catalogue.ts'
import type { Check } from '../checks/check.ts'
import { judgeRecord } from '../checks/judge-record.ts'
import { toChaosError, UsageError } from '../core/errors.ts'
import { readRecord } from '../record/reader.ts'
import type { RunRecord } from '../record/record.ts'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'
import type { StoredCampaign } from '../result/stored-campaign.ts'
import { brokenRun } from './broken-run.ts'
import { loneCampaign, rejudgedCampaign } from './stored-result.ts'

export interface JudgeStoredOptions {
  /** Records are looked for relative to this. */
  readonly folder: string
  /** The checks that a scenario brings itself; asked only if a record needs one. */
  readonly ownChecks: (scenario: string) => Promise<readonly Check[]>
  readonly onJudged: (scenario: string, run: RunResult) => void
}

/**
 * Judges every run that the campaign executed. A run that was an error, and whose record still cannot be read, stays one.
 * @throws UsageError `CHAOS_RECORD_INVALID`, `CHAOS_RECORD_TOO_NEW`, `CHAOS_RECORD_MISPLACED`
 */
export async function judgeStoredCampaign(
  stored: StoredCampaign,
  options: JudgeStoredOptions,
): Promise<CampaignResult> {
  const results: { scenario: string; result: RunResult }[] = []
  for (const { name, runs } of stored.scenarios) {
    for (const run of runs) {
      const result = await rejudged(name, run, options)
      options.onJudged(name, result)
      results.push({ scenario: name, result })
    }
  }
  return rejudgedCampaign(stored, results)
}

/** Judges records that have no `timing.json`: their gate asks for each of them. @throws as `judgeStoredCampaign` */
export async function judgeRecords(
  folders: readonly string[],
  options: JudgeStoredOptions,
): Promise<CampaignResult> {
  const judged: { header: RunRecord['header']; result: RunResult }[] = []
  for (const folder of folders) {
    const record = await read(path.join(options.folder, folder))
    const result = await judge(record, folder, options)
    options.onJudged(record.header.scenario, result)
    judged.push({ header: record.header, result })
  }
  return loneCampaign(judged)
}

type StoredRun = StoredCampaign['scenarios'][number]['runs'][number]

async function rejudged(
  scenario: string,
  stored: StoredRun,
  options: JudgeStoredOptions,
): Promise<RunResult> {
  const folder = path.join(options.folder, stored.folder)
  try {
    const record = await read(folder)
    assertIsRun(scenario, stored, record, folder)
    return await judge(record, stored.folder, options)
  } catch (thrown) {
    const isStillBroken = stored.verdict === 'error' && toChaosError(thrown).code === 'CHAOS_RECORD_INVALID'
    if (isStillBroken) return brokenRun(stored, stored.folder, thrown)
    throw thrown
  }
}

async function judge(record: RunRecord, folder: string, options: JudgeStoredOptions): Promise<RunResult> {
  const { scenario, checks } = record.header
  const isKnown = checks.every((name) => askedCheck(name) !== undefined)
  const own = isKnown ? [] : await options.ownChecks(scenario)
  return asUsage(() => judgeRecord(record, folder, own))
}

function read(folder: string): Promise<RunRecord> {
  return asUsage(() => readRecord(folder))
}

/** @throws UsageError with the code of a record that cannot be read or judged */
async function asUsage<T>(make: () => T | Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (thrown) {
    const { message, hint, code } = toChaosError(thrown)
    if (!code.startsWith('CHAOS_RECORD_')) throw thrown
    throw new UsageError(message, hint, code)
  }
}

function assertIsRun(
  scenario: string,
  { run, seed }: StoredRun,
  { header }: RunRecord,
  folder: string,
): void {
  if (header.scenario === scenario && header.run === run && header.seed === seed) return
  throw new UsageError(
    `${folder} should hold the record of ${scenario} #${run} (seed ${seed}), but holds that of ${header.scenario} #${header.run} (seed ${header.seed})`,
    'Put every record back where its campaign wrote it.',
    'CHAOS_RECORD_MISPLACED',
  )
}
