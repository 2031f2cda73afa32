// Runs whose verdict is another one when their record is judged again. With the same version of the harness there
// must be none: a verdict follows from its record alone.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { verdictSchema, type CampaignResult, type Verdict } from '../result/campaign-result.ts'
import type { FoundRecords } from './find-records.ts'
import { verdictFile } from './verdict-file.ts'

/** By the folder of the run. */
export type StoredVerdicts = ReadonlyMap<string, Verdict>

export interface ChangedVerdict {
  readonly scenario: string
  readonly run: number
  readonly was: Verdict
  readonly is: Verdict
}

/** From `timing.json`, or else from each `verdict.json`; without one nothing is known of the record's verdict. */
export async function storedVerdicts(folder: string, found: FoundRecords): Promise<StoredVerdicts> {
  if (found.kind === 'campaign') {
    const runs = found.stored.scenarios.flatMap(({ runs }) => runs)
    return new Map(runs.map((run) => [run.folder, run.verdict]))
  }
  const read = found.records.map(async (record) => {
    const text = await readFile(path.join(folder, record, verdictFile), 'utf8').catch(() => '{}')
    return [record, verdictIn(text)] as const
  })
  const known = (await Promise.all(read)).flatMap(([record, verdict]) =>
    verdict === undefined ? [] : [[record, verdict] as const],
  )
  return new Map(known)
}

function verdictIn(text: string): Verdict | undefined {
  const parsed = z.object({ verdict: verdictSchema }).safeParse(jsonOf(text))
  return parsed.success ? parsed.data.verdict : undefined
}

/** A file that cannot be read tells nothing, and is written anew. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function changedVerdicts(before: StoredVerdicts, { scenarios }: CampaignResult): ChangedVerdict[] {
  return scenarios.flatMap(({ name, runs }) =>
    runs.flatMap(({ run, folder, verdict }) => {
      const was = before.get(folder)
      return was === undefined || was === verdict ? [] : [{ scenario: name, run, was, is: verdict }]
    }),
  )
}

/** The last part of what `analyze` says of its records. */
export function describeChanges(known: number, changes: readonly ChangedVerdict[]): string {
  if (known === 0) return 'no verdict was stored to compare with'
  const lines = changes.map(({ scenario, run, was, is }) => `  ${scenario} #${run}: ${is}, was ${was}`)
  return [`${changes.length} of ${known} verdicts differ from the stored ones`, ...lines].join('\n')
}
