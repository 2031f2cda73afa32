// `chaos analyze`: judges stored records again, without Temporal or any server, and rewrites the reports of a campaign.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { changedVerdicts, describeChanges, storedVerdicts } from '../campaign/changed-verdicts.ts'
import { findRecords, type FoundRecords } from '../campaign/find-records.ts'
import { judgeRecords, judgeStoredCampaign, type JudgeStoredOptions } from '../campaign/judge-stored.ts'
import { verdictFile, verdictText } from '../campaign/verdict-file.ts'
import type { Check } from '../checks/check.ts'
import { exitCodes } from '../core/exit-codes.ts'
import { campaignEnd } from '../report/console/campaign-end.ts'
import { writeAtomically } from '../report/files.ts'
import { paintFor } from '../report/console/paint.ts'
import { campaignReporters } from '../report/campaign-reporters.ts'
import { tellAll } from '../report/reporter.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import type { LoadedScenario } from '../scenario/load.ts'
import { analysisExitCode } from './exit-code.ts'
import { describeRun, Progress } from '../report/console/progress.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'

export function registerAnalyze(
  program: Command,
  { load, done }: Pick<CampaignCommand, 'load' | 'done'>,
): void {
  const command = program
    .command('analyze')
    .description('judge stored records again, without any server, and rewrite the reports of their campaign')
    .argument('<folder>', "a campaign's report folder, a run's folder, or a folder of such folders")
  addExample(command, 'analyze reports/latest')
  command.action(async (folder: string) => done(await analyze(folder, { load, out: process.stdout })))
}

export interface AnalyzeOptions {
  readonly load: () => Promise<LoadedScenario[]>
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

/** @returns the exit code @throws UsageError if something in the folder is not what it should be */
export async function analyze(folder: string, options: AnalyzeOptions): Promise<number> {
  const { out } = options
  const paint = paintFor(out)
  const found = await findRecords(folder)
  const before = await storedVerdicts(folder, found)
  const result = await judge(folder, found, options)
  // Written only after every record was judged: if one cannot be judged, every report stays as it was.
  await rewriteVerdicts(folder, result)
  if (found.kind === 'campaign') {
    const failure = await tellAll(campaignReporters(folder), (one) => one.onCampaignFinished(result))
    if (failure !== undefined) throw failure
  }
  const notes = [
    describeChanges(before.size, changedVerdicts(before, result)),
    `${found.kind === 'campaign' ? 'reports rewritten' : 'records'}: ${folder}  seed: ${result.campaign.seed}`,
    found.kind === 'remains'
      ? `${path.join(folder, 'timing.json')} is missing: which runs the campaign asked for, its settings and its versions are not known, and no report was written`
      : '',
  ]
  out.write(`\n${campaignEnd(result, { folder, notes, paint })}\n`)
  const code = analysisExitCode(result)
  return found.kind === 'remains' && code === exitCodes.passed.code ? exitCodes.unproven.code : code
}

async function judge(
  folder: string,
  found: FoundRecords,
  { load, out }: AnalyzeOptions,
): Promise<CampaignResult> {
  const paint = paintFor(out)
  const isLive = out.isTTY === true && process.env['CI'] === undefined
  using progress = new Progress({ stream: out, isLive, paint })
  const total =
    found.kind === 'campaign'
      ? found.stored.scenarios.flatMap(({ runs }) => runs).length
      : found.records.length
  let judged = 0
  progress.line(`${total} ${total === 1 ? 'record' : 'records'} in ${folder}`)
  const options: JudgeStoredOptions = {
    folder,
    ownChecks: (scenario) => ownChecks(scenario, load),
    onJudged(scenario, run) {
      judged += 1
      progress.line(describeRun(scenario, run, paint))
      progress.preparing(`judged ${judged} of ${total} records`)
    },
  }
  return found.kind === 'campaign'
    ? await judgeStoredCampaign(found.stored, options)
    : await judgeRecords(found.records, options)
}

/** A record outside of a campaign may have no verdict file, and then none is written. */
async function rewriteVerdicts(folder: string, { scenarios }: CampaignResult): Promise<void> {
  for (const run of scenarios.flatMap(({ runs }) => runs)) {
    const file = path.join(folder, run.folder, verdictFile)
    if (existsSync(file)) await writeAtomically(file, verdictText(run))
  }
}

async function ownChecks(scenario: string, load: () => Promise<LoadedScenario[]>): Promise<readonly Check[]> {
  const all = await load()
  const found = all.find((one) => one.scenario.name === scenario)
  if (found !== undefined) return found.scenario.checks
  // Which generic scenarios a project has is known only where it was run; its checks are known without.
  return all.filter(({ project }) => project !== undefined).flatMap((one) => one.scenario.checks)
}
