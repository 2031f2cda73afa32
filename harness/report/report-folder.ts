// The folder that a campaign's reports and records lie in.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'

export interface ReportFolder {
  /** Of the campaign whose folder this is. */
  readonly id: string
  readonly folder: string
  /** The folder as a user can type it. */
  readonly shown: string
}

/** Makes a folder for reports in `parent`. */
export async function createReportFolder(parent: string, id: string, name = id): Promise<ReportFolder> {
  const folder = path.join(parent, name)
  await mkdir(folder)
  return { id, folder, shown: path.relative(process.cwd(), folder) }
}
