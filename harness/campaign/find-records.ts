// Finds the stored records in a folder: that of a campaign, that of a run, or one with records in it.
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { messageOf, UsageError } from '../core/errors.ts'
import { recordFiles } from '../record/files.ts'
import { readStoredCampaign, type StoredCampaign } from '../result/stored-campaign.ts'

export type FoundRecords =
  | { readonly kind: 'campaign'; readonly stored: StoredCampaign }
  /** A campaign's folder without its `timing.json`: nobody knows which runs its gate asked for. */
  | { readonly kind: 'remains'; readonly records: readonly string[] }
  /** The folder of one run, or of records that belong to no campaign. */
  | { readonly kind: 'records'; readonly records: readonly string[] }

/** @throws UsageError `CHAOS_NO_RECORD`, `CHAOS_RESULT_INVALID`, `CHAOS_RECORD_TOO_NEW`, each naming the file */
export async function findRecords(folder: string): Promise<FoundRecords> {
  const { files, folders } = await contentOf(folder)
  if (files.includes(recordFiles.header)) return { kind: 'records', records: ['.'] }
  if (files.includes('timing.json')) {
    const stored = await readStoredCampaign(path.join(folder, 'timing.json'))
    if (stored.scenarios.every(({ runs }) => runs.length === 0))
      throw noRecord(`the campaign in ${folder} executed no run`)
    return { kind: 'campaign', stored }
  }
  const isCampaign = folders.includes('runs')
  const records = isCampaign ? await runsBelow(folder) : folders
  if (records.length === 0) throw noRecord(`there is no record in ${folder}`)
  for (const record of records) await assertIsRecord(path.join(folder, record))
  return { kind: isCampaign ? 'remains' : 'records', records }
}

/** `runs/<scenario>/<run>`, as a campaign lays them out. A scenario of a workload has a slash in its name. */
async function runsBelow(folder: string, below = 'runs'): Promise<string[]> {
  const { files, folders } = await contentOf(path.join(folder, below))
  if (files.includes(recordFiles.header) || (folders.length === 0 && below !== 'runs')) return [below]
  return (await Promise.all(folders.map((name) => runsBelow(folder, path.join(below, name))))).flat()
}

async function assertIsRecord(folder: string): Promise<void> {
  const { files } = await contentOf(folder)
  if (!files.includes(recordFiles.header))
    throw noRecord(`${folder} is not a record: it has no ${recordFiles.header}`)
}

async function contentOf(folder: string): Promise<{ files: string[]; folders: string[] }> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const isFolder = (isOne: boolean) => entries.filter((entry) => entry.isDirectory() === isOne)
    return {
      files: isFolder(false).map(({ name }) => name),
      folders: isFolder(true)
        .map(({ name }) => name)
        .toSorted(inOrder),
    }
  } catch (thrown) {
    throw noRecord(`${folder} is no folder that can be read: ${messageOf(thrown)}`)
  }
}

/** Runs are numbered: the second comes before the tenth. */
function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function noRecord(message: string): UsageError {
  return new UsageError(
    message,
    `Give the report folder of a campaign, the folder of a run (with its ${recordFiles.header}), or a folder of such folders.`,
    'CHAOS_NO_RECORD',
  )
}
