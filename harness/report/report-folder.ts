// The folder that contains a campaign's reports and records.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'

export interface ReportFolder {
  /** The id of the campaign. */
  readonly id: string
  readonly folder: string
  /** The folder as a user can type it. */
  readonly shown: string
}

export async function createReportFolder(parent: string, id: string, name = id): Promise<ReportFolder> {
  const folder = path.join(parent, name)
  await mkdir(folder)
  return { id, folder, shown: path.relative(process.cwd(), folder) }
}
